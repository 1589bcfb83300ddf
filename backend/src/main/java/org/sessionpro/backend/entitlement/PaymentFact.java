package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// Something that happened to one payment, as a store, an operator or our own clock states it
/// (`decisions.md` §4). [Payment#apply(PaymentFact)] is the only reader that acts on it.
public sealed interface PaymentFact {
  /// When it happened, on the clock of whoever states it.
  Instant happenedAt();

  /// A billing cycle or grant became known. First of every payment; identity fields never change.
  ///
  /// @param purchasedAt the store's purchase instant of this cycle; may lie in the future
  /// @param binding the owner as the store states it; null if it states none
  /// @param claimable false if no path may ever bind it (family sharing)
  /// @param refundDeadline end of the self-service refund window; the epoch for grants
  /// @param transaction the App Store's transaction that it was first witnessed by; null elsewhere
  /// @param began how the App Store says that it came about; null if it does not say, and elsewhere
  record Witnessed(
      Product product,
      Instant purchasedAt,
      @Nullable Binding binding,
      boolean claimable,
      Instant refundDeadline,
      Source source,
      @Nullable TransactionId transaction,
      @Nullable Began began)
      implements PaymentFact {
    /// Of which nobody says how it came about.
    public Witnessed(
        Product product,
        Instant purchasedAt,
        @Nullable Binding binding,
        boolean claimable,
        Instant refundDeadline,
        Source source,
        @Nullable TransactionId transaction) {
      this(product, purchasedAt, binding, claimable, refundDeadline, source, transaction, null);
    }

    @Override
    public Instant happenedAt() {
      return purchasedAt;
    }

    Witnessed with(Binding stated) {
      return new Witnessed(
          product, purchasedAt, stated, claimable, refundDeadline, source, transaction, began);
    }
  }

  /// The store names the cycle by one more transaction; what has this name is this payment.
  ///
  /// @param at the store's instant of the statement
  record AliasSeen(TransactionId transaction, Instant at) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The store states whose purchase it is, where it had stated nobody; the first word stays.
  ///
  /// @param at the store's instant of the statement
  record BindingStated(Binding binding, Instant at) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The store's present terms. A null part is not stated and changes nothing.
  ///
  /// Each part is judged against the last word accepted about that part (`decisions-stores.md` §4).
  ///
  /// @param expiry paid-through instant
  /// @param grace the store's dunning window beyond expiry; zero states that there is none
  /// @param renewing whether the store will attempt a renewal
  /// @param billingRetry whether the store is retrying a failed charge
  /// @param statedAt the store's instant of the statement; newer wins
  /// @param complete whether the statement was a full read; wins over a partial one of equal age
  record TermsStated(
      @Nullable Instant expiry,
      @Nullable Duration grace,
      @Nullable Boolean renewing,
      @Nullable Boolean billingRetry,
      Instant statedAt,
      boolean complete)
      implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return statedAt;
    }
  }

  /// The terms as the service knew them that kept the payment before this one. No store dated them, so
  /// that the first word of the store about any part counts more (`import-python.md` §4.1).
  ///
  /// @param expiry paid-through instant; null for a credit
  /// @param grace longer than zero; null if there is none
  /// @param at when the cycle was bought
  record TermsInherited(
      @Nullable Instant expiry, @Nullable Duration grace, boolean renewing, Instant at)
      implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }

    /// As the oldest statement that there can be.
    TermsStated undated() {
      Duration stated = grace == null ? Duration.ZERO : grace;
      return new TermsStated(expiry, stated, renewing, null, Instant.EPOCH, false);
    }
  }

  /// The payment got its owner; happens once.
  record Claimed(AccountId owner, Instant at, ClaimedBy how) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The operator gave a payment that had an owner to another one: the same person, who lost the
  /// first key.
  ///
  /// @param reason why, for the record
  record Reattributed(AccountId owner, Instant at, String reason) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// Entitlement stopped at `at`.
  ///
  /// @param at the store's instant; the earliest one counts until reinstated
  /// @param inferred concluded by us, not stated by the store
  record Revoked(Instant at, RevokedFor reason, boolean inferred) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The store took back every revocation before `at`: the original term stands again, never
  /// extended.
  record Reinstated(Instant at) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The store voided the purchase, but nothing is lost by that; for the record.
  record Voided(Instant at) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The same money is shown as another payment from now on; this one still counts.
  record Hidden(Instant at) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// What Google is owed about this purchase, as its record or its answer to an acknowledgement says.
  ///
  /// @param at when it was asked; newer wins
  record Acknowledged(Instant at, Acknowledgement state) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The owner asked the store for a refund, or withdrew (`requestedAt` null).
  record RefundRequested(Instant at, @Nullable Instant requestedAt) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The payment grants a length of service instead of a term (`entitlement.md` §10).
  ///
  /// @param length greater than zero
  record CreditOpened(Duration length, Instant from) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return from;
    }
  }

  /// A length of service as the service knew it that kept the payment before this one. How much was
  /// granted in the first place is not known (`import-python.md` §4.3).
  ///
  /// @param length what was left, greater than zero
  /// @param since up to when that service had charged it, so that it runs from then on; of one that had
  ///     run out, when it did
  /// @param at when it was granted
  record CreditInherited(Duration length, Instant since, Instant at) implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// The store took back a part of what was bought, so that less is granted in all than was. Taking
  /// back the whole is [Revoked].
  ///
  /// @param granted what is left of the grant, longer than zero; of several the least counts, and
  ///     what was consumed before stays consumed
  record CreditReduced(Duration granted, Instant at) implements PaymentFact {
    public CreditReduced {
      if (granted.isZero() || granted.isNegative()) {
        throw new IllegalArgumentException("what is left of a grant is longer than zero");
      }
    }

    @Override
    public Instant happenedAt() {
      return at;
    }
  }

  /// Service of `amount` was consumed between `from` and `until`; negative if a late fact proves
  /// that time already charged was covered by a subscription.
  ///
  /// @param spentAt the instant at which the length ran out; null while some is left
  record CreditCharged(Instant from, Instant until, Duration amount, @Nullable Instant spentAt)
      implements PaymentFact {
    @Override
    public Instant happenedAt() {
      return until;
    }
  }

  /// What was sold.
  ///
  /// @param unmapped the store's product is in no plan map; `plan` was derived from the term
  record Product(Plan plan, boolean unmapped) {
    /// A product that the plan map knows.
    public static Product of(Plan plan) {
      return new Product(plan, false);
    }
  }

  /// How a cycle came about (`app-store.md` §2.5, transaction reason).
  enum Began {
    /// Somebody bought it.
    PURCHASE,
    /// The store renewed what was there before.
    RENEWAL
  }

  /// How a payment became known.
  enum Source {
    STORE,
    DEV,
    MINT,
    IMPORT
  }

  /// How a payment got its owner (`decisions.md` §4).
  enum ClaimedBy {
    TOUCH,
    ADD,
    CONTINUATION,
    TOKEN,
    MINT,
    DEV,
    IMPORT,
    OPERATOR
  }

  /// Why entitlement stopped (`decisions-stores.md` §3).
  enum RevokedFor {
    REFUND,
    FAMILY,
    SUPERSEDED,
    VOIDED,
    OPERATOR,
    /// Google's notification type 12; terminal.
    REVOKED
  }

  /// State of the acknowledgement that Google wants within three days of a purchase, in the order in
  /// which it advances as a rule.
  enum Acknowledgement {
    NOT_NEEDED,
    OWED,
    DONE
  }
}
