package org.sessionpro.simulator.apple.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.JwsReader;
import org.sessionpro.simulator.apple.delivery.Attempt.Result;
import org.sessionpro.simulator.apple.document.Environment;
import org.sessionpro.simulator.apple.document.Spoilage;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.store.Subscription;

class DeliveryTest {
  private static final News MENTION = News.parse("METADATA_UPDATE");

  private final AppleRig rig = new AppleRig();

  private void rule(Handling handling) {
    rig.simulator.delivery().add(new DeliveryRule(Set.of(), null, 1, handling));
  }

  private List<Attempt> attempts() {
    return rig.simulator.delivery().log().all().getFirst().attempts();
  }

  private Subscription bought() {
    Subscription one = rig.month();
    rig.simulator.catchUp();
    return one;
  }

  @Test
  void aPurchaseIsToldWithItsTransactionAndItsRenewal() throws Exception {
    Subscription one = bought();

    JwsReader reader = new JwsReader(rig.simulator.pki().root(), false);
    assertThat(reader.read(rig.received.getFirst()).path("notificationType").asText())
        .isEqualTo("SUBSCRIBED");
    assertThat(rig.last().at("/data/status").asInt()).isEqualTo(1);
    assertThat(rig.inner("signedTransactionInfo").path("transactionId").asText())
        .isEqualTo(one.original().value());
    assertThat(rig.inner("signedTransactionInfo").path("appAccountToken").asText())
        .isEqualTo(AppleRig.TOKEN.toString());
    assertThat(rig.inner("signedRenewalInfo").path("autoRenewStatus").asInt()).isEqualTo(1);
    assertThat(rig.inner("signedRenewalInfo").has("bundleId")).isFalse();
  }

  @Test
  void noIdComesTwiceThoughChanceBeginsAnew() {
    rig.simulator.delivery().seed(1);
    Subscription one = bought();
    rig.simulator.delivery().seed(1);
    rig.simulator.store().mention(one.original(), News.parse("METADATA_UPDATE"));

    assertThat(rig.simulator.delivery().log().all())
        .hasSize(2)
        .extracting(told -> told.letter().uuid())
        .doesNotHaveDuplicates();
  }

  @Test
  void whatFailsIsTriedFiveTimesMore() {
    rig.status = 500;
    Instant at = rig.clock.instant();
    bought();
    rig.pass(Duration.ofDays(20));

    assertThat(attempts())
        .extracting(Attempt::at)
        .containsExactly(
            at,
            at.plus(Duration.ofHours(1)),
            at.plus(Duration.ofHours(13)),
            at.plus(Duration.ofHours(37)),
            at.plus(Duration.ofHours(85)),
            at.plus(Duration.ofHours(157)));
    assertThat(attempts())
        .extracting(Attempt::result)
        .containsOnly(Result.UNSUCCESSFUL_HTTP_RESPONSE_CODE);
    assertThat(rig.simulator.delivery().undelivered()).isZero();
  }

  @Test
  void triesBearTheSamePayload() {
    rig.status = 503;
    bought();
    rig.status = 200;
    rig.pass(Duration.ofHours(1));

    assertThat(rig.received).hasSize(2);
    assertThat(rig.received.getFirst()).isEqualTo(rig.received.getLast());
  }

