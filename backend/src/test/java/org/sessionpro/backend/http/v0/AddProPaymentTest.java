package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sessionpro.backend.http.v0.PaymentsRig.ALICE;
import static org.sessionpro.backend.http.v0.PaymentsRig.BOB;
import static org.sessionpro.backend.http.v0.PaymentsRig.CRYPTO;
import static org.sessionpro.backend.http.v0.PaymentsRig.ROTATING;
import static org.sessionpro.backend.http.v0.PaymentsRig.SERVER;
import static org.sessionpro.backend.http.v0.PaymentsRig.T;
import static org.sessionpro.backend.http.v0.PaymentsRig.addRequest;
import static org.sessionpro.backend.http.v0.PaymentsRig.apple;
import static org.sessionpro.backend.http.v0.PaymentsRig.day;
import static org.sessionpro.backend.http.v0.PaymentsRig.google;
import static org.sessionpro.backend.http.v0.PaymentsRig.master;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.ProofVerdict;

/// What becomes of a payment that is added, by what it was before (`wire-v0.md` §5.1, `decisions.md`
/// §2).
@ParameterizedClass
@EnumSource(Engine.class)
class AddProPaymentTest {
  private static final PaymentTx.Google ORDER = google("token", "order");

  @Parameter Engine engine;
  @TempDir Path folder;
  private PaymentsRig it;

  @BeforeEach
  void open() {
    it = new PaymentsRig(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void aPaymentThatWaitsForItsOwnerIsBoundNowAndProven() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.clock.moveTo(day(1));

    JsonNode answer = it.add(ALICE, ORDER);

    assertProven(answer);
    assertThat(it.owned(ALICE))
        .extracting(owned -> owned.payment().owner())
        .extracting(Payment.Owner::redeemedAt, Payment.Owner::how)
        .containsExactly(tuple(day(1), ClaimedBy.ADD));
  }

  @Test
  void theProofCarriesTheTagOfTheAccount() {
    it.sellGoogle("token", "order", ALICE, day(30));

    ProProof proof = proofIn(it.add(ALICE, ORDER));

    assertThat(proof.tag())
        .isEqualTo(it.ledger.account(master(ALICE)).orElseThrow().generation().tag());
  }

  @Test
  void aPaymentWhoseStoreStatesNoOwnerIsBoundByItsIds() {
    it.sellApple("1000", null, true, day(30));

    assertProven(it.add(ALICE, apple("1000")));
    assertThat(it.owned(ALICE)).hasSize(1);
  }

  @Test
  void aPaymentWithTheTokenOfItsOwnerIsBoundByItsTransaction() {
    it.sellApple("1000", appleBinding(ALICE), true, day(30));

    assertProven(it.add(ALICE, apple("1000")));
  }

  @Test
  void everythingElseThatWaitsIsBoundInTheSameRequest() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.sellGoogle("other", "order", ALICE, day(60));

    assertProven(it.add(ALICE, ORDER));

    assertThat(it.owned(ALICE))
        .extracting(owned -> owned.payment().owner())
        .extracting(Payment.Owner::how)
        .containsExactlyInAnyOrder(ClaimedBy.ADD, ClaimedBy.TOUCH);
  }

  @Test
  void alsoARequestForAnUnknownPaymentBindsWhatWaits() {
    it.sellGoogle("other", "order", ALICE, day(60));

    assertStatus(it.add(ALICE, ORDER), 101);

    assertThat(it.owned(ALICE)).hasSize(1);
  }

  @Test
  void theSameRequestAgainIsAlreadyRedeemed() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.add(ALICE, ORDER);

