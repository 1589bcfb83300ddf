package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The known answers of `wire-v1.json` about what the revocation list holds and when it is due.
class RevocationVectorsTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicNode> revocationList() {
    // Cases about the ticket have no name; of them only the comparison holds (`decisions.md` §8).
    return VectorSuite.of("wire-v1.json")
        .answersFor(VectorHome.REVOCATIONS)
        .runReplacing(
            "revocation_list", "name", List.of(""), this::entry, RevocationVectorsTest::ticket)
        .prose("about")
        .restElsewhere()
        .tests();
  }

  @Test
  void theIntervalsAreThoseOfTheContract() {
    JsonNode section = VectorSuite.of("wire-v1.json").root().path("revocation_list");

    assertThat(RevocationList.RETRY_IN).hasSeconds(section.path("retry_in").asLong());
    assertThat(RevocationList.RETAIN_FOR).hasSeconds(section.path("retain_for").asLong());
    assertThat(RevocationSnapshot.RETENTION).isEqualTo(RevocationList.RETAIN_FOR);
    assertThat(RevocationList.EFFECTIVE_DELAY).hasSeconds(section.path("effective_delay").asLong());
  }

  private void entry(JsonNode vector) {
    Instant revoked = Micros.toInstant(vector.path("revoked_at_us").asLong());
    try (LedgerFixture it = new LedgerFixture(Engine.SQLITE, folder)) {
      it.voucher(LedgerFixture.ALICE, 30, revoked.minus(Duration.ofDays(1)));
      it.ledger.revoke(LedgerFixture.ALICE, "known answer", revoked);
      Instant now =
          vector.has("now_us") ? Micros.toInstant(vector.path("now_us").asLong()) : revoked;

      List<RevokedTag> listed = it.ledger.revocations(now, RevocationSnapshot.RETENTION).revoked();

      assertThat(listed).hasSize(vector.path("served").asBoolean(true) ? 1 : 0);
      if (vector.has("effective_ts")) {
        RevokedTag entry = listed.getFirst();
        assertThat(
                RevocationList.Item.recordedAt(entry.tag(), entry.recordedAt())
                    .effective()
                    .getEpochSecond())
            .isEqualTo(vector.path("effective_ts").asLong());
      }
    }
  }

  private static void ticket(JsonNode vector) {
    String body = "{\"ticket\":" + vector.path("client").asLong() + "}";
    GetProRevocationsRequest request =
        GetProRevocationsRequest.parse(JsonObject.parse(body.getBytes(StandardCharsets.UTF_8)));

    assertThat(request.isBehind(new Ticket(vector.path("server").asLong())))
        .isEqualTo(vector.path("items").asText().equals("full"));
  }
}
