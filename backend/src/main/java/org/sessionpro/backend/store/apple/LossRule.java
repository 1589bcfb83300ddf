package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.Reinstated;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.ledger.CycleSighting;
import org.sessionpro.backend.store.apple.TransactionInfo.Ownership;
import org.sessionpro.backend.store.apple.TransactionInfo.Revocation;

/// What Apple's statements take away from cycles, and give back (`app-store.md` §3 rule 3, §6.3,
/// `decisions-stores.md` §2.1, §4). Whatever the order in which they come: the newest word counts, and
/// of several instants at which one refund is said to have happened the earliest.
final class LossRule {
  private final Draft draft;
  private final Snapshot snapshot;

  /// When the money of upgraded cycles went back, where a transaction says so.
  private final Map<Cycle, Instant> upgraded = new HashMap<>();

  /// Whether only the whole of the records can tell what ended.
  private boolean wholeNeeded;

  /// Whether what is shown differs from what is known, and is too old to overrule it.
  private boolean outdated;

  LossRule(Draft draft, Snapshot snapshot) {
    this.draft = draft;
    this.snapshot = snapshot;
  }

  /// Takes one statement about a cycle.
  void hear(Cycle cycle, TransactionInfo transaction) {
    Revocation revocation = revocation(transaction);
    CycleSighting known = cycle.sighting();
    Instant at = snapshot.asOf(transaction.signedAt());
    CycleSighting seen =
        new CycleSighting(
            known == null ? at : later(known.newest(), at),
            known == null ? null : known.standing(),
            known == null ? null : known.takenBack(),
            transaction.upgraded() || (known != null && known.upgraded()));
    if (transaction.upgraded()) {
      if (revocation != null) {
        upgraded.put(cycle, revocation.at());
      }
      cycle.sight(seen);
    } else if (revocation == null) {
      stands(cycle, seen, at);
    } else {
      // That much is sure: it was taken back at that instant.
      isTakenBack(cycle, seen, later(at, revocation.at()), loss(transaction, revocation));
    }
    boolean differs = (revocation != null) != standing(cycle, LossRule::isRefund);
    outdated |= differs && !transaction.upgraded() && isOlder(at, cycle.sightedBefore());
  }

  /// A notification that says that a refund was reversed means the transaction that it carries.
  private @Nullable Revocation revocation(TransactionInfo transaction) {
    return snapshot.reverses(transaction) ? null : transaction.revocation();
  }

  /// What was taken back before is given back, unless a newer statement shows it taken back.
  private static void stands(Cycle cycle, CycleSighting seen, Instant at) {
    cycle.sight(
        new CycleSighting(
            seen.newest(), later(seen.standing(), at), seen.takenBack(), seen.upgraded()));
    boolean newest = isAfter(at, seen.takenBack());
    boolean takenBackSince = standing(cycle, loss -> isRefund(loss) && !loss.at().isBefore(at));
    if ((newest || takenBackSince)
        && standing(cycle, loss -> isRefund(loss) && loss.at().isBefore(at))) {
      cycle.add(new Reinstated(at));
    }
  }

  private static void isTakenBack(Cycle cycle, CycleSighting seen, Instant at, Revoked loss) {
    cycle.sight(
        new CycleSighting(
            seen.newest(), seen.standing(), later(seen.takenBack(), at), seen.upgraded()));
    // What happened when it is said to have stood is the later of both.
    boolean happenedThen = loss.at().equals(seen.standing());
    if (happenedThen || isAfter(at, seen.standing())) {
      Instant reinstated = cycle.payment().losses().reinstatedAt();
      cycle.add(new Revoked(later(reinstated, loss.at()), loss.reason(), false));
    }
  }

  private Revoked loss(TransactionInfo transaction, Revocation revocation) {
    boolean left =
        transaction.equals(snapshot.present())
            && snapshot.notice() != null
            && snapshot.notice().is("REVOKE");
    boolean family =
        revocation.family() || transaction.ownership() == Ownership.FAMILY_SHARED || left;
    return new Revoked(revocation.at(), family ? RevokedFor.FAMILY : RevokedFor.REFUND, false);
  }

