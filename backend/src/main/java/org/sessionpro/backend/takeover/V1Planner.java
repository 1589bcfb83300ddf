package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedAccount.Epoch;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.source.V1Account;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.protocol.MasterKey;

/// Decides what becomes of one account of summer 2026 (`import-python.md` §4, §5). Pure: the same rows
/// always come to the same.
final class V1Planner {
  /// How long a revocation is listed.
  private static final Duration LISTED = Duration.ofDays(31);

  private final V1Ground ground;
  private final V1Account source;
  private final Subject subject;
  private final Sieve.Rest rest = new Sieve.Rest();
  private final List<Note> notes = rest.notes();
  private final List<V1Payment> bound = new ArrayList<>();
  private final List<RevokedTag> ownerless = new ArrayList<>();

  private V1Planner(V1Ground ground, V1Account source) {
    this.ground = ground;
    this.source = source;
    this.subject = Subject.account(source.user().key());
  }

  static AccountPlan plan(V1Ground ground, V1Account source) {
    return new V1Planner(ground, source).plan();
  }

  private RenewalAllowance allowance() {
    return ground.options().allowance();
  }

  private AccountPlan plan() {
    boolean active = isActive();
    mend(active);
    Instant checkpoint = checkpoint();
    InheritedAccount account = bound.isEmpty() ? without() : with(checkpoint);
    Set<Anomaly> oddities = EnumSet.noneOf(Anomaly.class);
    notes.forEach(note -> oddities.add(note.anomaly()));
    return new AccountPlan(
        source.user().key(),
        account,
        bound.stream().map(row -> V1Mapping.due(row, ground.takenAt())).toList(),
        List.of(),
        new AccountPlan.Aside(ownerless, rest.quarantine(), notes),
        forecast(active, checkpoint, oddities),
        AccountPlan.Wish.NOTHING);
  }

  /// Whether the old service serves it.
  private boolean isActive() {
    boolean revoked = current().filter(one -> one.revokedAt() != null).isPresent();
    return !revoked && !source.payments().isEmpty() && !ground.takenAt().isAfter(coverage());
  }

  /// Where the row says that service ends.
  private Instant coverage() {
    V1Account.Entitled row = source.user().entitled();
    return allowance().coverageEnd(row.expiry(), row.grace(), row.renewing());
  }

  private Optional<V1Account.Generation> current() {
    return source.generations().stream()
        .filter(one -> one.id() == source.user().generation())
        .findFirst();
  }

  private void mend(boolean active) {
    V1Repair repair = new V1Repair(ground.takenAt(), ground.options().development(), notes::add);
    ground
        .sieve()
        .ofOwner(source.user().key(), source.payments(), active, rest)
        .forEach(row -> bound.add(repair.mend(row)));
    Sieve.noteMixedRefunds(
        bound,
        V1Fold::subscription,
        row -> Optional.ofNullable(row.times().revoked()),
        subject,
        rest);
  }

  /// Up to when credits are charged: exactly if there are any.
  private @Nullable Instant checkpoint() {
    Instant stored = source.user().checkpoint();
    boolean live = bound.stream().anyMatch(row -> row.isLiveCredit() && !row.isRevoked());
    if (live && stored == null) {
      notes.add(Note.of(Anomaly.CREDIT_WITHOUT_CHECKPOINT, subject));
      return ground.takenAt();
    }
    if (!live && stored != null) {
      notes.add(Note.of(Anomaly.CHECKPOINT_WITHOUT_CREDIT, subject));
      return null;
    }
    return stored;
  }

  /// A user of whom nothing is left: its revoked tags stay listed.
  private @Nullable InheritedAccount without() {
    boolean runs = coverage().isAfter(ground.takenAt());
    notes.add(new Note(Anomaly.ACCOUNT_WITHOUT_PAYMENT, runs, subject));
    Instant since = ground.takenAt().minus(LISTED);
    for (V1Account.Generation one : source.generations()) {
      Instant revoked = one.revokedAt();
      if (revoked != null && revoked.isAfter(since)) {
        ownerless.add(new RevokedTag(one.tag(), revoked));
      }
    }
    return null;
  }