    assertStatus(it.add(ALICE, ORDER), 100);
  }

  @Test
  void aPaymentThatATouchBoundIsAlreadyRedeemed() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.ledger.visit(master(ALICE), T, T).bind();

    assertStatus(it.add(ALICE, ORDER), 100);
  }

  @Test
  void anOwnPaymentThatWasRevokedSinceIsAlreadyRedeemed() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.add(ALICE, ORDER);
    it.sellGoogle("token", "order", ALICE, day(30), refunded());

    assertStatus(it.add(ALICE, ORDER), 100);
  }

  @Test
  void aPaymentThatNoStoreKnowsIsUnknownAndCreatesNothing() {
    assertStatus(it.add(ALICE, ORDER), 101);
    assertThat(it.ledger.account(master(ALICE))).isEmpty();
    assertThat(it.acknowledgements).hasValue(0);
  }

  @Test
  void aCycleOfGoogleIsNamedByTokenAndOrderTogether() {
    it.sellGoogle("token", "order", BOB, day(30));

    assertStatus(it.add(BOB, google("token", "another")), 101);
    assertStatus(it.add(BOB, google("another", "order")), 101);
    assertStatus(it.add(BOB, google("tokeno", "rder")), 101);
  }

  @Test
  void aPaymentOfSomebodyElseIsUnknown() {
    it.sellApple("1000", null, true, day(30));
    it.add(BOB, apple("1000"));

    assertStatus(it.add(ALICE, apple("1000")), 101);
    assertThat(it.owned(ALICE)).isEmpty();
  }

  @Test
  void aPaymentThatTheStoreSoldToAnotherKeyIsUnknown() {
    it.sellGoogle("token", "order", BOB, day(30));
    it.sellApple("1000", appleBinding(BOB), true, day(30));

    assertStatus(it.add(ALICE, ORDER), 101);
    assertStatus(it.add(ALICE, apple("1000")), 101);
    assertThat(it.ledger.account(master(ALICE))).isEmpty();
    assertProven(it.add(BOB, ORDER));
  }

  @Test
  void aPaymentSharedInAFamilyIsUnknown() {
    it.sellApple("1000", null, false, day(30));
    it.sellApple("2000", appleBinding(ALICE), false, day(30));

    assertStatus(it.add(ALICE, apple("1000")), 101);
    assertStatus(it.add(ALICE, apple("2000")), 101);
  }

  @Test
  void aPaymentThatWasRevokedBeforeItWasClaimedIsUnknown() {
    it.sellGoogle("token", "order", ALICE, day(30), refunded());

    assertStatus(it.add(ALICE, ORDER), 101);
    assertThat(it.owned(ALICE)).isEmpty();
  }

  @Test
  void anElapsedPaymentIsBoundWithoutAProof() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.clock.moveTo(day(33));

    assertStatus(it.add(ALICE, ORDER), 100);
    assertThat(it.owned(ALICE)).hasSize(1);
  }

  @Test
  void anElapsedPaymentOfACoveredAccountIsProven() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.sellGoogle("other", "order", ALICE, day(60));
    it.clock.moveTo(day(33));

    assertProven(it.add(ALICE, ORDER));
  }

  @Test
  void aProofBeyondTheLimitIsRefusedButTheClaimStays() {
    try (PaymentsRig limited = new PaymentsRig(engine, folder, 1)) {
      limited.sellGoogle("token", "order", ALICE, day(30));
      assertProven(limited.add(ALICE, ORDER));
      limited.sellGoogle("other", "order", ALICE, day(60));

      assertStatus(limited.add(ALICE, google("other", "order")), 100);

      assertThat(limited.owned(ALICE)).hasSize(2);
    }
  }

  @Test
  void anAcknowledgementThatIsOwedIsAskedForBeforeAnythingIsBound() {
    it.sellGoogle("token", "order", ALICE, day(30), owed());

    assertProven(it.add(ALICE, ORDER));

    assertThat(it.acknowledgements).hasValue(1);
  }

  @Test
  void anAcknowledgementThatFailsBindsNothing() {
    it.sellGoogle("token", "order", ALICE, day(30), owed());
    it.sellGoogle("other", "order", ALICE, day(60));
    it.googleConfirms = false;

    assertStatus(it.add(ALICE, ORDER), 1);

    assertThat(it.ledger.account(master(ALICE))).isEmpty();
  }

  @Test
  void whereGoogleIsOffAnAcknowledgementThatIsOwedFails() {
    it.sellGoogle("token", "order", ALICE, day(30), owed());

    assertStatus(it.addWithGoogleOff(ALICE, ORDER), 1);

    assertThat(it.ledger.account(master(ALICE))).isEmpty();
  }

  @Test
  void aDryRunBindsAndGoesOnOwingTheAcknowledgement() {
    it.sellGoogle("token", "order", ALICE, day(30), owed());

    assertProven(it.addInADryRun(ALICE, ORDER));

    assertThat(it.ledger.subscriptions().unacknowledged(PaymentProvider.GOOGLE_PLAY, null, 10))
        .hasSize(1);
  }

  @Test
  void aFailedAcknowledgementCanBeTriedAgain() {
    it.sellGoogle("token", "order", ALICE, day(30), owed());
    it.googleConfirms = false;
    it.add(ALICE, ORDER);
    it.googleConfirms = true;

    assertProven(it.add(ALICE, ORDER));
  }

  @Test
  void googleIsNotAskedOnBehalfOfSomebodyWithoutAClaim() {
    it.sellGoogle("token", "order", BOB, day(30), owed());

    assertStatus(it.add(ALICE, ORDER), 101);

    assertThat(it.acknowledgements).hasValue(0);
  }

  @Test
  void googleIsNotAskedAboutAPaymentThatIsBound() {
    it.sellGoogle("token", "order", ALICE, day(30), owed());
    it.ledger.visit(master(ALICE), T, T).bind();

    assertStatus(it.add(ALICE, ORDER), 100);

    assertThat(it.acknowledgements).hasValue(0);
  }

  @Test
  void aRequestThatIsNotAuthenticBindsNothing() {
    it.sellGoogle("token", "order", ALICE, day(30));
    byte[] own = addRequest(ALICE, ORDER);
    byte[] foreign = addRequest(BOB, ORDER);

    assertStatus(it.add(with(own, "master_sig", member(foreign, "master_sig"))), 1);
    assertStatus(it.add(with(own, "rotating_sig", member(foreign, "rotating_sig"))), 1);
    assertStatus(it.add(with(own, "master_sig", member(own, "rotating_sig"))), 1);

    assertThat(it.ledger.account(master(ALICE))).isEmpty();
  }

  @Test
  void theKeysOfARequestDifferAndAreNotTheServers() {
    SigningKey server = SERVER.signing();

    assertStatus(it.add(signed(ALICE, ALICE)), 1);
    assertStatus(it.add(signed(server, ROTATING)), 1);
    assertStatus(it.add(signed(ALICE, server)), 1);
  }

  @Test
  void providersThatNobodyCanClaimFromAreMalformed() {
    for (String provider : List.of("0", "3", "4", "-1", "99999999999999999999", "true", "\"1\"")) {
      String body =
          text(addRequest(ALICE, ORDER)).replace("\"provider\":1", "\"provider\":" + provider);
      assertStatus(it.add(body.getBytes(StandardCharsets.UTF_8)), 2);
    }
  }

  @Test
  void namesThatNoPaymentCanHaveAreUnknown() {
    assertStatus(it.add(ALICE, google("", "order")), 101);
    assertStatus(it.add(ALICE, google("token", "")), 101);
    assertStatus(it.add(ALICE, apple("")), 101);
    assertStatus(it.add(ALICE, apple("a\0b")), 101);
    assertStatus(it.add(ALICE, google("a\0b", "order")), 101);
  }

  @Test
  void idsOfDevelopmentAreNothingSpecialElsewhere() {
    byte[] request = addRequest(ALICE, google("DEV.1", "DEV.1"));

    assertStatus(it.add(request), 101);
    assertStatus(it.add(with(request, "dev_plan", "Never")), 101);
  }

  @Test
  void ofManyRequestsAtOnceExactlyOneGetsTheProof() throws Exception {
    it.sellGoogle("token", "order", ALICE, day(30));

    assertThat(statuses(Collections.nCopies(16, ALICE)))
        .containsExactlyInAnyOrderEntriesOf(Map.of(0, 1L, 100, 15L));
  }

  @Test
  void ofManyKeysAtOnceExactlyOneGetsAPaymentWithoutStatedOwner() throws Exception {
    it.sellApple("1000", null, true, day(30));
    List<SigningKey> keys = Stream.iterate(10, n -> n + 1).limit(8).map(PaymentsRig::key).toList();

    Map<Integer, Long> answers =
        atOnce(
            keys.stream()
                .<Callable<JsonNode>>map(key -> () -> it.add(key, apple("1000")))
                .toList());

    assertThat(answers).containsExactlyInAnyOrderEntriesOf(Map.of(0, 1L, 101, 7L));
    assertThat(keys.stream().mapToInt(key -> it.owned(key).size()).sum()).isEqualTo(1);
  }

  private Map<Integer, Long> statuses(List<SigningKey> keys) throws Exception {
    return atOnce(keys.stream().<Callable<JsonNode>>map(key -> () -> it.add(key, ORDER)).toList());
  }

  static Map<Integer, Long> atOnce(List<Callable<JsonNode>> requests) throws Exception {
    CountDownLatch ready = new CountDownLatch(requests.size());
    List<JsonNode> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> running =
          threads.invokeAll(
              requests.stream()
                  .<Callable<JsonNode>>map(request ->
                      () -> {
                        ready.countDown();
                        ready.await();
                        return request.call();
                      })
                  .toList());
      for (Future<JsonNode> one : running) {
        answers.add(one.get());
      }
    }
    return answers.stream()
        .map(answer -> answer.path("status").intValue())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static Binding appleBinding(SigningKey owner) {
    return Binding.apple(StoreBindings.of(master(owner)).appleToken());
  }

  private static Revoked refunded() {
    return new Revoked(T.plus(Duration.ofHours(1)), RevokedFor.REFUND, false);
  }

  private static Acknowledged owed() {
    return new Acknowledged(T, Acknowledgement.OWED);
  }

  private static byte[] signed(SigningKey master, SigningKey rotating) {
    return AddProPaymentRequest.sign(CRYPTO, master, rotating, ORDER).toJson();
  }

  private void assertProven(JsonNode answer) {
    ProProof proof = proofIn(answer);
    Instant now = it.clock.instant();
    assertThat(proof.rotating().bytes()).isEqualTo(ROTATING.publicKey());
    assertThat(proof.verify(CRYPTO, SERVER.publicKey(), now, ProRevocations.NONE))
        .isEqualTo(ProofVerdict.VALID);
  }

  static ProProof proofIn(JsonNode answer) {
    assertStatus(answer, 0);
    return ProProof.parse(
        JsonObject.parse(answer.path("result").toString().getBytes(StandardCharsets.UTF_8)));
  }

  static void assertStatus(JsonNode answer, int status) {
    assertThat(answer.path("status").intValue()).as("%s", answer).isEqualTo(status);
  }

  static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  static String member(byte[] json, String name) {
    String text = text(json);
    int start = text.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return text.substring(start, text.indexOf('"', start));
  }

  /// The same object with a text under that name.
  static byte[] with(byte[] json, String name, String value) {
    String text = text(json).replaceAll("\"" + name + "\":\"[^\"]*\",?", "");
    return ("{\"" + name + "\":\"" + value + "\"," + text.substring(1))
        .getBytes(StandardCharsets.UTF_8);
  }
}
