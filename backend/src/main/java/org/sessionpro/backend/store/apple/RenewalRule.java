package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;

/// What Apple's statements about the next renewal say of cycles (`app-store.md` §3 rule 1,
/// `decisions-stores.md` §2.1, older cycles): the flags are the newest cycle's alone, a grace is of the
/// cycle that it was stated for.
final class RenewalRule {
  /// Apple offers 28 days at most.
  private static final Duration LONGEST_GRACE = Duration.ofDays(29);

  private final Draft draft;
  private final Snapshot snapshot;
  private final @Nullable Cycle newestBefore;
  private final @Nullable Instant statedAt;

  /// Whether what is shown differs from what is known, and is too old to overrule it.
  private boolean outdated;

  /// @param newestBefore the newest cycle that was known; null if none was
  /// @param statedAt when the newest statement that is known was made; null if there was none
  RenewalRule(
      Draft draft, Snapshot snapshot, @Nullable Cycle newestBefore, @Nullable Instant statedAt) {
    this.draft = draft;
    this.snapshot = snapshot;
    this.newestBefore = newestBefore;
    this.statedAt = statedAt;
  }

  /// Ends what a newer cycle ends, and gives that one what was stated before it became known.
  void follow() {
    Cycle newest = draft.newest();
    if (newest == null) {
      return;
    }
    if (newestBefore != null && !newest.equals(newestBefore) && !isTold(newest, newestBefore)) {
      inherit(newestBefore, newest);
    }
    List<Cycle> cycles = draft.terms();
    for (int i = 0; i + 1 < cycles.size(); i++) {
      passGrace(cycles.get(i));
      if (!draft.mayReplace(cycles.get(i), cycles.get(i + 1))) {
        end(cycles.get(i), cycles.get(i + 1).purchasedAt());
      }
    }
  }

  /// What was known beside a renewal whose place it took was told all that is about it.
  private boolean isTold(Cycle newest, Cycle former) {
    return !newest.isNew() && draft.replacement(former).isPresent();
  }

  /// A statement that was made after the purchase of a cycle is about that one, though it was taken for
  /// one about the cycle before.
  private void inherit(Cycle former, Cycle newest) {
    Instant at = statedAt;
    if (at == null || newest.purchasedAt().isAfter(at)) {
      return;
    }
    Payment.Terms terms = former.payment().terms();
    newest.add(new TermsStated(null, null, terms.renewing(), terms.billingRetry(), at, true));
  }

  /// A grace that reaches beyond the end of a later cycle is that one's, which was not known when it was
  /// stated.
  private void passGrace(Cycle former) {
    Payment.Terms terms = former.payment().terms();
    Instant expiry = terms.expiry();
    if (expiry != null && terms.grace() != null) {
      Instant until = expiry.plus(terms.grace());
      Instant at = terms.stated().grace().at();
      Cycle served = served(until);
      if (served != null && draft.follows(served, former)) {
        former.add(new TermsStated(null, Duration.ZERO, null, null, justAfter(at), true));
        serve(served, until, at, true);
      }
    }
  }

  private static void end(Cycle former, Instant successor) {
    Payment.Terms terms = former.payment().terms();
    if (terms.renewing() || terms.billingRetry()) {
      Instant heard = latest(terms.stated().renewing().at(), terms.stated().billingRetry().at());
      Instant at = successor.isAfter(heard) ? successor : justAfter(heard);
      former.add(
          new TermsStated(
              null,
              null,
              terms.renewing() ? Boolean.FALSE : null,
              terms.billingRetry() ? Boolean.FALSE : null,
              at,
              true));
    }
  }

  /// Takes a statement.
  ///
  /// @param present the cycle that came with it; null if none did
  /// @return when the newest statement was made; null if there is none, or nothing to apply it to
  @Nullable Instant hear(RenewalInfo renewal, @Nullable Cycle present) {
    Instant at = snapshot.asOf(renewal.signedAt());
    boolean complete = snapshot.isReadToItsEnd();
    Cycle cycle = about(at, present);
    if (cycle == null) {
      return statedAt;
    }
    Instant until = renewal.graceUntil();
    if (until != null) {
      Cycle served = served(until);
      if (served != null) {
        serve(served, until, at, complete);
      }
    }
    Payment.Terms terms = cycle.payment().terms();
    @Nullable Boolean renewing = changed(terms.renewing(), renewal.renewing());
    @Nullable Boolean retrying = changed(terms.billingRetry(), renewal.billingRetry());
    boolean newest = isNewest(cycle);
    if (statedAt != null && !at.isAfter(statedAt)) {
      outdated = newest && (renewing != null || retrying != null);
      return statedAt;
    }
    if (newest) {
      // What was supposed to end it counts no more.
      Instant heard = latest(terms.stated().renewing().at(), terms.stated().billingRetry().at());
      Instant newer = at.isBefore(heard) ? justAfter(heard) : at;
      cycle.add(new TermsStated(null, null, renewing, retrying, newer, complete));
    }
    return at;
  }

  /// Whether the flags are of it: it is the last one, or may be.
  private boolean isNewest(Cycle cycle) {
    Cycle last = draft.newest();
    return cycle.equals(last) || (last != null && draft.mayReplace(cycle, last));
  }

  /// Whether what is shown differs from what is known, and is too old to overrule it.
  boolean isOutdated() {
    return outdated;
  }

  /// The newest cycle that had begun then, or the one that came with the statement if that is newer.
  private @Nullable Cycle about(Instant signedAt, @Nullable Cycle present) {
    Cycle begun =
        draft.terms().stream()
            .filter(cycle -> !cycle.purchasedAt().isAfter(signedAt))
            .reduce((_, last) -> last)
            .orElse(null);
    if (present == null || !present.isTerm()) {
      return begun;
    }
    return begun == null || draft.follows(present, begun) ? present : begun;
  }

  /// The cycle that a grace until then follows: the newest that ends before, unless that is too long
  /// before for it to be the one; null if none is known.
  private @Nullable Cycle served(Instant until) {
    Cycle newest =
        draft.terms().stream()
            .filter(cycle -> cycle.end().isBefore(until))
            .reduce((_, last) -> last)
            .orElse(null);
    return newest == null || newest.end().plus(LONGEST_GRACE).isBefore(until) ? null : newest;
  }

  /// Apple serves a cycle until then while it tries to collect the renewal.
  private static void serve(Cycle cycle, Instant until, Instant statedAt, boolean complete) {
    Payment.Terms terms = cycle.payment().terms();
    Instant expiry = terms.expiry();
    if (expiry != null && until.isAfter(expiry)) {
      Duration grace = Duration.between(expiry, until);
      if (!grace.equals(terms.grace())) {
        cycle.add(new TermsStated(null, grace, null, null, statedAt, complete));
      }
    }
  }

  private static @Nullable Boolean changed(boolean before, @Nullable Boolean stated) {
    boolean same = stated == null || stated.equals(before);
    return same ? null : stated;
  }

  private static Instant justAfter(Instant instant) {
    return instant.plus(1, ChronoUnit.MICROS);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