  /// Ends every cycle whose place another one took: where Apple says so for good, and where dates tell
  /// it until Apple says otherwise.
  void supersede() {
    List<Cycle> cycles = draft.terms();
    for (int i = 0; i < cycles.size(); i++) {
      Cycle cycle = cycles.get(i);
      CycleSighting sighting = cycle.sighting();
      if (sighting != null && sighting.upgraded()) {
        Instant at =
            successor(cycles.subList(i + 1, cycles.size()))
                .map(Cycle::purchasedAt)
                .orElse(upgraded.get(cycle));
        if (at != null) {
          cycle.add(new Revoked(at, RevokedFor.SUPERSEDED, false));
        }
      } else {
        for (Cycle later : cycles.subList(i + 1, cycles.size())) {
          infer(cycle, sighting, later.purchasedAt(), overlaps(cycle, later));
        }
        draft.replacement(cycle).ifPresent(it -> infer(cycle, sighting, it.purchasedAt(), true));
      }
    }
  }

  /// What took the place of a renewal before it began takes that of the cycle before as well.
  private Optional<Cycle> successor(List<Cycle> following) {
    return following.stream().filter(it -> draft.replacement(it).isEmpty()).findFirst();
  }

  private static boolean overlaps(Cycle cycle, Cycle later) {
    Instant at = later.purchasedAt();
    return later.began() == Began.PURCHASE
        && at.isAfter(cycle.purchasedAt())
        && at.isBefore(cycle.end());
  }

  /// @param at when the other cycle was bought
  /// @param overlaps whether that takes the place of this one, as far as dates tell
  private void infer(Cycle cycle, @Nullable CycleSighting sighting, Instant at, boolean overlaps) {
    Instant stood = sighting == null ? null : sighting.standing();
    boolean takenBackBefore = standing(cycle, loss -> !loss.inferred() && !loss.at().isAfter(at));
    if (sighting == null || stood == null || !stood.isAfter(at)) {
      if (overlaps && !standing(cycle, loss -> !loss.at().isAfter(at))) {
        conclude(cycle, at);
      }
    } else if (!takenBackBefore
        && standing(cycle, loss -> isSuperseded(loss) && loss.at().equals(at))) {
      // What was taken back since stays so.
      boolean newest = isAfter(stood, sighting.takenBack());
      cycle.add(new Reinstated(newest ? stood : at.plus(1, ChronoUnit.MICROS)));
    }
  }

  /// A part of the records leaves out what did not change, which may say that the cycle stands.
  private void conclude(Cycle cycle, Instant at) {
    if (isPart()) {
      wholeNeeded = true;
    } else {
      cycle.add(new Revoked(at, RevokedFor.SUPERSEDED, true));
    }
  }

  private boolean isPart() {
    return snapshot.reading() != null && !snapshot.isComplete();
  }

  /// Whether something may have ended that only the whole of the records can tell.
  boolean isWholeNeeded() {
    return wholeNeeded;
  }

  /// Whether what is shown differs from what is known, and is too old to overrule it.
  boolean isOutdated() {
    return outdated;
  }

  /// When records should be read again, because these may be from before Apple decided about an end
  /// that was concluded; null if nothing waits for that.
  ///
  /// @param now our clock
  @Nullable Instant again(Instant now) {
    if (wholeNeeded) {
      return now;
    }
    if (isUndecided(at -> at.plus(Snapshot.AGAIN).isAfter(now))) {
      return now.plus(Snapshot.AGAIN);
    }
    // What was read before, and says more of it, did not change and was left out.
    boolean resumed = snapshot.isReadToItsEnd() && !snapshot.isComplete();
    return resumed && isUndecided(_ -> true) ? now : null;
  }

  private boolean isUndecided(Predicate<Instant> since) {
    return draft.terms().stream()
        .filter(cycle -> cycle.sighting() == null || !cycle.sighting().upgraded())
        .anyMatch(cycle -> standing(cycle, loss -> isSuperseded(loss) && since.test(loss.at())));
  }

  private static boolean standing(Cycle cycle, Predicate<Losses.Revocation> which) {
    return cycle.payment().losses().standing().stream().anyMatch(which);
  }

  private static boolean isRefund(Losses.Revocation loss) {
    return loss.reason() == RevokedFor.REFUND || loss.reason() == RevokedFor.FAMILY;
  }

  private static boolean isSuperseded(Losses.Revocation loss) {
    return loss.reason() == RevokedFor.SUPERSEDED && loss.inferred();
  }

  /// Whether it is not newer than all that was known.
  private static boolean isOlder(Instant at, @Nullable CycleSighting known) {
    return known != null
        && !(isAfter(at, known.newest())
            && isAfter(at, known.standing())
            && isAfter(at, known.takenBack()));
  }

  private static boolean isAfter(Instant at, @Nullable Instant than) {
    return than == null || at.isAfter(than);
  }

  private static Instant later(@Nullable Instant known, Instant at) {
    return known == null || at.isAfter(known) ? at : known;
  }
}
