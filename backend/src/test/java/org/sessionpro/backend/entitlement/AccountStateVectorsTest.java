package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;
import org.sessionpro.protocol.vectors.WireV0Replacements;

/// The known answers of `wire-v0.json` about accounts and the expiry of proofs, as `decisions.md`
/// §8 replaces them.
class AccountStateVectorsTest {
  private static final long OLD_DEFAULT_GRACE = 3_600_000;
  private static final RenewalAllowance ALLOWANCE = RenewalAllowance.DEFAULT;

  @TestFactory
  Stream<DynamicNode> wireV0() {
    return VectorSuite.of("wire-v0.json")
        .answersFor(VectorHome.ACCOUNT_STATE)
        .prose("conventions")
        .prose("cross_checks")
        .replaced("proof_expiry", AccountStateVectorsTest::proofExpiry)
        .runReplacing(
            "account_state",
            "id",
            List.copyOf(WireV0Replacements.ACCOUNT_STATE.keySet()),
            AccountStateVectorsTest::accountState,
            AccountStateVectorsTest::accountState)
        .restElsewhere()
        .tests();
  }

  /// The grid of `entitlement.md` §9.1 in milliseconds, in place of the old roundings to days.
  private static void proofExpiry(JsonNode vector) {
    long ts = vector.path("request_ts").asLong();
    long coverage = vector.path("account_expiry").asLong();
    long lead = Math.min(ts + 2_505_600_000L, coverage) + 3_660_000;
    for (int offset : List.of(0, 1, 7_200, 43_200, 86_399)) {
      long expiry =
          ProofGrid.expiry(
                  Instant.ofEpochMilli(ts), Instant.ofEpochMilli(coverage), new ProofOffset(offset))
              .toEpochMilli();

      assertThat(expiry).isBetween(lead, lead + 86_399_999);
      assertThat(Math.floorMod(expiry - offset * 1_000L, 86_400_000)).isZero();
    }
  }

  private static void accountState(JsonNode vector) {
    List<RegisteredPayment> payments = new ArrayList<>();
    vector.path("payments").forEach(row -> payments.add(payment(row)));

    Folded folded = EntitlementFold.fold(payments, null, ALLOWANCE);

    assertThat(shown(folded, payments)).isEqualTo(expected(vector));
  }

  private static Map<String, Object> expected(JsonNode vector) {
    JsonNode account = vector.path("account");
    Map<String, Object> expected = new HashMap<>();
    for (String column :
        List.of("expiry_unix_ts_ms", "grace_period_duration_ms", "refund_requested_unix_ts_ms")) {
      expected.put(column, account.path(column).asLong());
    }
    expected.put("auto_renewing", account.path("auto_renewing").asBoolean());
    expected.put(
        "redeemed_only_expiry_unix_ts_ms", vector.path("redeemed_only_expiry_unix_ts_ms").asLong());
    expected.putAll(
        WireV0Replacements.ACCOUNT_STATE.getOrDefault(vector.path("id").asText(), Map.of()));
    return expected;
  }

  private static Map<String, Object> shown(Folded folded, List<RegisteredPayment> payments) {
    Entitlement best = folded.best();
    Map<String, Object> shown = new HashMap<>();
    shown.put("expiry_unix_ts_ms", coverageEnd(best));
    shown.put(
        "grace_period_duration_ms",
        best == null ? 0L : best.graceAndAllowance(ALLOWANCE).toMillis());
    shown.put("auto_renewing", best != null && best.renewing());
    shown.put(
        "refund_requested_unix_ts_ms",
        payments.stream()
            .filter(p -> p.id().equals(folded.carrier()))
            .map(p -> p.payment().requests().refund().requestedAt())
            .mapToLong(at -> at == null ? 0 : at.toEpochMilli())
            .findFirst()
            .orElse(0));
    shown.put("redeemed_only_expiry_unix_ts_ms", coverageEnd(folded.usable()));
    return shown;
  }

  private static long coverageEnd(@Nullable Entitlement entitlement) {
    return entitlement == null ? 0 : entitlement.coverageEnd(ALLOWANCE).toEpochMilli();
  }

  private static RegisteredPayment payment(JsonNode row) {
    int id = row.path("id").asInt();
    Instant purchased = Payments.T.minus(Duration.ofDays(300)).plusSeconds(id);
    long grace = row.path("grace_period_duration_ms").asLong();
    List<PaymentFact> facts = new ArrayList<>();
    facts.add(
        new TermsStated(
            millis(row, "expiry_unix_ts_ms"),
            Duration.ofMillis(grace == OLD_DEFAULT_GRACE ? 0 : grace),
            row.path("auto_renewing").asBoolean(),
            false,
            purchased,
            true));
    if (row.path("status").asInt() == 4) {
      facts.add(new Revoked(millis(row, "revoked_unix_ts_ms"), RevokedFor.REFUND, false));
    }
    if (row.path("refund_requested_unix_ts_ms").asLong() != 0) {
      Instant requested = millis(row, "refund_requested_unix_ts_ms");
      facts.add(new RefundRequested(requested, requested));
    }
    return Payments.payment(id, key(row), purchased, facts.toArray(PaymentFact[]::new));
  }

  /// One purchase token for each chain of order ids.
  private static PaymentKey key(JsonNode row) {
    String chain = row.path("chain_key").asText();
    boolean google = row.path("payment_provider").asInt() == 1;
    int suffix = chain.indexOf("..");
    String subscription = google && suffix >= 0 ? chain.substring(0, suffix) : chain;
    return new PaymentKey(
        google ? PaymentProvider.GOOGLE_PLAY : PaymentProvider.APP_STORE,
        subscription,
        chain + "#" + row.path("id").asText());
  }

  private static Instant millis(JsonNode row, String field) {
    return Instant.ofEpochMilli(row.path(field).asLong());
  }
}
