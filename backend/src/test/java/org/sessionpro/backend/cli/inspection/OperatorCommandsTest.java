package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.ALICE;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.BOB;
import static org.sessionpro.backend.cli.inspection.InspectedLedger.day;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// What operators do to accounts, payments and the list of revocations. It is day 45: Alice's month
/// `order-2` of `token` runs until day 60, her voucher waits behind it.
@ParameterizedClass
@EnumSource(Engine.class)
class OperatorCommandsTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private InspectedLedger it;

  @BeforeEach
  void fill() {
    it = new InspectedLedger(engine, folder).filled();
  }

  private JsonNode json() {
    try {
      return new ObjectMapper().readTree(it.out());
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private JsonNode account(int row) {
    return json().get("accounts").get(row);
  }

  private <T> T ledger(Function<Ledger, T> look) {
    try (Ledger ledger = it.open()) {
      return look.apply(ledger);
    }
  }

  private List<OperatorAct> acts() {
    return ledger(ledger -> ledger.operator().newest(10));
  }

  private List<RevokedTag> revoked() {
    return ledger(ledger -> ledger.revocations(day(45), Duration.ofDays(31)).revoked());
  }

  private Instant expiryOfBob() {
    return ledger(ledger -> ledger.account(BOB).orElseThrow().entitlement().expiry());
  }

  private boolean isKnown(MasterKey key) {
    return ledger(ledger -> ledger.account(key).isPresent());
  }

  private long ticket() {
    return ledger(ledger -> ledger.ticket().value());
  }

  private int generation() {
    return ledger(ledger -> ledger.account(ALICE).orElseThrow().generation().ordinal());
  }

  @Test
  void aPlannedRevocationChangesNothing() {
    long ticket = ticket();

    assertThat(it.run("account", "revoke", ALICE.hex(), "--json")).as(() -> it.err()).isZero();

    assertThat(json().get("applied").asBoolean()).isFalse();
    assertThat(account(0).get("revoked").asBoolean()).isTrue();
    assertThat(account(0).get("generation").asInt()).isEqualTo(3);
    assertThat(ticket()).isEqualTo(ticket);
    assertThat(generation()).isEqualTo(2);
    assertThat(acts()).isEmpty();
  }

  @Test
  void aRevocationThatIsAppliedIsWhatWasPlanned() {
    it.run("account", "revoke", ALICE.hex(), "--json");
    JsonNode planned = account(0);

    assertThat(revoke()).as(() -> it.err()).isZero();

    assertThat(json().get("applied").asBoolean()).isTrue();
    for (String member : List.of("expiry_ts", "coverage_end_ts", "generation", "payments")) {
      assertThat(account(0).get(member)).as(member).isEqualTo(planned.get(member));
    }
    assertThat(generation()).isEqualTo(3);
    assertThat(revoked()).hasSize(1);
  }

  private int revoke() {
    return it.run(
        "account", "revoke", ALICE.hex(), "--apply", "--reason", "phone stolen", "--json");
  }

  @Test
  void aRevocationTakesNoTimeAway() {
    revoke();

    assertThat(account(0).get("expiry_ts")).isEqualTo(account(0).get("expiry_before_ts"));
    assertThat(account(0).get("payments").asInt()).isEqualTo(3);
    assertThat(account(0).get("payments_before").asInt()).isEqualTo(3);
  }

  @Test
  void theReasonIsInTheTimelineOfTheAccount() {
    revoke();

    it.run("account", "explain", ALICE.hex());
    assertThat(it.out()).contains("reason=phone stolen");
  }

  @Test
  void whatWasDoneIsListedWithItsReason() {
    revoke();

    assertThat(it.run("acts", "list", "--json")).isZero();
    JsonNode act = json().get("acts").get(0);
    assertThat(act.get("act").asText()).isEqualTo("account_revoked");
    assertThat(act.get("reason").asText()).isEqualTo("phone stolen");
    assertThat(it.out()).doesNotContain(ALICE.hex());
  }

  @Test
  void everyKindOfActIsListed() {
    revoke();
    reattribute("order-2");
    bump("1", "--apply", "--reason", "restored");

    assertThat(it.run("acts", "list", "--json")).as(() -> it.err()).isZero();
    assertThat(json().get("acts").findValues("act").toString())
        .isEqualTo("[\"ticket_bumped\", \"payment_reattributed\", \"account_revoked\"]");
    assertThat(it.out()).doesNotContain("\"token\"");
  }

  @Test
  void whatWasDoneIsListedWithItsTargetAtATerminal() {
    revoke();

    assertThat(it.atTerminal().run("acts", "list", "--unmasked", "--json")).isZero();
    assertThat(it.out()).contains(ALICE.hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void whatIsAppliedNeedsAReason(String reason) {
    assertThat(it.run("account", "revoke", ALICE.hex(), "--apply", "--reason", reason))
        .isEqualTo(2);
    assertThat(it.run("account", "revoke", ALICE.hex(), "--apply")).isEqualTo(2);

    assertThat(it.err()).contains("--reason must say why");
    assertThat(generation()).isEqualTo(2);
  }

  @Test
  void nobodyIsRevokedWhoIsUnknown() {
    assertThat(it.run("account", "revoke", "cc".repeat(32))).isOne();
    assertThat(it.err()).contains("no account is known by that key");
  }

  @Test
  void anAccountThatNothingCoversIsRevokedOnce() {
    try (Ledger ledger = Ledger.open(it.url, RenewalAllowance.DEFAULT, new SecureRandom())) {
      ledger.visit(BOB, day(41), day(41)).bind();
      ledger.record(
          List.of(
              Statement.of(
                  PaymentKey.google(new PurchaseToken("strange"), new OrderId("order-7")),
                  new Revoked(day(30), RevokedFor.REFUND, false))),
          day(42));
    }
    String[] revoke = {"account", "revoke", BOB.hex(), "--apply", "--reason", "r", "--json"};

    assertThat(it.run(revoke)).as(() -> it.err()).isZero();
    assertThat(account(0).get("generation").isNull()).isTrue();

    assertThat(it.run(revoke)).isOne();
    assertThat(it.err()).contains("revoked already");
  }

  @Test
  void runningPaymentsAreListed() {
    assertThat(it.run("account", "payments", ALICE.hex(), "--json")).isZero();

    List<String> statuses =
        json().get("payments").findValues("status").stream().map(JsonNode::asText).toList();
    assertThat(statuses).containsExactly("redeemed", "redeemed", "pending");
    assertThat(json().get("payments").get(0).get("expiry_ts").isNull()).as("a credit").isTrue();
  }

  @Test
  void paymentsThatAreOverAreListedOnRequest() {
    it.run("account", "payments", ALICE.hex(), "--all", "--json");

    assertThat(json().get("payments").findValues("status").toString()).contains("expired");
  }

  @Test
  void aSubscriptionIsGivenToAnotherKey() {
    assertThat(reattribute("order-2")).as(() -> it.err()).isZero();

    assertThat(json().get("moved").asInt()).isEqualTo(2);
    assertThat(expiryOfBob()).isEqualTo(day(60));
    assertThat(account(1).get("expiry_before_ts").isNull()).as("Bob had no account").isTrue();
    assertThat(account(1).get("expiry_ts").asLong()).isEqualTo(day(60).getEpochSecond());
  }

  private int reattribute(String payment) {
    return it.run(
        "payment",
        "reattribute",
        payment,
        "--to",
        BOB.hex(),
        "--apply",
        "--reason",
        "lost the first key",
        "--json");
  }

  @Test
  void aPlanMovesNothing() {
    assertThat(it.run("payment", "reattribute", "token", "--to", BOB.hex(), "--json")).isZero();

    assertThat(json().get("moved").asInt()).isEqualTo(2);
    assertThat(json().get("applied").asBoolean()).isFalse();
    assertThat(isKnown(BOB)).isFalse();
  }

  @Test
  void theOldKeyTakesNothingBack() {
    reattribute("order-2");

    var _ = ledger(l -> l.visit(ALICE, day(46), day(46)).bind());

    it.run("account", "payments", BOB.hex(), "--all", "--json");
    assertThat(json().get("payments").findValues("cycle")).hasSize(3);
    assertThat(expiryOfBob()).isEqualTo(day(60));
  }

  @Test
  void whatTheStoreStatesAboutTheOwnerStays() {
    reattribute("order-2");

    it.run("account", "explain", "order-2");
    assertThat(it.out()).contains("binding=stated", "reattributed", "reason=lost the first key");
  }

  @Test
  void theLedgerIsSoundAfterwards() {
    reattribute("order-2");
    revoke();

    it.run("doctor", "--json");
    for (JsonNode category : json().get("categories")) {
      boolean isClock = category.get("category").asText().equals("clock");
      assertThat(isClock || category.get("findings").asInt() == 0).as(it.out()).isTrue();
    }
  }

  @Test
  void anUnclaimedPaymentIsGivenAsWell() {
    assertThat(reattribute("order-9")).as(() -> it.err()).isZero();

    assertThat(json().get("moved").asInt()).isOne();
  }

  @Test
  void aVoucherIsGivenAsWell() {
    assertThat(reattribute("voucher-1")).as(() -> it.err()).isZero();

    assertThat(json().get("provider").asText()).isEqualTo("stf");
    assertThat(account(0).get("expiry_ts").asLong())
        .isLessThan(account(0).get("expiry_before_ts").asLong());
  }

  @Test
  void whatIsThatKeysAlreadyIsNotGiven() {
    assertThat(
            it.run(
                "payment",
                "reattribute",
                "order-2",
                "--to",
                ALICE.hex(),
                "--apply",
                "--reason",
                "r"))
        .isOne();
    assertThat(it.err()).contains("nothing changes hands");
  }

  @Test
  void anAccountIsNoPayment() {
    assertThat(it.run("payment", "reattribute", ALICE.hex(), "--to", BOB.hex())).isEqualTo(2);
    assertThat(it.err()).contains("name a payment, not an account");
  }

  @Test
  void theListOfRevocationsIsShown() {
    revoke();

    assertThat(it.run("revocations", "list", "--json")).isZero();
    assertThat(json().get("total").asInt()).isOne();
    assertThat(json().get("ticket").asLong()).isEqualTo(ticket());
    JsonNode entry = json().get("items").get(0);
    assertThat(entry.get("revoked_ts").asLong()).isEqualTo(day(45).getEpochSecond());
    assertThat(entry.get("effective_ts").asLong())
        .isEqualTo(day(45).plus(Duration.ofHours(26)).getEpochSecond());
  }

  @Test
  void theTicketMovesAtLeastToThePresent() {
    long before = ticket();

    assertThat(bump("1", "--apply", "--reason", "restored")).as(() -> it.err()).isZero();

    assertThat(json().get("ticket_before").asLong()).isEqualTo(before);
    assertThat(ticket()).isEqualTo(day(45).getEpochSecond());
  }

  @Test
  void theTicketMovesByAsMuchAsIsAsked() {
    long before = ticket();

    bump("100000000", "--apply", "--reason", "restored");

    assertThat(ticket()).isEqualTo(before + 100_000_000);
  }

  @Test
  void aPlannedTicketStays() {
    long before = ticket();

    assertThat(bump("1000000")).isZero();
    assertThat(ticket()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4294967296"})
  void theTicketMovesNeitherBackNorTooFar(String by) {
    assertThat(bump(by, "--apply", "--reason", "restored")).isEqualTo(2);
    assertThat(it.err()).contains("N must be 1 to ");
  }

  private int bump(String by, String... more) {
    return it.run(
        Stream.concat(Stream.of("revocations", "bump-ticket", by, "--json"), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void revocationsAreFinal() {
    assertThat(it.run("revocations", "delete", ALICE.hex())).isOne();
    assertThat(it.err()).isEqualTo("pro: revocations are final\n");
  }
}
