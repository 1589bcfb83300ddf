package org.sessionpro.protocol.v0;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.TransactionId;

/// One answer of every kind, with every member that there is.
public final class SampleAnswers {
  private static final Instant BOUGHT = Instant.ofEpochMilli(1_772_000_000_001L);
  private static final Instant EXPIRY = Instant.ofEpochMilli(1_774_592_000_002L);

  private SampleAnswers() {}

  /// A proof that the development backend signed.
  public static V0Answer<ProProof> proof() {
    return new V0Answer.Success<>(
        ProProof.issue(Samples.CRYPTO, Samples.BACKEND, Samples.TAG, Samples.ROTATING_KEY, EXPIRY));
  }

  /// A list of one revocation.
  public static V0Answer<ProRevocations> revocations() {
    return new V0Answer.Success<>(
        new ProRevocations(
            new Ticket(1_772_000_000L),
            List.of(ProRevocations.Item.stamped(Samples.TAG, Samples.NOW)),
            ProRevocations.POLL_INTERVAL));
  }

  /// An active account with a payment of each provider, in each state.
  public static V0Answer<ProDetails> details() {
    return new V0Answer.Success<>(
        new ProDetails(
            UserStatus.ACTIVE,
            new ProDetails.Term(true, EXPIRY.plusMillis(3_600_000), Duration.ofHours(1)),
            Instant.ofEpochMilli(1_772_000_000_007L),
            5,
            true,
            List.of(google(), apple(), voucher())));
  }

  /// The outcome of a refund note.
  public static V0Answer<RefundRequestedResult> refund() {
    return new V0Answer.Success<>(new RefundRequestedResult(true));
  }

  private static PaymentItem google() {
    return new PaymentItem(
        new PaymentIds.Google(new PurchaseToken("token"), new OrderId("GPA.1..2")),
        PaymentStatus.REDEEMED,
        V0Plan.ONE_MONTH,
        new ProDetails.Term(true, EXPIRY, Duration.ofMinutes(1)),
        new PaymentItem.Milestones(
            BOUGHT, BOUGHT.plusMillis(2), BOUGHT.plusMillis(3), V0Time.NONE, BOUGHT.plusMillis(4)));
  }

  private static PaymentItem apple() {
    return new PaymentItem(
        new PaymentIds.Apple(new TransactionId("2000"), new TransactionId("2001"), new OrderId("")),
        PaymentStatus.REVOKED,
        V0Plan.THREE_MONTHS,
        new ProDetails.Term(false, EXPIRY, Duration.ZERO),
        new PaymentItem.Milestones(
            BOUGHT, BOUGHT.plusMillis(2), EXPIRY, BOUGHT.plusMillis(5), V0Time.NONE));
  }

  private static PaymentItem voucher() {
    return new PaymentItem(
        new PaymentIds.Voucher(new OrderId("7b1f2c3a-0000-4000-8000-000000000001")),
        PaymentStatus.EXPIRED,
        V0Plan.TWELVE_MONTHS,
        new ProDetails.Term(false, EXPIRY, Duration.ZERO),
        new PaymentItem.Milestones(BOUGHT, BOUGHT, V0Time.NONE, V0Time.NONE, V0Time.NONE));
  }
}
