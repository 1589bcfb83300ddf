package org.sessionpro.backend.http.v0;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.CreditSchedule;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger.Details;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.v0.PaymentIds;
import org.sessionpro.protocol.v0.PaymentItem;
import org.sessionpro.protocol.v0.PaymentItem.Milestones;
import org.sessionpro.protocol.v0.PaymentStatus;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.UserStatus;
import org.sessionpro.protocol.v0.V0Plan;
import org.sessionpro.protocol.v0.V0Time;

/// Accounts and payments as v0 shows them (`decisions.md` §2).
///
/// @param allowance counts into every coverage end
record V0View(RenewalAllowance allowance) {

  /// The details of an account at the request's time.
  ///
  /// @param inTrouble whether something of the store's waits to be mended
  ProDetails details(Details details, boolean inTrouble, Instant ts) {
    Account account = details.account();
    RegisteredPayment carrier = details.carrier();
    Map<PaymentId, Instant> projected =
        CreditSchedule.projectedEnds(account.entitlement().expiry(), details.liveCredits());
    return new ProDetails(
        account.isActiveAt(ts, allowance) ? UserStatus.ACTIVE : UserStatus.EXPIRED,
        new ProDetails.Term(
            account.entitlement().renewing(),
            account.entitlement().coverageEnd(allowance),
            account.entitlement().graceAndAllowance(allowance)),
        carrier == null ? V0Time.NONE : refundRequested(carrier.payment()),
        details.total(),
        inTrouble,
        details.newest().stream().map(p -> item(p, projected.get(p.id()), ts)).toList());
  }

  private static PaymentItem item(
      RegisteredPayment registered, @Nullable Instant projected, Instant ts) {
    Payment payment = registered.payment();
    Payment.Terms terms = payment.terms();
    Instant expiry = expiry(payment, projected);
    Duration grace = terms.grace() == null ? Duration.ZERO : terms.grace();
    return new PaymentItem(
        ids(payment),
        status(payment.statusAt(ts)),
        V0Plan.of(payment.witnessed().product().plan(), length(payment, expiry)),
        new ProDetails.Term(payment.isRenewing(), expiry, grace),
        milestones(payment));
  }

  private static Instant expiry(Payment payment, @Nullable Instant projected) {
    Instant stated = payment.terms().expiry();
    Losses.Revocation revocation = payment.revocation();
    if (stated != null) {
      return stated;
    }
    if (projected != null) {
      return projected;
    }
    return revocation == null ? V0Time.NONE : revocation.at();
  }

  private static PaymentStatus status(Payment.Status status) {
    return switch (status) {
      case REDEEMED -> PaymentStatus.REDEEMED;
      case EXPIRED -> PaymentStatus.EXPIRED;
      case REVOKED -> PaymentStatus.REVOKED;
    };
  }

  private static Duration length(Payment payment, Instant expiry) {
    Payment.Credit credit = payment.credit();
    return credit == null
        ? Duration.between(payment.witnessed().purchasedAt(), expiry)
        : credit.granted();
  }

  private static Milestones milestones(Payment payment) {
    Payment.Owner owner = payment.owner();
    Losses.Revocation revocation = payment.revocation();
    return new Milestones(
        payment.witnessed().purchasedAt(),
        owner == null ? V0Time.NONE : owner.redeemedAt(),
        payment.witnessed().refundDeadline(),
        revocation == null ? V0Time.NONE : revocation.at(),
        refundRequested(payment));
  }

  private static Instant refundRequested(Payment payment) {
    Instant requested = payment.requests().refund().requestedAt();
    return requested == null ? V0Time.NONE : requested;
  }

  private static PaymentIds ids(Payment payment) {
    PaymentKey key = payment.key();
    TransactionId transaction = payment.witnessed().transaction();
    return switch (key.provider()) {
      case GOOGLE_PLAY ->
          new PaymentIds.Google(new PurchaseToken(key.subscription()), new OrderId(key.cycle()));
      case APP_STORE ->
          new PaymentIds.Apple(
              new TransactionId(key.subscription()),
              transaction == null ? new TransactionId("") : transaction,
              key.appleLineItem());
      case STF -> new PaymentIds.Voucher(new OrderId(key.subscription()));
    };
  }
}
