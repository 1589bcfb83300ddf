package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
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
/// @param requests what is owed to, asked of, or was taken back by the store
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
  /// @param renewing as stated; whether it counts is [Payment#isRenewing()]
  /// @param expiryStated the statement of the expiry in force
  /// @param renewalStated the statement of grace, renewal and retry in force
  public record Terms(
      @Nullable Instant expiry,
      @Nullable Duration grace,
      boolean renewing,
      boolean billingRetry,
      Stated expiryStated,
      Stated renewalStated) {
    static final Terms NONE = new Terms(null, null, false, false, Stated.NEVER, Stated.NEVER);

    /// By how far the terms reach beyond their expiry. A grace counts even of what does not renew,
    /// as time served before a successor, and a retry lets a late successor continue.
    private static final Comparator<Terms> BY_RENEWAL_REACH =
        Comparator.comparing(Terms::renewing)
            .thenComparing(Terms::declaredGrace)
            .thenComparing(Terms::billingRetry);

    public Terms {
      if (grace != null && (grace.isZero() || grace.isNegative())) {
        throw new IllegalArgumentException("a grace period is longer than zero, or absent");
      }
    }

    private Terms withExpiry(@Nullable Instant instant, Stated stated) {
      return new Terms(instant, grace, renewing, billingRetry, stated, renewalStated);
    }

    private Duration declaredGrace() {
      return grace == null ? Duration.ZERO : grace;
    }
  }

  /// How authoritative a statement is: the newer one wins, of equal age the complete one
  /// (`decisions.md` §4).
  ///
  /// @param at the store's instant of the statement
  /// @param complete whether it was a full read
  public record Stated(Instant at, boolean complete) implements Comparable<Stated> {
    /// Less than any statement.
    public static final Stated NEVER = new Stated(Instant.MIN, false);

    @Override
    public int compareTo(Stated that) {
      int byAge = at.compareTo(that.at);
      return byAge != 0 ? byAge : Boolean.compare(complete, that.complete);
    }
  }

  /// Who a payment is bound to, since when, and how that came about.
  public record Owner(AccountId account, Instant redeemedAt, ClaimedBy how) {}

  /// That entitlement stopped.
  public record Revocation(Instant at, RevokedFor reason, boolean inferred) {
    /// Of several the first counts: the store's word that a cycle was upgraded beats a refund of it
    /// (`decisions-stores.md` §2.1), then the earliest; of equally early ones what was stated beats
    /// what was concluded. Total, so that arrival does not matter.
    private static final Comparator<Revocation> DECISIVE_FIRST =
        Comparator.comparing(Revocation::isStatedUpgrade)
            .reversed()
            .thenComparing(Revocation::at)
            .thenComparing(Revocation::inferred)
            .thenComparing(Revocation::reason);

    private static Revocation of(Revoked fact) {
      return new Revocation(fact.at(), fact.reason(), fact.inferred());
    }

    private boolean isStatedUpgrade() {
      return reason == RevokedFor.SUPERSEDED && !inferred;
    }

    /// Whether a reinstatement at `instant` takes it back; what Google revoked is final.
    private boolean isUndoneBy(Instant instant) {
      return reason != RevokedFor.REVOKED && at.isBefore(instant);
    }
  }

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

  /// What is owed to, asked of, or was taken back by the store.
  ///
  /// @param refundRequestedAt null if no refund was asked for
  /// @param reinstatedAt before when every revocation was taken back; null if none was
  public record Requests(
      Acknowledgement acknowledgement,
      @Nullable Instant refundRequestedAt,
      @Nullable Instant reinstatedAt) {
    static final Requests NONE = new Requests(Acknowledgement.NOT_NEEDED, null, null);

    private Requests with(Acknowledged fact) {
      return new Requests(fact.state(), refundRequestedAt, reinstatedAt);
    }

    private Requests with(RefundRequested fact) {
      return new Requests(acknowledgement, fact.requestedAt(), reinstatedAt);
    }

    private Requests with(Reinstated fact) {
      return new Requests(acknowledgement, refundRequestedAt, fact.at());
    }
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
      case Acknowledged acknowledged -> with(revocation, requests.with(acknowledged));
      case RefundRequested request -> with(revocation, requests.with(request));
      case CreditOpened opened ->
          credit != null ? this : with(terms, new Credit(opened.length(), opened.length()));
      case CreditCharged charged -> charged(charged);
    };
  }

  private Payment restated(TermsStated fact) {
    Stated stated = new Stated(fact.statedAt(), fact.complete());
    Terms changed = withRenewal(withExpiry(terms, fact.expiry(), stated), fact, stated);
    return with(changed, credit);
  }

  /// Of equally authoritative statements the later expiry stays.
  private static Terms withExpiry(Terms terms, @Nullable Instant expiry, Stated stated) {
    if (expiry == null) {
      return terms;
    }
    int rank = stated.compareTo(terms.expiryStated());
    Instant present = terms.expiry();
    boolean wins = rank > 0 || (rank == 0 && (present == null || expiry.isAfter(present)));
    return wins ? terms.withExpiry(expiry, stated) : terms;
  }

  /// Of equally authoritative statements the one that reaches further stays.
  private static Terms withRenewal(Terms terms, TermsStated fact, Stated stated) {
    if (fact.grace() == null && fact.renewing() == null && fact.billingRetry() == null) {
      return terms;
    }
    Duration grace = fact.grace() == null ? terms.grace() : fact.grace();
    Terms offered =
        new Terms(
            terms.expiry(),
            grace == null || grace.isZero() ? null : grace,
            fact.renewing() == null ? terms.renewing() : fact.renewing(),
            fact.billingRetry() == null ? terms.billingRetry() : fact.billingRetry(),
            terms.expiryStated(),
            stated);
    int rank = stated.compareTo(terms.renewalStated());
    boolean further = Terms.BY_RENEWAL_REACH.compare(offered, terms) > 0;
    return rank > 0 || (rank == 0 && further) ? offered : terms;
  }

  private Payment claimed(Claimed claimed) {
    if (owner != null) {
      return this;
    }
    Owner first = new Owner(claimed.owner(), claimed.at(), claimed.how());
    return new Payment(key, witnessed, terms, first, revocation, credit, requests);
  }

  /// What was revoked before a reinstatement stays reinstated, whenever it arrives.
  private Payment revoked(Revoked revoked) {
    Revocation stated = Revocation.of(revoked);
    Instant reinstated = requests.reinstatedAt();
    boolean undone = reinstated != null && stated.isUndoneBy(reinstated);
    boolean counts =
        revocation == null || Revocation.DECISIVE_FIRST.compare(stated, revocation) < 0;
    return !undone && counts ? with(stated, requests) : this;
  }

  private Payment reinstated(Reinstated reinstated) {
    Instant known = requests.reinstatedAt();
    if (known != null && !reinstated.at().isAfter(known)) {
      return this;
    }
    boolean undone = revocation != null && revocation.isUndoneBy(reinstated.at());
    return with(undone ? null : revocation, requests.with(reinstated));
  }

  private Payment charged(CreditCharged charged) {
    if (credit == null) {
      throw new IllegalStateException("only a credit can be charged");
    }
    Duration rest = credit.remaining().minus(charged.amount());
    return with(
        terms.withExpiry(charged.spentAt(), terms.expiryStated()),
        new Credit(credit.granted(), rest));
  }

  private Payment with(@Nullable Revocation newRevocation, Requests newRequests) {
    return new Payment(key, witnessed, terms, owner, newRevocation, credit, newRequests);
  }

  Payment with(Terms newTerms, @Nullable Credit newCredit) {
    return new Payment(key, witnessed, newTerms, owner, revocation, newCredit, requests);
  }

  /// Whether the store will attempt a renewal that counts: never of what is revoked.
  public boolean isRenewing() {
    return terms.renewing() && revocation == null;
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

  /// Whether somebody with these ids may bind it by naming it: the store stated no other owner
  /// (design §6, row 6).
  public boolean isClaimableByName(OwnerIds claimant) {
    Binding stated = witnessed.binding();
    return owner == null
        && revocation == null
        && witnessed.claimable()
        && (stated == null || claimant.all().contains(stated));
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
