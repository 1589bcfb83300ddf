package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The known answers of `wire-v1.json` about how a cycle's terms follow Google's record.
class GoogleConvergeVectorsTest {
  @TestFactory
  Stream<DynamicNode> googleConverge() {
    return VectorSuite.of("wire-v1.json")
        .answersFor(VectorHome.GOOGLE_CONVERGE)
        .run("google_converge", GoogleConvergeVectorsTest::converge)
        .prose("about")
        .restElsewhere()
        .tests();
  }

  private static void converge(JsonNode vector) {
    Instant stored = Instant.ofEpochSecond(vector.path("stored_expiry_ts").asLong());
    Instant bought = stored.minus(Duration.ofDays(30));
    State state = vector.path("in_grace").asBoolean() ? State.IN_GRACE_PERIOD : State.ACTIVE;
    Shelf shelf = new Shelf();
    shelf.look(Shelf.ONE, PlayRecord.of(State.ACTIVE, "O", stored).started(bought), bought);
    if (vector.hasNonNull("stored_grace")) {
      Duration grace = Duration.ofSeconds(vector.path("stored_grace").asLong());
      shelf.add(
          Shelf.ONE, "O", new TermsStated(null, grace, null, null, bought.plusSeconds(1), true));
    }

    Instant stated = Instant.ofEpochSecond(vector.path("resource_expiry_ts").asLong());
    shelf.look(Shelf.ONE, PlayRecord.of(state, "O", stated), stored);

    Payment.Terms terms = shelf.payment(Shelf.ONE, "O").terms();
    assertThat(terms.expiry()).isEqualTo(Instant.ofEpochSecond(vector.path("expiry_ts").asLong()));
    assertThat(terms.grace())
        .isEqualTo(
            vector.hasNonNull("grace") ? Duration.ofSeconds(vector.path("grace").asLong()) : null);
  }
}
