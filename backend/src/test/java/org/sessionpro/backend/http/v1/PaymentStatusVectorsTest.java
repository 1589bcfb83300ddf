package org.sessionpro.backend.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The known answers of `wire-v1.json` about the status that a payment shows.
class PaymentStatusVectorsTest {

  @TestFactory
  Stream<DynamicNode> paymentStatus() {
    return VectorSuite.of("wire-v1.json")
        .answersFor(VectorHome.PAYMENT_STATUS)
        .run("payment_status", PaymentStatusVectorsTest::status)
        .prose("about")
        .restElsewhere()
        .tests();
  }

  private static void status(JsonNode vector) {
    Instant purchased = Instant.ofEpochSecond(1_767_225_600).minus(Duration.ofDays(30));
    Witnessed witnessed =
        new Witnessed(
            Product.of(new Plan("1m")), purchased, null, true, Instant.EPOCH, Source.MINT, null);
    Payment payment =
        Payment.of(PaymentKey.voucher(new OrderId("order")), witnessed)
            .apply(term(vector, purchased));
    if (vector.path("revoked").asBoolean()) {
      payment = payment.apply(new Revoked(purchased.plusSeconds(1), RevokedFor.REFUND, false));
    }
    Instant now = Instant.ofEpochSecond(vector.path("now_ts").asLong());

    assertThat(V1View.item(new RegisteredPayment(new PaymentId(1), payment), now).status().code())
        .isEqualTo(vector.path("status").asText());
  }

  private static PaymentFact term(JsonNode vector, Instant purchased) {
    return vector.hasNonNull("expiry_ts")
        ? new TermsStated(
            Instant.ofEpochSecond(vector.path("expiry_ts").asLong()),
            Duration.ZERO,
            false,
            false,
            purchased,
            true)
        : new CreditOpened(Duration.ofDays(30), purchased);
  }
}
