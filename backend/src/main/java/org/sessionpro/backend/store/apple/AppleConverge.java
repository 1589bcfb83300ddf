package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.ledger.CycleSighting;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.RemarksHeard;
import org.sessionpro.backend.ledger.SubscriptionState;
import org.sessionpro.backend.store.apple.AppStoreApi.Revision;
import org.sessionpro.backend.store.apple.Convergence.Alarm;
import org.sessionpro.backend.store.apple.Convergence.Applied;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Convergence.Parked;
import org.sessionpro.backend.store.apple.Snapshot.Notice;
import org.sessionpro.backend.store.apple.TransactionInfo.Ownership;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;

/// Makes facts out of what Apple shows of a subscription and what is known of it already
/// (`app-store.md` §2 to §6, `decisions-stores.md` §2, §3.2, §4).
///
/// Pure, and idempotent: the same again, after what followed from it was recorded, yields no fact. It
/// does not act on the type of a notification but on what the signed parts state, so types that nobody
/// has heard of do no harm; and in which order anything arrives does not matter for how payments end up.
public final class AppleConverge {
  /// A cycle that became known so shortly before may be missing from Apple's records without being lost.
  private static final Duration MISSED_AFTER = Duration.ofHours(1);

  private final Witness witness;

  public AppleConverge(Products products) {
    this.witness = new Witness(products);
  }

  /// What follows.
  ///
  /// @param now our clock
  public Convergence converge(KnownSubscription known, Snapshot snapshot, Instant now) {
    return new Look(known, snapshot, now).converge();
  }

  /// One snapshot and what is known, while they are brought together.
  private final class Look {
    private final KnownSubscription known;
    private final Snapshot snapshot;
    private final Instant now;
    private final Draft draft;
    private final LossRule losses;
    private final @Nullable Cycle newestBefore;
    private final Set<Cycle> shown = new HashSet<>();
    private final Set<Alarm> alarms = new HashSet<>();
    private @Nullable Cycle present;
    private @Nullable ProductId unsold;

    /// Whether an end is shown that differs from what is known, and is too old to overrule it.
    private boolean outdated;

    Look(KnownSubscription known, Snapshot snapshot, Instant now) {
      this.known = known;
      this.snapshot = snapshot;
      this.now = now;
      this.draft = new Draft(snapshot.subscription(), known);
      this.losses = new LossRule(draft, snapshot);
      this.newestBefore = draft.newest();
    }

    Convergence converge() {
      snapshot.transactions().forEach(this::see);
      if (draft.isEmpty() && unsold != null) {
        return new Parked(unsold);
      }
      losses.supersede();
      RenewalRule renewals =
          new RenewalRule(draft, snapshot, newestBefore, known.state().statedAt());
      renewals.follow();
      RenewalInfo renewal = snapshot.renewal();
      Instant statedAt =
          renewal == null ? known.state().statedAt() : renewals.hear(renewal, present);
      outdated |= losses.isOutdated() || renewals.isOutdated();
      declineRefund();
      missAbsent();
      return new Applied(
          draft.statements(),
          draft.notes(),
          state(statedAt),
          remarks(),
          alarms,
          snapshot.notice() == null ? again() : afresh(snapshot.notice()));
    }

    /// When the records are read again: what they cannot overrule yet they may contradict for good.
    private @Nullable Instant again() {
      Instant again = losses.again(now);
      return again == null && outdated ? now.plus(Snapshot.AGAIN) : again;
    }

    /// Now, if the records were read since the notification was signed, and did not show what it says.
    private @Nullable Instant afresh(Notice notice) {
      boolean read =
          known.reconciledAt() != null && !known.reconciledAt().isBefore(notice.signedAt());
      return read && !draft.statements().isEmpty() ? now : null;
    }

    private void see(TransactionInfo transaction) {
      Cycle cycle = draft.find(transaction).orElseGet(() -> witnessed(transaction));
      if (cycle == null) {
        return;
      }
      shown.add(cycle);
      if (transaction.equals(snapshot.present())) {
        present = cycle;
      }
      draft.name(cycle, transaction);
      attribute(cycle, transaction);
      extend(cycle, transaction);
      losses.hear(cycle, transaction);
      if (transaction.ownership() == Ownership.FAMILY_SHARED && cycle.isStated()) {
        alarms.add(Alarm.of(Matter.FAMILY_SHARED));
      }
      if (cycle.payment().witnessed().product().unmapped() && witness.isUnmapped(transaction)) {
        alarms.add(new Alarm(Matter.UNMAPPED_PRODUCT, transaction.product()));
      }
    }

    /// Null if it is nothing that can be recorded.
    private @Nullable Cycle witnessed(TransactionInfo transaction) {
      return switch (witness.sale(transaction)) {
        case Witness.Unmapped _ -> {
          unsold = transaction.product();
          alarms.add(new Alarm(Matter.UNMAPPED_PRODUCT, transaction.product()));
          yield null;
        }
        case Witness.Sold sold -> {
          doubtOwner(transaction);
          if (snapshot.reverses(transaction)) {
            alarms.add(Alarm.of(Matter.UNKNOWN_REVERSAL));
          }
          yield Witness.write(draft, snapshot, transaction, sold, isRecovered(transaction));
        }
      };
    }

    private boolean isRecovered(TransactionInfo transaction) {
      Notice notice = snapshot.notice();
      return notice != null
          && "BILLING_RECOVERY".equals(notice.subtype())
          && transaction.equals(snapshot.present());
    }