  @Test
  void theSandboxTriesOnce() {
    AppleRig sandbox = new AppleRig(AppleSettings.ofSeed(1).in(Environment.SANDBOX));
    sandbox.status = 500;
    sandbox.month();
    sandbox.pass(Duration.ofDays(20));

    assertThat(sandbox.received).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 203, 204, 205, 206})
  void theseAreGoodAnswers(int status) {
    rig.status = status;
    bought();

    assertThat(attempts()).extracting(Attempt::result).containsExactly(Result.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(ints = {207, 301, 401, 500})
  void theseAreNot(int status) {
    rig.status = status;
    bought();

    assertThat(attempts()).extracting(Attempt::isSuccess).containsExactly(false);
  }

  @Test
  void nobodyIsThere() {
    rig.status = 0;
    bought();

    assertThat(attempts()).extracting(Attempt::result).containsExactly(Result.NO_RESPONSE);
  }

  @Test
  void nobodyAnswersInTime() {
    rig.simulator
        .delivery()
        .deliverTo(_ -> {
          throw new HttpTimeoutException("late");
        });
    bought();

    assertThat(attempts()).extracting(Attempt::result).containsExactly(Result.TIMED_OUT);
  }

  @Test
  void whatIsLostNeverArrivesButIsRemembered() {
    rule(new Handling.Lost(true));
    bought();
    rig.pass(Duration.ofDays(20));

    assertThat(rig.received).isEmpty();
    assertThat(rig.simulator.delivery().log().shown(rig.clock.instant())).hasSize(1);
  }

  @Test
  void whatIsLostCanBeForgottenToo() {
    rule(new Handling.Lost(false));
    bought();

    assertThat(rig.simulator.delivery().log().shown(rig.clock.instant())).isEmpty();
  }

  @Test
  void whatIsHeldComesInTheOrderThatIsAskedFor() throws Exception {
    rule(new Handling.Held());
    Subscription one = bought();
    rule(new Handling.Held());
    rig.store().cancel(one.original());
    rig.simulator.catchUp();
    assertThat(rig.received).isEmpty();
    assertThat(rig.simulator.delivery().log().shown(rig.clock.instant())).isEmpty();

    rig.simulator.delivery().release(Delivery.Order.REVERSED, rig.clock.instant());
    rig.simulator.catchUp();

    assertThat(JwsReader.payload(rig.received.getFirst()).path("notificationType").asText())
        .isEqualTo("DID_CHANGE_RENEWAL_STATUS");
    assertThat(rig.last().path("notificationType").asText()).isEqualTo("SUBSCRIBED");
  }

  @Test
  void whatIsLateArrivesLater() {
    rule(new Handling.Late(Duration.ofDays(2)));
    bought();
    assertThat(rig.received).isEmpty();
    rig.pass(Duration.ofDays(2));

    assertThat(rig.received).hasSize(1);
  }

  @Test
  void copiesAreOneNotificationOrSeveral() throws Exception {
    rule(new Handling.Repeated(3, true));
    Subscription one = bought();
    assertThat(Set.copyOf(rig.received)).hasSize(1);
    assertThat(rig.received).hasSize(3);

    rig.received.clear();
    rule(new Handling.Repeated(2, false));
    rig.store().mention(one.original(), MENTION);
    rig.simulator.catchUp();
    assertThat(JwsReader.payload(rig.received.getFirst()).path("notificationUUID"))
        .isNotEqualTo(rig.last().path("notificationUUID"));
  }

  @Test
  void whatIsToldAgainBearsAnotherIdAndTheSameParts() throws Exception {
    bought();
    String told = rig.inner("signedTransactionInfo").toString();
    rig.clock.advance(Duration.ofDays(1));
    rig.simulator
        .delivery()
        .reissue(rig.simulator.delivery().log().all().getFirst(), rig.clock.instant());
    rig.simulator.catchUp();

    assertThat(rig.received).hasSize(2);
    assertThat(rig.inner("signedTransactionInfo").toString()).isEqualTo(told);
    assertThat(rig.last().path("notificationUUID").asText())
        .isNotEqualTo(JwsReader.payload(rig.received.getFirst()).path("notificationUUID").asText());
  }

  @Test
  void aForgeryIsNeitherTriedAgainNorRemembered() {
    rig.status = 401;
    rule(new Handling.Spoiled(Spoilage.OTHER_ROOT));
    bought();
    rig.pass(Duration.ofDays(20));

    assertThat(rig.received).hasSize(1);
    assertThat(rig.simulator.delivery().log().shown(rig.clock.instant())).isEmpty();
  }

  private AppleRig spoiled(Spoilage how) {
    rule(new Handling.Spoiled(how));
    bought();
    return rig;
  }

  @Test
  void aTypeCanBeUnknown() throws Exception {
    assertThat(spoiled(Spoilage.FUTURE_TYPE).last().path("notificationType").asText())
        .isEqualTo("SOMETHING_NEW");
  }

  @Test
  void theStateOfRenewalCanBeMissing() throws Exception {
    assertThat(spoiled(Spoilage.NO_RENEWAL_INFO).last().at("/data").has("signedRenewalInfo"))
        .isFalse();
  }

  @Test
  void theTokenCanBeInUpperCase() throws Exception {
    assertThat(
            spoiled(Spoilage.UPPER_CASE_TOKEN)
                .inner("signedTransactionInfo")
                .path("appAccountToken")
                .asText())
        .isEqualTo(AppleRig.TOKEN.toString().toUpperCase(Locale.ROOT));
  }

  @Test
  void theTokenCanBeMissing() throws Exception {
    assertThat(spoiled(Spoilage.NO_TOKEN).inner("signedTransactionInfo").has("appAccountToken"))
        .isFalse();
  }

  @Test
  void theAppCanBeAnother() throws Exception {
    assertThat(spoiled(Spoilage.WRONG_BUNDLE).last().at("/data/bundleId").asText())
        .isEqualTo("org.another.example");
  }

  @Test
  void theStoreCanBeTheOther() throws Exception {
    assertThat(spoiled(Spoilage.WRONG_ENVIRONMENT).last().at("/data/environment").asText())
        .isEqualTo("Sandbox");
  }

  @Test
  void theTransactionCanStandWhereTheRenewalShould() throws Exception {
    assertThat(
            spoiled(Spoilage.TRANSACTION_AS_RENEWAL).inner("signedRenewalInfo").has("purchaseDate"))
        .isTrue();
  }

  @Test
  void aRuleAppliesToWhatItNames() {
    Subscription one = bought();
    rig.simulator
        .delivery()
        .add(
            new DeliveryRule(
                Set.of("REFUND"),
                one.original(),
                DeliveryRule.UNTIL_CLEARED,
                new Handling.Lost(true)));
    rig.store().refund(one.original(), 100, 0);
    rig.simulator.catchUp();

    assertThat(rig.told()).endsWith("REFUND");
    assertThat(rig.received).hasSize(2);
  }
}
