package org.sessionpro.backend.http.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.http.v1.V1Endpoint;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.store.development.DevelopmentMint;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.simulator.SimulatedClock;

/// Payments and revocations on demand (`wire-v1.md` §13, `entitlement.md` §11).
@ParameterizedClass
@EnumSource(Engine.class)
class DevEndpointsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Duration DAY = Duration.ofDays(1);
  private static final MasterKey ALICE = MasterKey.fromHex("a1".repeat(32));

  @Parameter Engine engine;
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open(engine.empty(folder), RenewalAllowance.DEFAULT, new SecureRandom());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aPaymentIsTheOwnersAtOnceForTheLengthOfItsPlan() {
    JsonNode result = result(add("google_play", "\"plan\":\"3M\""));

    assertThat(result.fieldNames())
        .toIterable()
        .containsExactly("provider", "payment_id", "plan", "account_expiry_ts", "redeemed");
    assertThat(result.path("provider").textValue()).isEqualTo("google_play");
    assertThat(result.path("plan").textValue()).isEqualTo("3m");
    assertThat(result.path("account_expiry_ts").longValue()).isEqualTo(seconds(90));
    assertThat(result.path("redeemed").booleanValue()).isTrue();
    assertThat(account().entitlement().expiry()).isEqualTo(T.plus(DAY.multipliedBy(90)));
  }

  @Test
  void aDurationReplacesTheLengthOfThePlan() {
    JsonNode result = result(add("app_store", "\"plan\":\"7d\",\"duration\":60"));

    assertThat(result.path("plan").textValue()).isEqualTo("7d");
    assertThat(result.path("account_expiry_ts").longValue()).isEqualTo(T.getEpochSecond() + 60);
  }

  @Test
  void paymentsOfOneOwnerAddUp() {
    add("google_play", "\"plan\":\"1M\"");
    add("app_store", "\"plan\":\"1M\"");

    JsonNode third = result(add("stf", "\"plan\":\"12M\""));

    assertThat(third.path("plan").textValue()).isEqualTo("1y");
    assertThat(third.path("account_expiry_ts").longValue()).isEqualTo(seconds(30 + 30 + 365));
  }

  @Test
  void idsLookLikeTheProvidersOwn() {
    String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    assertThat(id(add("google_play", "\"plan\":\"1M\""))).matches(uuid + "\\|GPA\\." + uuid);
    assertThat(id(add("app_store", "\"plan\":\"1M\""))).matches("[0-9]{18}");
    assertThat(id(add("stf", "\"plan\":\"1M\""))).matches(uuid);
  }

  @Test
  void mintedPaymentsAreCreditsThatNobodyRefunds() {
    add("google_play", "\"plan\":\"1M\"");

    Payment payment = newest().payment();
    assertThat(payment.witnessed().source()).isEqualTo(Source.MINT);
    assertThat(payment.witnessed().purchasedAt()).isEqualTo(T);
    assertThat(payment.witnessed().refundDeadline()).isEqualTo(Instant.EPOCH);
    assertThat(payment.credit())
        .isEqualTo(new Payment.Credit(DAY.multipliedBy(30), DAY.multipliedBy(30)));
    assertThat(payment.terms().expiry()).isNull();
    assertThat(payment.isRenewing()).isFalse();
  }

  @Test
  void aPaymentOfAStoreThatIsNotRedeemedWaitsForItsOwner() {
    for (String provider : List.of("google_play", "app_store")) {
      JsonNode result = result(add(provider, "\"plan\":\"1M\",\"redeem\":false"));
      assertThat(result.path("redeemed").booleanValue()).isFalse();
      assertThat(result.path("account_expiry_ts").longValue()).isZero();
    }
    assertThat(ledger.account(ALICE)).isEmpty();

    ledger.visit(ALICE, T, T).bind();

    assertThat(account().entitlement().expiry()).isEqualTo(T.plus(DAY.multipliedBy(60)));
  }

  @Test
  void aVoucherThatNobodyCouldClaimIsRefused() {
    assertInvalid(add("stf", "\"plan\":\"1M\",\"redeem\":false"));
    assertThat(ledger.account(ALICE)).isEmpty();
  }

  @Test
  void lengthsBeyondAHundredYearsAreRefused() {
    assertInvalid(add("stf", "\"plan\":\"1M\",\"duration\":3155760001"));
    assertInvalid(add("google_play", "\"plan\":\"1M\",\"duration\":9007199254740991"));
    result(add("stf", "\"plan\":\"1M\",\"duration\":3155760000"));
  }

  @Test
  void aRevocationTakesEffectWhenAskedToAndTheAccountGoesOn() {
    add("stf", "\"plan\":\"1M\"");
    RevocationTag tag = account().generation().tag();
    clock.moveTo(T.plus(DAY));

    JsonNode result = result(revoke("\"effective_in_seconds\":60"));

    assertThat(result.fieldNames())
        .toIterable()
        .containsExactly("revoked_generation_id", "effective_ts", "new_generation_allocated");
    assertThat(result.path("revoked_generation_id").longValue()).isEqualTo(1);
    assertThat(result.path("effective_ts").longValue()).isEqualTo(seconds(1) + 60);
    assertThat(result.path("new_generation_allocated").booleanValue()).isTrue();
    assertThat(account().generation().ordinal()).isEqualTo(2);
    assertThat(ledger.revocations(clock.instant(), RevocationList.RETAIN_FOR).revoked())
        .containsExactly(new RevokedTag(tag, T.plus(DAY).plusSeconds(60 - 93_600)));
  }

  @Test
  void withoutATimeTheRevocationTakesEffectNow() {
    add("stf", "\"plan\":\"1M\"");

    assertThat(result(revoke("\"other\":1")).path("effective_ts").longValue())
        .isEqualTo(T.getEpochSecond());
  }

  @Test
  void theTicketFollowsTheClockWhateverTheStamp() {
    add("stf", "\"plan\":\"1M\"");

    revoke("\"effective_in_seconds\":2147483647");
    assertThat(ledger.ticket()).isEqualTo(new Ticket(T.getEpochSecond()));
    revoke("\"effective_in_seconds\":0");
    assertThat(ledger.ticket()).isEqualTo(new Ticket(T.getEpochSecond() + 1));
  }

  @Test
  void whereNothingCanBeRevokedTheRequestIsInvalid() {
    assertInvalid(revoke("\"effective_in_seconds\":0"));
    assertThat(ledger.ticket()).isEqualTo(Ticket.ZERO);
  }

  private JsonNode add(String provider, String members) {
    return ask(
        "/dev/add_payment",
        new AddPayment(ledger, new DevelopmentMint(ledger, new SecureRandom()), clock),
        "{\"master_pkey\":\"%s\",\"provider\":\"%s\",%s}"
            .formatted(ALICE.hex(), provider, members));
  }

  private JsonNode revoke(String member) {
    return ask(
        "/dev/revoke",
        new Revoke(ledger, clock),
        "{\"master_pkey\":\"%s\",%s}".formatted(ALICE.hex(), member));
  }

  private static JsonNode ask(String path, V1Endpoint endpoint, String body) {
    try {
      return JSON.readTree(StrictClients.ask(path, endpoint, body, false).body().toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Account account() {
    return ledger.account(ALICE).orElseThrow();
  }

  private RegisteredPayment newest() {
    return ledger.page(ALICE, null, 1, clock.instant()).orElseThrow().payments().getFirst();
  }

  private static long seconds(long days) {
    return T.plus(DAY.multipliedBy(days)).getEpochSecond();
  }

  private static String id(JsonNode answer) {
    return result(answer).path("payment_id").textValue();
  }

  private static JsonNode result(JsonNode answer) {
    assertThat(answer.path("status").textValue()).as("%s", answer).isEqualTo("ok");
    return answer.path("result");
  }

  private static void assertInvalid(JsonNode answer) {
    assertThat(Optional.ofNullable(answer.path("error_code").textValue()))
        .as("%s", answer)
        .contains("invalid_request");
  }
}