  private InheritedAccount with(@Nullable Instant checkpoint) {
    MasterKey key = new MasterKey(source.user().key());
    Sieve.noteStrangers(bound, StoreNames::binding, key, rest);
    return new InheritedAccount(
        key,
        epochs(),
        new ProofOffset(source.user().offset()),
        checkpoint,
        source.user().counters(),
        bound.stream().map(row -> V1Mapping.of(row, checkpoint, ground.takenAt())).toList(),
        ended());
  }

  /// Where it ends if its payments come to nothing at all.
  private Instant ended() {
    Instant stored = source.user().entitled().expiry();
    return stored.isBefore(ground.takenAt()) ? stored : ground.takenAt();
  }

  /// In the order of their numbers, the one in use last.
  private List<Epoch> epochs() {
    List<Epoch> epochs = new ArrayList<>();
    for (V1Account.Generation one : source.generations()) {
      if (one.id() != source.user().generation()) {
        if (one.revokedAt() == null) {
          notes.add(Note.of(Anomaly.GENERATION_STALE, Subject.revocation(one.tag().bytes())));
        }
        epochs.add(new Epoch(one.tag(), one.issuedAt(), one.revokedAt()));
      }
    }
    Optional<V1Account.Generation> current = current();
    if (current.isEmpty()) {
      notes.add(Note.of(Anomaly.ACCOUNT_WITHOUT_GENERATION, subject));
      epochs.add(new Epoch(null, ground.takenAt(), null));
    } else {
      V1Account.Generation one = current.get();
      epochs.add(new Epoch(one.tag(), one.issuedAt(), one.revokedAt()));
    }
    return epochs;
  }

  private Forecast forecast(boolean active, @Nullable Instant checkpoint, Set<Anomaly> oddities) {
    V1Account.Entitled row = source.user().entitled();
    Standing before =
        source.payments().isEmpty()
            ? Standing.NOTHING
            : new Standing(row.expiry(), coverage(), row.renewing(), null);
    Forecast.Course course = new Forecast.Course(before);
    if (bound.isEmpty()) {
      return course
          .then(Category.ofRepair(oddities), Standing.NOTHING)
          .end(null, active && !before.equals(Standing.NOTHING));
    }
    Instant ended = ended();
    List<V1Payment> named =
        source.payments().stream().filter(one -> StoreNames.key(one).isPresent()).toList();
    V1Fold ofThen = new V1Fold(allowance(), false, false);
    V1Fold byPurchase = new V1Fold(allowance(), true, false);
    V1Fold anchored = new V1Fold(allowance(), true, true);
    course.then(
        Category.STALE_ACCOUNT_ROW, ofThen.of(named, source.user().checkpoint(), ended).standing());
    course.then(Category.ofRepair(oddities), ofThen.of(bound, checkpoint, ended).standing());
    course.then(Category.FOLD_LATE_CYCLE, byPurchase.of(bound, checkpoint, ended).standing());
    course.then(Category.CREDIT_ANCHOR, anchored.of(bound, checkpoint, ended).standing());
    V1Charge charged = V1Charge.of(bound, checkpoint, ground.takenAt(), allowance());
    V1Fold.Folded last = anchored.of(charged.payments(), charged.checkpoint(), ended);
    course.then(Category.CREDIT_SAMPLING, last.standing());
    return course.end(last.carrier(), active);
  }

  /// What becomes of a payment that is bound to nobody.
  static PendingPlan pending(V1Ground ground, V1Payment row) {
    return ground
        .sieve()
        .ofNobody(
            row,
            (payment, notes) -> {
              V1Repair repair =
                  new V1Repair(ground.takenAt(), ground.options().development(), notes);
              return V1Mapping.unclaimed(repair.mend(payment), ground.takenAt());
            });
  }
}