    private void doubtOwner(TransactionInfo transaction) {
      boolean foreign =
          transaction.ownership() == Ownership.PURCHASED
              && transaction.token() != null
              && !known.owners().isEmpty()
              && !isOfAnOwner(Binding.apple(transaction.token()));
      if (foreign) {
        alarms.add(Alarm.of(Matter.FOREIGN_TOKEN));
      }
    }

    private boolean isOfAnOwner(Binding token) {
      return known.owners().values().stream()
          .anyMatch(key -> Binding.OwnerIds.of(key).all().contains(token));
    }

    /// The first word stays, at any age.
    private void attribute(Cycle cycle, TransactionInfo transaction) {
      if (transaction.token() != null && cycle.payment().witnessed().binding() == null) {
        Binding binding = Binding.apple(transaction.token());
        cycle.add(new BindingStated(binding, transaction.signedAt()));
      }
    }

    /// A newer statement moves the end of a term.
    private void extend(Cycle cycle, TransactionInfo transaction) {
      CycleSighting sighting = cycle.sighting();
      Instant at = snapshot.asOf(transaction.signedAt());
      boolean newest = sighting == null || !at.isBefore(sighting.newest());
      Instant expiry = transaction.expiresAt();
      if (expiry != null && cycle.isTerm() && !expiry.equals(cycle.payment().terms().expiry())) {
        if (newest) {
          cycle.add(new TermsStated(expiry, null, null, null, at, snapshot.isReadToItsEnd()));
        } else {
          outdated |= cycle.isSightedAfter(at);
        }
      }
    }

    private void declineRefund() {
      Notice notice = snapshot.notice();
      if (present != null && notice != null && notice.is("REFUND_DECLINED")) {
        present.add(new RefundRequested(notice.signedAt(), null));
      }
    }

    /// Nothing is lost by being absent, not even from all that there is.
    private void missAbsent() {
      if (snapshot.isComplete()
          && draft.all().stream().anyMatch(it -> !shown.contains(it) && isExpected(it))) {
        alarms.add(Alarm.of(Matter.ABSENT_FROM_HISTORY));
      }
    }

    private boolean isExpected(Cycle cycle) {
      Source source = cycle.payment().witnessed().source();
      CycleSighting sighting = cycle.sighting();
      return (source == Source.STORE || source == Source.IMPORT)
          && (sighting == null || sighting.newest().isBefore(now.minus(MISSED_AFTER)));
    }

    private SubscriptionState state(@Nullable Instant statedAt) {
      SubscriptionState before = known.state();
      RenewalInfo renewal = snapshot.renewal();
      ProductId next = renewal != null && isOf(renewal, statedAt) ? renewal.next() : null;
      // What could not be recorded is to be read again, and what is needed whole from the
      // beginning.
      Revision revision =
          snapshot.reading() == null || unsold != null ? null : snapshot.reading().revision();
      return new SubscriptionState(
          statedAt,
          snapshot.status() != null && isPresent(statedAt)
              ? word(snapshot.status())
              : before.status(),
          next == null ? before.nextProduct() : next.value(),
          null,
          losses.isWholeNeeded() || outdated
              ? null
              : revision == null ? before.historyRevision() : revision.value(),
          null,
          false);
    }

    /// What is said beside all that. Of purchases the newest counts, of refunds the last.
    private List<RemarksHeard> remarks() {
      List<RemarksHeard> all = new ArrayList<>();
      RenewalInfo renewal = snapshot.renewal();
      if (renewal != null) {
        all.add(renewal.remarks().ofRenewal(snapshot.asOf(renewal.signedAt())));
      }
      Cycle newest = draft.newest();
      snapshot.transactions().stream()
          .filter(one -> newest == null || draft.find(one).filter(newest::equals).isPresent())
          .map(sale -> sale.remarks().ofSale(soldAt(sale, newest), snapshot.asOf(sale.signedAt())))
          .max(RemarksHeard.ORDER)
          .ifPresent(all::add);
      snapshot.transactions().stream()
          .filter(one -> one.revocation() != null)
          .map(loss -> loss.remarks().ofLoss(lostAt(loss), snapshot.asOf(loss.signedAt())))
          .max(RemarksHeard.ORDER)
          .ifPresent(all::add);
      Notice notice = snapshot.notice();
      if (notice != null) {
        notice.remarks().ofRefundRequest(notice.signedAt()).ifPresent(all::add);
      }
      return all;
    }

    /// Transactions that show the same cycle may date it differently.
    private static Instant soldAt(TransactionInfo sale, @Nullable Cycle cycle) {
      return cycle == null ? sale.purchasedAt() : cycle.purchasedAt();
    }

    private static Instant lostAt(TransactionInfo loss) {
      return Objects.requireNonNull(loss.revocation()).at();
    }

    private boolean isOf(RenewalInfo renewal, @Nullable Instant statedAt) {
      return snapshot.asOf(renewal.signedAt()).equals(statedAt);
    }

    /// Whether what was shown is not older than the newest statement about the renewal.
    private boolean isPresent(@Nullable Instant statedAt) {
      RenewalInfo renewal = snapshot.renewal();
      Notice notice = snapshot.notice();
      Instant at = notice == null ? null : notice.signedAt();
      Instant shownAt = renewal == null ? at : snapshot.asOf(renewal.signedAt());
      return statedAt == null || shownAt == null || !shownAt.isBefore(statedAt);
    }
  }

  /// Apple's numbers, as far as anybody knows.
  private static String word(int status) {
    return switch (status) {
      case 1 -> "ACTIVE";
      case 2 -> "EXPIRED";
      case 3 -> "BILLING_RETRY";
      case 4 -> "GRACE_PERIOD";
      case 5 -> "REVOKED";
      default -> Integer.toString(status);
    };
  }
}
