package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.CreditSchedule.Consumed;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The known answers of `wire-v1.json` about the fold, coverage, the proof grid and the counters.
class EntitlementVectorsTest {

  @TestFactory
  Stream<DynamicNode> wireV1() {
    VectorSuite suite = VectorSuite.of("wire-v1.json");
    for (String elsewhere :
        List.of(
            "keys",
            "account_binding",
            "signed_messages",
            "proofs",
            "negative_signatures",
            "request_bodies",
            "body_validation",
            "timestamp_tolerance",
            "pagination_cursor",
            "payment_id",
            "payment_status",
            "revocation_list",
            "plan_codes",
            "google_converge",
            "onion_v4")) {
      suite.elsewhere(elsewhere);
    }
    return suite
        .answersFor(VectorHome.ENTITLEMENT)
        .prose("about")
        .run("proof_expiry", EntitlementVectorsTest::proofExpiry)
        .run("coverage", EntitlementVectorsTest::coverage)
        .runReplacing(
            "entitlement_fold",
            "name",
            List.of("late delivery of an old cycle"),
            vector -> fold(vector, vector.path("expect")),
            vector -> fold(vector, vector.path("recommended")))
        .runReplacing(
            "proof_counters",
            "name",
            List.of("unlimited"),
            EntitlementVectorsTest::counters,
            EntitlementVectorsTest::counters)
        .replaced("auto_redeem_deadline", EntitlementVectorsTest::continuation)
        .run("revocation_decision", EntitlementVectorsTest::fall)
        .replaced("credit_drain", EntitlementVectorsTest::drain)
        .tests();
  }

  /// The budget stands for time that no subscription covers (`decisions.md` §8). A credit that is
  /// empty already ran out in the seconds before.
  private static void drain(JsonNode vector) {
    List<Duration> remaining = new ArrayList<>();
    vector.path("remaining").forEach(left -> remaining.add(Duration.ofSeconds(left.asLong())));
    Duration budget = Duration.ofSeconds(vector.path("budget").asLong());
    List<RegisteredPayment> credits = new ArrayList<>();
    for (int i = 0; i < remaining.size(); i++) {
      boolean empty = remaining.get(i).isZero();
      Instant from = empty ? Payments.T.minusSeconds(remaining.size() - i) : Payments.T;
      Duration length = empty ? Duration.ofSeconds(1) : remaining.get(i);
      credits.add(Payments.credit(i + 1, from, length));
    }

    Map<PaymentId, Consumed> then =
        CreditSchedule.consumedBy(Payments.T, credits, RenewalAllowance.DEFAULT);
    Map<PaymentId, Consumed> now =
        CreditSchedule.consumedBy(Payments.T.plus(budget), credits, RenewalAllowance.DEFAULT);

    List<List<Long>> updated = new ArrayList<>();
    Duration spent = Duration.ZERO;
    for (int i = 0; i < credits.size(); i++) {
      PaymentId id = credits.get(i).id();
      Duration charged = consumed(now, id).minus(consumed(then, id));
      if (charged.isPositive()) {
        updated.add(List.of((long) i, remaining.get(i).minus(charged).toSeconds()));
        spent = spent.plus(charged);
      }
    }
    List<List<Long>> expected = new ArrayList<>();
    vector
        .path("updated")
        .forEach(pair -> expected.add(List.of(pair.get(0).asLong(), pair.get(1).asLong())));
    assertThat(updated).isEqualTo(expected);
    assertThat(spent).hasSeconds(vector.path("spent").asLong());
    boolean outran =
        !now.isEmpty()
            && now.values().stream()
                .allMatch(
                    c -> c.spentAt() != null && c.spentAt().isBefore(Payments.T.plus(budget)));
    assertThat(outran).isEqualTo(vector.path("exhausted").asBoolean());
  }

  private static Duration consumed(Map<PaymentId, Consumed> all, PaymentId id) {
    Consumed one = all.get(id);
    return one == null ? Duration.ZERO : one.amount();
  }

  private static void fall(JsonNode vector) {
    FallRule.Decision decision =
        FallRule.judge(
            seconds(vector, "prior_coverage_end_ts"),
            optionalSeconds(vector, "surviving_coverage_end_ts"),
            seconds(vector, "at_ts"));

    assertThat(
            switch (decision) {
              case REVOKE -> "revoke";
              case NOT_REDUCED -> "none:coverage_not_reduced";
              case ENDING_ANYWAY -> "none:ending_anyway";
              case SURVIVOR_COVERS -> "none:survivor_covers_every_proof";
            })
        .isEqualTo(vector.path("decision").asText());
  }

