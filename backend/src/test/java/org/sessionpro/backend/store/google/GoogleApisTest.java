package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.google.PlayApi.BasePlan;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.backend.store.google.PlayApi.Sale;
import org.sessionpro.backend.store.google.PlayApi.VoidEntry;
import org.sessionpro.backend.store.google.PubSubApi.Received;
import org.sessionpro.backend.store.google.PurchaseAcknowledgement.Settled;
import org.sessionpro.backend.store.google.PurchaseAcknowledgement.StillOwed;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.OneTimeOrder;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.Voiding.Cause;
import org.sessionpro.simulator.http.Effect;

/// What Google is asked, and what we make of its answers, over real sockets.
class GoogleApisTest {
  @TempDir Path folder;

  private GoogleRig google;

  @BeforeEach
  void start() {
    google = new GoogleRig(folder, Quirk.UNKNOWN_FIELDS, Quirk.ODD_TOKENS, Quirk.LATEST_ORDER_ID);
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private static <T> T value(StoreAnswer<T> answer) {
    if (answer instanceof Answer<T>(T value)) {
      return value;
    }
    throw new AssertionError("no answer: " + answer);
  }

  private SubscriptionResource read(PurchaseToken token) {
    return value(google.clients.play().subscription(token));
  }

  @Test
  void aSubscriptionIsReadWhateverElseStandsInItsRecord() {
    PurchaseToken token = google.buy();
    google.store().showGoogleProfile(token);

    SubscriptionResource resource = read(token);

    assertThat(resource.state()).isEqualTo(State.ACTIVE);
    assertThat(resource.startTime()).isEqualTo(GoogleRig.T);
    assertThat(resource.acknowledged()).isFalse();
    assertThat(resource.ids().own()).isEqualTo(new Binding(ByteString.fromHex(GoogleRig.ALICE)));
    assertThat(resource.lineItems()).hasSize(1);
    SubscriptionResource.LineItem item = resource.lineItems().getFirst();
    assertThat(item.basePlan()).isEqualTo(new BasePlanId("session-pro-1-month"));
    assertThat(item.autoRenewing()).isTrue();
    assertThat(item.order()).isNotNull();
    assertThat(resource.toString()).doesNotContain("Simulated").doesNotContain("simulated.person");
  }

  @Test
  void anAcknowledgementIsMadeOnce() {
    PurchaseToken token = google.buy();
    PurchaseAcknowledgement acknowledgement = acknowledgement();

    assertThat(acknowledgement.subscription(token, null, () -> true)).isInstanceOf(Settled.class);
    assertThat(acknowledgement.subscription(token, null, () -> true)).isInstanceOf(Settled.class);

    assertThat(read(token).acknowledged()).isTrue();
    assertThat(google.calls("acknowledge")).isEqualTo(1);
  }

  private PurchaseAcknowledgement acknowledgement() {
    return new PurchaseAcknowledgement(google.clients.play(), google.settings.catalogue());
  }

  @Test
  void anAcknowledgementWhoseAnswerWasLostIsSettledByTheRecord() {
    PurchaseToken token = google.buy();
    google.fail("acknowledge", 2, new Effect.Dropped(true));

    assertThat(acknowledgement().subscription(token, null, () -> true)).isInstanceOf(Settled.class);
  }

  @Test
  void anAcknowledgementThatFailsIsStillOwed() {
    PurchaseToken token = google.buy();
    google.refuse("acknowledge", 1, 503, "", null);

    assertThat(acknowledgement().subscription(token, null, () -> true))
        .isEqualTo(new StillOwed(new TryLater<Done>(Trouble.UNAVAILABLE)));
  }

  @Test
  void aPurchaseThatCannotBeReadIsNotAcknowledged() {
    PurchaseToken token = google.buy();
    google.refuse("read", 1, 503, "", null);

    assertThat(acknowledgement().subscription(token, null, () -> true))
        .isInstanceOf(StillOwed.class);
    assertThat(google.calls("acknowledge")).isZero();
  }

  @Test
  void whatIsBoughtAgainOutsideOfTheAppGetsTheIdOfItsOwner() {
    PurchaseToken first = google.buy();
    google.store().acknowledge(first, null);
    google.store().cancel(first, org.sessionpro.simulator.google.play.PlayStore.Canceler.USER);
    google.clock.advance(Duration.ofDays(40));
    google.store().catchUp();
    PurchaseToken again = google.store().buyOutOfApp(first, new OutOfApp(null, first)).token();
    Binding owner = new Binding(ByteString.fromHex("c7".repeat(32)));
    assertThat(read(again).ids().expiredToken()).isEqualTo(first);

    assertThat(acknowledgement().subscription(again, owner, () -> true))
        .isInstanceOf(Settled.class);

    assertThat(read(again).ids().own()).isEqualTo(owner);
  }

  @Test
  void aOneTimePurchaseIsReadAndAcknowledged() {
    PurchaseToken token = once(2).token();

    ProductResource resource = value(google.clients.play().product(token));
    assertThat(resource.state()).isEqualTo(ProductResource.State.PURCHASED);
    assertThat(resource.items())
        .containsExactly(
            new ProductResource.Item(
                google.settings.catalogue().oneTime().keySet().iterator().next(), 2));
    assertThat(resource.completedAt()).isEqualTo(GoogleRig.T);
    assertThat(resource.acknowledged()).isFalse();

    assertThat(acknowledgement().oneTime(token, () -> true)).isEqualTo(new Settled(null));
    assertThat(value(google.clients.play().product(token)).acknowledged()).isTrue();
  }

  private OneTimePurchase once(int quantity) {
    return google
        .store()
        .buyOnce(
            new OneTimeOrder(
                new PlayAccount("buyer"),
                new OneTimePurchase.Basket(SessionCatalogue.CREDIT, quantity),
                ExternalIds.ofAccount(GoogleRig.ALICE),
                false,
                false));
  }

  @Test
  void theVoidListTellsWhatWasTakenBackAndHowMany() {
    PurchaseToken subscription = google.buy();
    google.store().revoke(subscription, Cause.CHARGEBACK);
    OneTimePurchase some = once(3);
    google.store().takeBack(some.token(), 1, Cause.REMORSE);

    List<VoidEntry> entries = voids();

    assertThat(entries)
        .extracting(VoidEntry::token)
        .containsExactlyInAnyOrder(subscription, some.token());
    assertThat(entries)
        .extracting(VoidEntry::loss)
        .contains(
            new LossHeard(
                Loss.VOIDED_PARTIAL, some.order(), 1, 1, GoogleRig.T, HeardFrom.VOID_LIST));
    assertThat(entries)
        .filteredOn(entry -> entry.token().equals(subscription))
        .allSatisfy(entry -> {
          assertThat(entry.loss().loss()).isEqualTo(Loss.VOIDED_FULL);
          assertThat(entry.loss().reason()).isEqualTo(7);
        });
  }

  private List<VoidEntry> voids() {
    List<VoidEntry> entries = new ArrayList<>();
    StoreAnswer<Done> answer =
        new VoidList(google.clients.play())
            .read(
                VoidList.since(null, google.clock.instant()),
                page -> {
                  entries.addAll(page);
                  return true;
                });
    assertThat(answer).isInstanceOf(Answer.class);
    return entries;
  }

  @Test
  void theVoidListIsReadToItsEnd() {
    for (int i = 0; i < 1_100; i++) {
      google.store().takeBack(once(1).token(), null, Cause.REMORSE);
    }

    assertThat(voids()).hasSize(1_100);
    assertThat(google.calls("voids")).isEqualTo(2);
  }

  @Test
  void messagesArePulledAcknowledgedAndGivenBack() {
    google.buy();
    google.store().catchUp();

    List<Received> pulled = value(google.clients.pubSub().pull(100));
    assertThat(pulled).hasSize(1);
    assertThat(
            DeveloperNotification.read(
                pulled.getFirst().data().toByteArray(), google.settings.packageName()))
        .isInstanceOf(DeveloperNotification.Understood.class);

    assertThat(google.clients.pubSub().release(List.of(pulled.getFirst().ackId())))
        .isInstanceOf(Answer.class);
    google.clock.advance(Duration.ofMinutes(11));
    List<Received> again = value(google.clients.pubSub().pull(100));
    assertThat(again).extracting(Received::id).containsExactly(pulled.getFirst().id());

    assertThat(google.clients.pubSub().acknowledge(List.of(again.getFirst().ackId())))
        .isInstanceOf(Answer.class);
    google.clock.advance(Duration.ofMinutes(11));
    assertThat(value(google.clients.pubSub().pull(100))).isEmpty();
  }

  @Test
  void theWaysInWhichASubscriptionIsSoldAreRead() {
    assertThat(value(google.clients.play().basePlans(google.settings.catalogue().subscription())))
        .contains(
            new BasePlan(
                new BasePlanId("session-pro-1-month"), Sale.SOLD, true, Duration.ofDays(3)),
            new BasePlan(new BasePlanId("session-pro-1-month-prepaid"), Sale.SOLD, false, null),
            new BasePlan(
                new BasePlanId("session-pro-2-months"), Sale.RETIRED, true, Duration.ofDays(3)));
  }
}
