package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Revocation;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The known answers of the Python service about what only a takeover needs.
class PythonVectorsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Options OPTIONS =
      new Options(RenewalAllowance.DEFAULT, false, false, false, false, Duration.ZERO);

  @TestFactory
  Stream<DynamicNode> wireV0() {
    return VectorSuite.of("wire-v0.json")
        .answersFor(VectorHome.IMPORT)
        .prose("conventions")
        .prose("cross_checks")
        .run("round_up_to_utc_day", PythonVectorsTest::dayIsRoundedUp)
        .run("gen_index_hash", PythonVectorsTest::handleIsThatInCirculation)
        .run("revocation_item", PythonVectorsTest::revocationTakesEffectAsAnnounced)
        .run("account_state", PythonVectorsTest::paymentsComeToWhatTheyDidThen)
        .restElsewhere()
        .tests();
  }

  private static void dayIsRoundedUp(JsonNode vector) {
    assertThat(Day.roundUp(vector.path("unix_ts_ms").asLong()))
        .isEqualTo(vector.path("result").asLong());
  }

  private static void handleIsThatInCirculation(JsonNode vector) {
    ByteString salt = ByteString.fromHex(vector.path("salt_hex").asText());

    assertThat(new GenerationHandle(CRYPTO, salt).of(vector.path("gen_index").asLong()).hex())
        .isEqualTo(vector.path("digest_hex").asText());
  }

  private static void revocationTakesEffectAsAnnounced(JsonNode vector) {
    V0Revocation revocation =
        new V0Revocation(
            1, vector.path("creation").asLong(), vector.path("stored_expiry").asLong());
    long effective = vector.path("item_effective_unix_ts_ms").asLong();

    Instant stamp = ground(effective - 1).stamp(revocation);

    assertThat(stamp.toEpochMilli() + Day.MILLIS).isEqualTo(effective);
  }

  @Test
  void revocationInForceStaysInForceInBothProtocols() {
    V0Ground ground = ground(PythonDatabase.NOW);

    Instant stamp = ground.stamp(new V0Revocation(1, 0, PythonDatabase.NOW + Day.MILLIS));

    assertThat(stamp).isEqualTo(ground.takenAt().minus(Duration.ofHours(26)));
  }

  private static V0Ground ground(long now) {
    return new V0Ground(
        Instant.ofEpochMilli(now),
        new V0Ground.Generations(
            new GenerationHandle(CRYPTO, ByteString.fromHex(PythonDatabase.SALT)),
            Map.of(),
            Set.of(),
            null),
        V0Ground.sieve(List.of()),
        new Waiting<>(row -> {
          throw new AssertionError("nothing waits");
        }),
        OPTIONS);
  }

  private static void paymentsComeToWhatTheyDidThen(JsonNode vector) {
    List<V0Payment> payments = new ArrayList<>();
    vector.path("payments").forEach(row -> payments.add(payment(row)));
    JsonNode account = vector.path("account");

    V0Payment winner = V0Fold.OF_THEN.winner(payments);
    Standing standing = V0Fold.OF_THEN.of(payments);

    assertThat(standing.coverage().toEpochMilli())
        .isEqualTo(account.path("expiry_unix_ts_ms").asLong());
    assertThat(standing.renewing()).isEqualTo(account.path("auto_renewing").asBoolean());
    assertThat(PythonDatabase.millis(standing.refundRequested()))
        .isEqualTo(account.path("refund_requested_unix_ts_ms").asLong());
    assertThat(winner == null ? 0 : winner.renewal().grace())
        .isEqualTo(account.path("grace_period_duration_ms").asLong());
  }

  private static V0Payment payment(JsonNode row) {
    int provider = row.path("payment_provider").asInt();
    String chain = row.path("chain_key").asText();
    return new V0Payment(
        row.path("id").asLong(),
        ByteString.of(PythonDatabase.key(1)),
        new V0Payment.Codes(row.path("status").asLong(), 1, provider),
        new V0Payment.Times(
            1,
            1,
            row.path("expiry_unix_ts_ms").asLong(),
            0,
            row.path("revoked_unix_ts_ms").asLong(),
            row.path("refund_requested_unix_ts_ms").asLong()),
        new V0Payment.Renewal(
            row.path("auto_renewing").asBoolean(), row.path("grace_period_duration_ms").asLong()),
        new V0Payment.Ids(
            provider == 2 ? chain : "", "t", "", "token", provider == 1 ? chain : "", chain),
        new V0Payment.Buyer(null, ""));
  }
}