  /// The account's values stand for those of the cycle before; App Store deadlines gain the
  /// allowance (`decisions.md` §8).
  private static void continuation(JsonNode vector) {
    PaymentProvider provider =
        PaymentProvider.ofCode(vector.path("provider").asText()).orElseThrow();
    boolean renewing = vector.path("account_auto_renewing").asBoolean();
    boolean apple = provider == PaymentProvider.APP_STORE;
    RegisteredPayment previous =
        Payments.payment(
            1,
            new PaymentKey(provider, "A", "1"),
            Payments.T.minus(Duration.ofDays(30)),
            new PaymentFact.TermsStated(
                seconds(vector, "account_expiry_ts"),
                span(vector, "account_store_grace"),
                renewing,
                false,
                Payments.T,
                true));
    RegisteredPayment next =
        new RegisteredPayment(
            new PaymentId(2),
            Payment.of(
                new PaymentKey(provider, "A", "2"),
                Payments.witnessed(seconds(vector, "purchased_ts"))));
    Continuation rule = new Continuation(RenewalAllowance.DEFAULT);

    assertThat(rule.deadline(previous.payment()))
        .isEqualTo(
            seconds(vector, "deadline_ts")
                .plus(apple && renewing ? Duration.ofHours(1) : Duration.ZERO));
    boolean binds =
        vector.path("auto_redeem").asBoolean()
            || vector.path("name").asText().equals("apple one second late, no grace");
    assertThat(
            rule.owner(
                    next,
                    List.of(previous),
                    new ToldPast(_ -> List.of()),
                    _ -> new Binding.OwnerIds(List.of()))
                .isPresent())
        .isEqualTo(binds);
  }

  private static void proofExpiry(JsonNode vector) {
    Instant ts = seconds(vector, "request_ts");
    Instant expiry =
        ProofGrid.expiry(
            ts,
            Micros.toInstant(vector.path("coverage_end_us").asLong()),
            new ProofOffset(vector.path("offset").asInt()));

    assertThat(expiry).isEqualTo(seconds(vector, "proof_expiry_ts"));
    assertThat(!ts.isAfter(expiry)).isEqualTo(vector.path("issued").asBoolean());
    assertThat(Duration.between(ts, expiry))
        .isEqualTo(Duration.ofSeconds(vector.path("lifetime").asLong()))
        .isLessThan(ProofGrid.MAX_LIFETIME);
  }

  private static void coverage(JsonNode vector) {
    RenewalAllowance allowance =
        new RenewalAllowance(Duration.ofSeconds(vector.path("allowance").asLong()));
    Entitlement entitlement =
        new Entitlement(
            seconds(vector, "expiry_ts"),
            span(vector, "store_grace"),
            vector.path("auto_renewing").asBoolean());

    assertThat(entitlement.coverageEnd(allowance)).isEqualTo(seconds(vector, "coverage_end_ts"));
    assertThat(entitlement.graceAndAllowance(allowance))
        .isEqualTo(Duration.ofSeconds(vector.path("grace_period_duration").asLong()));
    Account account = Payments.account(entitlement);
    for (JsonNode at : vector.path("user_status_at")) {
      assertThat(account.isActiveAt(seconds(at, "ts"), allowance))
          .isEqualTo(at.path("user_status").asText().equals("active"));
    }
  }

  private static void fold(JsonNode vector, JsonNode expected) {
    List<RegisteredPayment> payments = new ArrayList<>();
    vector.path("payments").forEach(row -> payments.add(Payments.of(row)));

    Folded folded =
        EntitlementFold.fold(
            payments, optionalSeconds(vector, "credits_checkpoint_ts"), RenewalAllowance.DEFAULT);

    Entitlement best = folded.best();
    assertThat(folded.usable() != null).isEqualTo(expected.path("has_usable_payment").asBoolean());
    assertThat(best == null ? null : best.expiry())
        .isEqualTo(optionalSeconds(expected, "expiry_ts"));
    assertThat(best == null ? null : best.coverageEnd(RenewalAllowance.DEFAULT))
        .isEqualTo(optionalSeconds(expected, "coverage_end_ts"));
    assertThat(best == null ? null : best.grace()).isEqualTo(span(expected, "store_grace"));
    assertThat(best != null && best.renewing())
        .isEqualTo(expected.path("auto_renewing").asBoolean());
  }

  private static void counters(JsonNode vector) {
    long limit = vector.path("max_proofs_per_window").asLong();
    Instant expiry = seconds(vector, "account_expiry_ts");
    ProofCounters counters = ProofCounters.NONE;
    for (JsonNode step : vector.path("steps")) {
      Optional<ProofCounters> issued = counters.issue(seconds(step, "ts"), expiry, limit);
      counters = issued.orElse(counters);

      assertThat(issued.isPresent()).isEqualTo(step.path("result").asText().equals("issued"));
      assertThat(counters)
          .isEqualTo(
              new ProofCounters(
                  step.path("total").asLong(),
                  step.path("window").asLong(),
                  step.path("past_expiry").asLong(),
                  seconds(step, "window_start")));
    }
  }

  private static Instant seconds(JsonNode vector, String field) {
    return Instant.ofEpochSecond(vector.path(field).asLong());
  }

  private static @Nullable Instant optionalSeconds(JsonNode vector, String field) {
    return vector.hasNonNull(field) ? seconds(vector, field) : null;
  }

  private static @Nullable Duration span(JsonNode vector, String field) {
    return vector.hasNonNull(field) ? Duration.ofSeconds(vector.path(field).asLong()) : null;
  }
}
