package org.sessionpro.protocol.v0;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.DecimalInteger;

/// Every value that v0 can carry. Signatures are random bytes: codecs do not verify.
final class V0Arbitraries {
  private V0Arbitraries() {}

  static Arbitrary<ByteString> bytes(int size) {
    return Arbitraries.bytes().array(byte[].class).ofSize(size).map(ByteString::of);
  }

  static Arbitrary<Instant> instants() {
    return Arbitraries.longs().greaterOrEqual(0).map(Instant::ofEpochMilli);
  }

  static Arbitrary<Duration> durations() {
    return Arbitraries.longs().greaterOrEqual(0).map(Duration::ofMillis);
  }

  static Arbitrary<String> ids() {
    return Arbitraries.strings()
        .all()
        .ofMaxLength(600)
        .filter(id -> StandardCharsets.UTF_8.newEncoder().canEncode(id));
  }

  static Arbitrary<PaymentTx.Claimable> payments() {
    return Arbitraries.oneOf(
        Combinators.combine(ids().map(PurchaseToken::new), ids().map(OrderId::new))
            .as(PaymentTx.Google::new),
        ids().map(TransactionId::new).map(PaymentTx.Apple::new));
  }

  static Arbitrary<V0Request> requests() {
    Arbitrary<MasterKey> masters = bytes(32).map(MasterKey::new);
    Arbitrary<RotatingKey> rotatings = bytes(32).map(RotatingKey::new);
    Arbitrary<Signature> signatures = bytes(64).map(Signature::new);
    return Arbitraries.oneOf(
        Combinators.combine(masters, rotatings, payments(), signatures, signatures)
            .as(AddProPaymentRequest::new),
        Combinators.combine(masters, rotatings, instants(), signatures, signatures)
            .as(GenerateProProofRequest::new),
        Arbitraries.bigIntegers()
            .map(ticket -> new DecimalInteger(ticket.toString()))
            .map(GetProRevocationsRequest::new),
        Combinators.combine(
                masters,
                instants(),
                Arbitraries.longs().between(0, GetProDetailsRequest.MAX_COUNT),
                signatures)
            .as(GetProDetailsRequest::new),
        Combinators.combine(masters, instants(), instants(), payments(), signatures)
            .as(SetPaymentRefundRequestedRequest::new));
  }

  static Arbitrary<DevTerms> devTerms() {
    return Combinators.combine(
            Arbitraries.of(V0Plan.class),
            Arbitraries.longs().between(1, DevTerms.LONGEST.toMillis()).map(Duration::ofMillis),
            Arbitraries.of(true, false))
        .as(DevTerms::new);
  }

  static Arbitrary<ProProof> proofs() {
    return Combinators.combine(
            bytes(32).map(RevocationTag::new),
            bytes(32).map(RotatingKey::new),
            instants(),
            bytes(64).map(Signature::new))
        .as(ProProof::new);
  }

  static Arbitrary<ProRevocations> revocations() {
    Arbitrary<ProRevocations.Item> item =
        Combinators.combine(bytes(32).map(RevocationTag::new), instants(), instants())
            .as(ProRevocations.Item::new);
    return Combinators.combine(
            Arbitraries.longs().between(0, ProRevocations.MAX_TICKET).map(Ticket::new),
            item.list().ofMaxSize(5),
            Arbitraries.longs().greaterOrEqual(0).map(Duration::ofSeconds))
        .as(ProRevocations::new);
  }

  static Arbitrary<ProDetails.Term> terms() {
    return Combinators.combine(Arbitraries.of(true, false), instants(), durations())
        .as(ProDetails.Term::new);
  }

  static Arbitrary<PaymentItem> items() {
    Arbitrary<TransactionId> transactions = ids().map(TransactionId::new);
    Arbitrary<OrderId> orders = ids().map(OrderId::new);
    Arbitrary<PaymentIds> names =
        Arbitraries.oneOf(
            Combinators.combine(ids().map(PurchaseToken::new), orders).as(PaymentIds.Google::new),
            Combinators.combine(transactions, transactions, orders).as(PaymentIds.Apple::new),
            orders.map(PaymentIds.Voucher::new));
    return Combinators.combine(
            names,
            Arbitraries.of(PaymentStatus.class),
            Arbitraries.of(V0Plan.class),
            terms(),
            Combinators.combine(instants(), instants(), instants(), instants(), instants())
                .as(PaymentItem.Milestones::new))
        .as(PaymentItem::new);
  }

  static Arbitrary<ProDetails> details() {
    Arbitrary<List<PaymentItem>> items = items().list().ofMaxSize(4);
    return Combinators.combine(
            Arbitraries.of(UserStatus.class),
            terms(),
            instants(),
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.of(true, false),
            items)
        .as(ProDetails::new);
  }
}
