package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;

/// One billing cycle or grant: the sum of its facts (`entitlement.md` §1.2).
///
/// @param witnessed what never changes about it
/// @param owner null while pending
/// @param revocation null while it stands
/// @param credit null for a subscription
/// @param requests what is owed to or asked of the store
public record Payment(
    PaymentKey key,
    Witnessed witnessed,
    Terms terms,
    @Nullable Owner owner,
    @Nullable Revocation revocation,
    @Nullable Credit credit,
    Requests requests) {

  /// The newest terms stated.
  ///
  /// @param expiry paid-through; null while a credit's length is unspent
  /// @param grace never zero; null if none is declared
  /// @param renewing false once revoked
  /// @param statedAt instant of the statement in force
  /// @param complete whether that statement was a full read
  public record Terms(
      @Nullable Instant expiry,
      @Nullable Duration grace,
      boolean renewing,
      boolean billingRetry,
      Instant statedAt,
      boolean complete) {
    static final Terms NONE = new Terms(null, null, false, false, Instant.MIN, false);

    public Terms {
      if (grace != null && (grace.isZero() || grace.isNegative())) {
        throw new IllegalArgumentException("a grace period is longer than zero, or absent");
      }
    }

    private Terms withRenewing(boolean flag) {
      return new Terms(expiry, grace, flag, billingRetry, statedAt, complete);
    }

    private Terms withExpiry(@Nullable Instant instant) {
      return new Terms(instant, grace, renewing, billingRetry, statedAt, complete);
    }
  }

  /// Who a payment is bound to, since when, and how that came about.
  public record Owner(AccountId account, Instant redeemedAt, ClaimedBy how) {}

  /// That entitlement stopped.
  public record Revocation(Instant at, RevokedFor reason, boolean inferred) {}

  /// A granted length of service and what is left of it.
  ///
  /// @param granted greater than zero
  /// @param remaining zero once spent; at most `granted`
  public record Credit(Duration granted, Duration remaining) {
    public Credit {
      if (granted.isZero() || granted.isNegative()) {
        throw new IllegalArgumentException("a credit grants more than zero");
      }
      if (remaining.isNegative() || remaining.compareTo(granted) > 0) {
        throw new IllegalArgumentException("a credit's rest is between zero and what was granted");
      }
    }
  }

  /// What is owed to, or asked of, the store.
  ///
  /// @param refundRequestedAt null if no refund was asked for
  public record Requests(Acknowledgement acknowledgement, @Nullable Instant refundRequestedAt) {
    static final Requests NONE = new Requests(Acknowledgement.NOT_NEEDED, null);
  }

  public Payment {
    Binding binding = witnessed.binding();
    if (binding != null && !binding.fits(key.provider())) {
      throw new IllegalArgumentException("the binding is not one of this provider");
    }
  }

  /// A payment that has just become known.
  public static Payment of(PaymentKey key, Witnessed witnessed) {
    return new Payment(key, witnessed, Terms.NONE, null, null, null, Requests.NONE);
  }

  /// The payment that a series of facts makes.
  ///
  /// @param facts the first must be [Witnessed]
  /// @throws IllegalArgumentException if it is not
  public static Payment replay(PaymentKey key, List<PaymentFact> facts) {
    if (!(facts.getFirst() instanceof Witnessed witnessed)) {
      throw new IllegalArgumentException("the first fact of a payment is that it was witnessed");
    }
    Payment payment = of(key, witnessed);
    for (PaymentFact fact : facts.subList(1, facts.size())) {
      payment = payment.apply(fact);
    }
    return payment;
  }

  /// This payment after one more fact; equal to this one if the fact adds nothing, which makes
  /// every statement repeatable.
  public Payment apply(PaymentFact fact) {
    return switch (fact) {
      case Witnessed _ -> this;
      case TermsStated stated -> restated(stated);
      case Claimed claimed -> claimed(claimed);
      case Revoked revoked -> revoked(revoked);
      case Reinstated reinstated -> reinstated(reinstated);
      case Acknowledged acknowledged ->
          with(new Requests(acknowledged.state(), requests.refundRequestedAt()));
      case RefundRequested request ->
          with(new Requests(requests.acknowledgement(), request.requestedAt()));
      case CreditOpened opened ->
          credit != null ? this : with(terms, new Credit(opened.length(), opened.length()));
      case CreditCharged charged -> charged(charged);
    };
  }

  private Payment restated(TermsStated stated) {
    if (!supersedes(stated)) {
      return this;
    }
    Duration grace = stated.grace();
    if (grace == null) {
      grace = terms.grace();
    } else if (grace.isZero()) {
      grace = null;
    }
    boolean renewing = stated.renewing() == null ? terms.renewing() : stated.renewing();
    boolean retry = stated.billingRetry() == null ? terms.billingRetry() : stated.billingRetry();
    Instant expiry = stated.expiry() == null ? terms.expiry() : stated.expiry();
    return with(
        new Terms(
            expiry,
            grace,
            renewing && revocation == null,
            retry,
            stated.statedAt(),
            stated.complete()),
        credit);
  }

  /// Newest statement first; of equal age a complete one before a partial one, then the one that
  /// leaves the customer more (`decisions.md` §4).
  private boolean supersedes(TermsStated stated) {
    int byAge = stated.statedAt().compareTo(terms.statedAt());
    if (byAge != 0) {
      return byAge > 0;
    }
    if (stated.complete() != terms.complete()) {
      return stated.complete();
    }
    Instant present = terms.expiry();
    Instant offered = stated.expiry();
    return present == null || offered == null || !offered.isBefore(present);
  }

  private Payment claimed(Claimed claimed) {
    if (owner != null) {
      return this;
    }
    Owner first = new Owner(claimed.owner(), claimed.at(), claimed.how());
    return new Payment(key, witnessed, terms, first, revocation, credit, requests);
  }

  private Payment revoked(Revoked revoked) {
    if (revocation != null && !revoked.at().isBefore(revocation.at())) {
      return this;
    }
    return new Payment(
        key,
        witnessed,
        terms.withRenewing(false),
        owner,
        new Revocation(revoked.at(), revoked.reason(), revoked.inferred()),
        credit,
        requests);
  }

  private Payment reinstated(Reinstated reinstated) {
    if (revocation == null || revocation.reason() == RevokedFor.REVOKED) {
      return this;
    }
    return new Payment(
        key, witnessed, terms.withRenewing(reinstated.renewing()), owner, null, credit, requests);
  }

  private Payment charged(CreditCharged charged) {
    if (credit == null) {
      throw new IllegalStateException("only a credit can be charged");
    }
    Duration rest = credit.remaining().minus(charged.amount());
    return with(terms.withExpiry(charged.spentAt()), new Credit(credit.granted(), rest));
  }

  Payment with(Terms newTerms, @Nullable Credit newCredit) {
    return new Payment(key, witnessed, newTerms, owner, revocation, newCredit, requests);
  }

  private Payment with(Requests newRequests) {
    return new Payment(key, witnessed, terms, owner, revocation, credit, newRequests);
  }

  /// Whether a length of this credit is still to be consumed.
  public boolean isLiveCredit() {
    return credit != null && credit.remaining().isPositive();
  }

  /// Whether a touch by the owner may bind it (`entitlement.md` §4.1).
  public boolean isClaimable() {
    return owner == null
        && revocation == null
        && witnessed.claimable()
        && witnessed.binding() != null;
  }

  /// Where this payment's own term ends, clamped by a revocation and without grace; null while it
  /// is a live credit (`entitlement.md` §6.2 step 3).
  public @Nullable Instant termEnd() {
    Instant expiry = terms.expiry();
    if (expiry == null || revocation == null) {
      return expiry;
    }
    return revocation.at().isBefore(expiry) ? revocation.at() : expiry;
  }
}
