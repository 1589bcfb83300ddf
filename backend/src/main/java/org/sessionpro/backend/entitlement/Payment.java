package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditInherited;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Hidden;
import org.sessionpro.backend.entitlement.PaymentFact.Reattributed;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.TermsInherited;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Voided;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;

/// One billing cycle or grant: the sum of its facts (`entitlement.md` §1.2).
///
/// @param witnessed what never changes about it, save that a binding may become known later
/// @param owner null while pending
/// @param losses what was said against it
/// @param credit null for a subscription
/// @param requests what is owed to, or was asked of the store
/// @param hidden whether answers leave it out: the same money is shown as another payment
///     (`decisions-stores.md` §2.1, deferred plan change). It still counts
public record Payment(
    PaymentKey key,
    Witnessed witnessed,
    Terms terms,
    @Nullable Owner owner,
    Losses losses,
    @Nullable Credit credit,
    Requests requests,
    boolean hidden) {

  /// The newest terms stated.
  ///
  /// @param expiry paid-through; null while a credit's length is unspent
  /// @param grace never zero; null if none is declared
  /// @param renewing as stated; whether it counts is [Payment#isRenewing()]
  /// @param stated the statements that are in force
  public record Terms(
      @Nullable Instant expiry,
      @Nullable Duration grace,
      boolean renewing,
      boolean billingRetry,
      Statements stated) {
    static final Terms NONE = new Terms(null, null, false, false, Statements.NONE);

    public Terms {
      if (grace != null && (grace.isZero() || grace.isNegative())) {
        throw new IllegalArgumentException("a grace period is longer than zero, or absent");
      }
    }

    /// The expiry with its grace; null if there is none.
    public @Nullable Instant lastEnd() {
      return expiry == null || grace == null ? expiry : expiry.plus(grace);
    }

    /// These terms after one more statement. Each part is judged against the last word about that
    /// part; of equally authoritative words the one that reaches further stays.
    Terms after(TermsStated fact) {
      Stated by = new Stated(fact.statedAt(), fact.complete());
      return withExpiry(fact.expiry(), by)
          .withGrace(fact.grace(), by)
          .withRenewing(fact.renewing(), by)
          .withRetry(fact.billingRetry(), by);
    }

    private Terms withExpiry(@Nullable Instant word, Stated by) {
      boolean further = word != null && (expiry == null || word.isAfter(expiry));
      return word == null || !by.beats(stated.expiry(), further)
          ? this
          : new Terms(word, grace, renewing, billingRetry, stated.withExpiry(by));
    }

    private Terms withGrace(@Nullable Duration word, Stated by) {
      boolean further = word != null && word.compareTo(declaredGrace()) > 0;
      return word == null || !by.beats(stated.grace(), further)
          ? this
          : new Terms(
              expiry, word.isZero() ? null : word, renewing, billingRetry, stated.withGrace(by));
    }

    private Terms withRenewing(@Nullable Boolean word, Stated by) {
      return word == null || !by.beats(stated.renewing(), word && !renewing)
          ? this
          : new Terms(expiry, grace, word, billingRetry, stated.withRenewing(by));
    }

    private Terms withRetry(@Nullable Boolean word, Stated by) {
      return word == null || !by.beats(stated.billingRetry(), word && !billingRetry)
          ? this
          : new Terms(expiry, grace, renewing, word, stated.withBillingRetry(by));
    }

    /// A credit ends where its length ran out; nobody states that.
    private Terms endingAt(@Nullable Instant instant) {
      return new Terms(instant, grace, renewing, billingRetry, stated);
    }

    private Duration declaredGrace() {
      return grace == null ? Duration.ZERO : grace;
    }
  }

  /// The last word about each part of the terms, which a store may state one by one
  /// (`decisions-stores.md` §3).
  public record Statements(Stated expiry, Stated grace, Stated renewing, Stated billingRetry) {
    static final Statements NONE =
        new Statements(Stated.NEVER, Stated.NEVER, Stated.NEVER, Stated.NEVER);

    Statements withExpiry(Stated newest) {
      return new Statements(newest, grace, renewing, billingRetry);
    }

    Statements withGrace(Stated newest) {
      return new Statements(expiry, newest, renewing, billingRetry);
    }

    Statements withRenewing(Stated newest) {
      return new Statements(expiry, grace, newest, billingRetry);
    }

    Statements withBillingRetry(Stated newest) {
      return new Statements(expiry, grace, renewing, newest);
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

    /// @param further whether this reaches further, which decides between equals
    boolean beats(Stated that, boolean further) {
      int rank = compareTo(that);
      return rank > 0 || (rank == 0 && further);
    }

    @Override
    public int compareTo(Stated that) {
      int byAge = at.compareTo(that.at);
      return byAge != 0 ? byAge : Boolean.compare(complete, that.complete);
    }
  }

  /// What answers say of a payment that has an owner.
  public enum Status {
    REDEEMED,
    EXPIRED,
    REVOKED
  }

  /// Who a payment is bound to, since when, and how that came about.
  public record Owner(AccountId account, Instant redeemedAt, ClaimedBy how) {}

  /// A granted length of service and what is left of it.
  ///
  /// @param granted greater than zero
  /// @param remaining zero once spent; at most `granted`
  /// @param since where another service left it, from when on it runs here; null if it was granted here
  public record Credit(Duration granted, Duration remaining, @Nullable Instant since) {
    /// One that was granted here.
    public Credit(Duration granted, Duration remaining) {
      this(granted, remaining, null);
    }

    public Credit {
      if (granted.isZero() || granted.isNegative()) {
        throw new IllegalArgumentException("a credit grants more than zero");
      }
      if (remaining.isNegative() || remaining.compareTo(granted) > 0) {
        throw new IllegalArgumentException("a credit's rest is between zero and what was granted");
      }
    }

    /// This credit if `length` was granted in all, or what is consumed already if that is more.
    private Credit reducedTo(Duration length) {
      Duration consumed = granted.minus(remaining);
      Duration least = length.compareTo(consumed) > 0 ? length : consumed;
      return least.compareTo(granted) < 0 ? new Credit(least, least.minus(consumed), since) : this;
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
    return new Payment(key, witnessed, Terms.NONE, null, Losses.NONE, null, Requests.NONE, false);
  }

  /// The payment that a series of facts makes.
  ///
  /// @param facts the first must be [Witnessed]
  /// @throws IllegalArgumentException if it is not
  public static Payment replay(PaymentKey key, List<PaymentFact> facts) {
    if (!(facts.getFirst() instanceof Witnessed witnessed)) {
      throw new IllegalArgumentException("the first fact of a payment is that it was witnessed");
    }
    return of(key, witnessed).apply(facts.subList(1, facts.size()));
  }

  /// This payment after more facts.
  public Payment apply(List<PaymentFact> facts) {
    Payment payment = this;
    for (PaymentFact fact : facts) {
      payment = payment.apply(fact);
    }
    return payment;
  }

  /// This payment after one more fact; equal to this one if the fact adds nothing, which makes
  /// every statement repeatable.
  public Payment apply(PaymentFact fact) {
    return switch (fact) {
      case Witnessed _, PaymentFact.AliasSeen _ -> this;
      case TermsStated stated -> with(terms.after(stated), credit);
      case TermsInherited known -> with(terms.after(known.undated()), credit);
      case BindingStated stated -> withBinding(stated.binding());
      case Claimed claimed -> claimed(claimed);
      case Reattributed moved -> reattributed(moved);
      case Revoked revoked -> with(losses.with(revoked));
      case Reinstated reinstated -> with(losses.with(reinstated));
      case Voided voided -> with(losses.with(voided));
      case Acknowledged acknowledged -> with(requests.with(acknowledged));
      case RefundRequested request -> with(requests.with(request));
      case CreditOpened opened ->
          credit != null ? this : with(terms, new Credit(opened.length(), opened.length()));
      case CreditInherited known ->
          credit != null
              ? this
              : with(terms, new Credit(known.length(), known.length(), known.since()));
      case CreditReduced reduced -> credit == null ? this : reduced(reduced, credit);
      case CreditCharged charged -> charged(charged);
      case Hidden _ -> new Payment(key, witnessed, terms, owner, losses, credit, requests, true);
    };
  }

  /// The first binding that the store states stays.
  private Payment withBinding(Binding binding) {
    return witnessed.binding() != null
        ? this
        : new Payment(key, witnessed.with(binding), terms, owner, losses, credit, requests, hidden);
  }

  private Payment claimed(Claimed claimed) {
    return owner != null ? this : ownedBy(new Owner(claimed.owner(), claimed.at(), claimed.how()));
  }

  /// As if it had been the new owner's all along: the same person under another key.
  private Payment reattributed(Reattributed moved) {
    return owner == null
        ? this
        : ownedBy(new Owner(moved.owner(), owner.redeemedAt(), owner.how()));
  }

  private Payment ownedBy(Owner newOwner) {
    return new Payment(key, witnessed, terms, newOwner, losses, credit, requests, hidden);
  }

  private Payment charged(CreditCharged charged) {
    if (credit == null) {
      throw new IllegalStateException("only a credit can be charged");
    }
    Duration rest = credit.remaining().minus(charged.amount());
    return with(
        terms.endingAt(charged.spentAt()), new Credit(credit.granted(), rest, credit.since()));
  }

  /// Nothing that was consumed is asked back: what is left is at least nothing, and a credit of which
  /// nothing is left ends where it was reduced.
  private Payment reduced(CreditReduced fact, Credit known) {
    Credit less = known.reducedTo(fact.granted());
    boolean ends = known.remaining().isPositive() && less.remaining().isZero();
    return with(ends ? terms.endingAt(fact.at()) : terms, less);
  }

  private Payment with(Losses newLosses) {
    return new Payment(key, witnessed, terms, owner, newLosses, credit, requests, hidden);
  }

  private Payment with(Requests newRequests) {
    return new Payment(key, witnessed, terms, owner, losses, credit, newRequests, hidden);
  }

  Payment with(Terms newTerms, @Nullable Credit newCredit) {
    return new Payment(key, witnessed, newTerms, owner, losses, newCredit, requests, hidden);
  }

  /// The revocation that counts; null while the payment stands.
  public @Nullable Revocation revocation() {
    return losses.decisive().orElse(null);
  }

  /// Whether the store will attempt a renewal that counts: never of what is revoked.
  public boolean isRenewing() {
    return terms.renewing() && isStanding();
  }

  /// Whether a length of this credit is still to be consumed.
  public boolean isLiveCredit() {
    return credit != null && credit.remaining().isPositive();
  }

  /// Whether nothing that was said against it counts.
  public boolean isStanding() {
    return losses.standing().isEmpty();
  }

  /// What answers say of it at `ts` (`entitlement.md` §12).
  public Status statusAt(Instant ts) {
    if (!isStanding()) {
      return Status.REVOKED;
    }
    Instant expiry = terms.expiry();
    return expiry != null && !ts.isBefore(expiry) ? Status.EXPIRED : Status.REDEEMED;
  }

  /// Whether anybody may still bind it: dead pending payments wait for a reinstatement
  /// (`decisions-stores.md` §2.2).
  public boolean isUnclaimed() {
    return owner == null && isStanding() && witnessed.claimable();
  }

  /// Whether somebody with these ids may bind it by naming it: the store stated no other owner
  /// (design §6, row 6).
  public boolean isClaimableByName(OwnerIds claimant) {
    Binding stated = witnessed.binding();
    return isUnclaimed() && (stated == null || claimant.all().contains(stated));
  }

  /// Where this payment's own term ends, clamped by a revocation and without grace; null while it
  /// is a live credit (`entitlement.md` §6.2 step 3).
  public @Nullable Instant termEnd() {
    Instant expiry = terms.expiry();
    Revocation revocation = revocation();
    if (expiry == null || revocation == null) {
      return expiry;
    }
    return revocation.at().isBefore(expiry) ? revocation.at() : expiry;
  }
}
