package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedAccount.Epoch;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.source.V1Account;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.StoreBindings;

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

  private AccountPlan plan() {
    boolean revoked = current().filter(one -> one.revokedAt() != null).isPresent();
    V1Forecast before = new V1Forecast(ground, source, List.of(), null, Set.of(), revoked);
    mend(before.isActive());
    Instant checkpoint = checkpoint();
    InheritedAccount account = bound.isEmpty() ? without(before) : with(checkpoint, before.ended());
    Set<Anomaly> oddities = EnumSet.noneOf(Anomaly.class);
    notes.forEach(note -> oddities.add(note.anomaly()));
    V1Forecast forecast = new V1Forecast(ground, source, bound, checkpoint, oddities, revoked);
    return new AccountPlan(
        source.user().key(),
        account,
        bound.stream().map(row -> V1Mapping.due(row, ground.takenAt())).toList(),
        List.of(),
        new AccountPlan.Aside(ownerless, rest.quarantine(), notes),
        new AccountPlan.Outlook(forecast.untouched(), touch(forecast)),
        AccountPlan.Wish.NOTHING);
  }

  private Touch.@Nullable Foreseen touch(V1Forecast forecast) {
    MasterKey owner = new MasterKey(source.user().key());
    List<V1Payment> named = ground.waiting().of(owner);
    return named.isEmpty() ? null : shown -> touched(forecast, owner, named, shown);
  }

  /// The old service binds by the key itself and by Apple's token, not by the key's digest, and nothing
  /// that follows.
  private Touch touched(
      V1Forecast forecast, MasterKey owner, List<V1Payment> named, Set<PaymentId> shown) {
    Binding digest = new Binding(StoreBindings.of(owner).googleKeyHash());
    List<V1Payment> ofThen = new ArrayList<>();
    Map<Category, List<V1Payment>> ofNow = new EnumMap<>(Category.class);
    for (V1Payment row : ground.waiting().withFollowers(named, shown)) {
      V1Payment claimed =
          row.ownedBy(owner.bytes()).with(row.times().withRedemption(ground.takenAt()));
      if (!named.contains(row)) {
        ofNow.computeIfAbsent(Category.CLAIM_ON_TOUCH, _ -> new ArrayList<>()).add(claimed);
      } else if (digest.equals(StoreNames.binding(row))) {
        ofNow.computeIfAbsent(Category.CLAIM_FORM, _ -> new ArrayList<>()).add(claimed);
      } else {
        ofThen.add(claimed);
      }
    }
    return forecast.touched(ofThen, ofNow);
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
  private @Nullable InheritedAccount without(V1Forecast before) {
    boolean runs = before.coverage().isAfter(ground.takenAt());
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

  /// @param ended where it ends if its payments come to nothing at all
  private InheritedAccount with(@Nullable Instant checkpoint, Instant ended) {
    MasterKey key = new MasterKey(source.user().key());
    Sieve.noteStrangers(bound, StoreNames::binding, key, rest);
    return new InheritedAccount(
        key,
        epochs(),
        new ProofOffset(source.user().offset()),
        checkpoint,
        source.user().counters(),
        bound.stream().map(row -> V1Mapping.of(row, checkpoint, ground.takenAt())).toList(),
        ended);
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
