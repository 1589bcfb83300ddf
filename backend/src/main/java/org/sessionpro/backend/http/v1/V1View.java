package org.sessionpro.backend.http.v1;

import java.time.Duration;
import java.time.Instant;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.PaymentId;
import org.sessionpro.protocol.v1.PaymentItem;
import org.sessionpro.protocol.v1.PaymentStatus;
import org.sessionpro.protocol.v1.PaymentTerm;
import org.sessionpro.protocol.v1.UserStatus;

/// Accounts and payments as v1 shows them.
///
/// @param allowance counts into every coverage end
record V1View(RenewalAllowance allowance) {

  AccountTerm term(Account account) {
    return new AccountTerm(
        account.entitlement().expiry(),
        account.entitlement().graceAndAllowance(allowance),
        account.entitlement().renewing());
  }

  UserStatus status(Account account, Instant ts) {
    return account.isActiveAt(ts, allowance) ? UserStatus.ACTIVE : UserStatus.EXPIRED;
  }

  /// One payment at the request's time (`wire-v1.md` §10.1).
  static PaymentItem item(RegisteredPayment registered, Instant ts) {
    Payment payment = registered.payment();
    Witnessed witnessed = payment.witnessed();
    Payment.Terms terms = payment.terms();
    Losses.Revocation revocation = payment.revocation();
    Duration grace = terms.grace() == null ? Duration.ZERO : terms.grace();
    return new PaymentItem(
        status(payment.statusAt(ts)),
        witnessed.product().plan(),
        id(payment),
        new PaymentTerm(terms.expiry(), grace, payment.isRenewing()),
        witnessed.purchasedAt(),
        witnessed.refundDeadline().equals(Instant.EPOCH) ? null : witnessed.refundDeadline(),
        revocation == null ? null : revocation.at());
  }

  private static PaymentStatus status(Payment.Status status) {
    return switch (status) {
      case REDEEMED -> PaymentStatus.REDEEMED;
      case EXPIRED -> PaymentStatus.EXPIRED;
      case REVOKED -> PaymentStatus.REVOKED;
    };
  }

  private static PaymentId id(Payment payment) {
    PaymentKey key = payment.key();
    TransactionId transaction = payment.witnessed().transaction();
    return switch (key.provider()) {
      case GOOGLE_PLAY -> PaymentId.googlePlay(key.subscription(), key.cycle());
      case APP_STORE ->
          PaymentId.appStore(transaction == null ? key.subscription() : transaction.value());
      case STF -> PaymentId.voucher(key.subscription());
    };
  }
}
