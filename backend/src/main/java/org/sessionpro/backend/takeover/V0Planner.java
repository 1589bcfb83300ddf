package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedAccount.Epoch;
import org.sessionpro.backend.ledger.InheritedPayment;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.source.V0Account;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Revocation;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.crypto.EdwardsPoints;

/// Decides what becomes of one key's rows (`import-python.md` §4, §5). Pure: the same rows always come
/// to the same.
final class V0Planner {
  /// How long a revocation is listed.
  private static final Duration LISTED = Duration.ofDays(31);

  private final V0Ground ground;
  private final V0Account source;
  private final List<Note> notes = new ArrayList<>();
  private final List<Quarantined> quarantine = new ArrayList<>();
  private final List<V0Payment> bound = new ArrayList<>();
  private final List<V0Payment> pending = new ArrayList<>();
  private final List<RevokedTag> ownerless = new ArrayList<>();
  private AccountPlan.Wish wish = AccountPlan.Wish.NOTHING;

  private V0Planner(V0Ground ground, V0Account source) {
    this.ground = ground;
    this.source = source;
  }

  static AccountPlan plan(V0Ground ground, V0Account source) {
    return new V0Planner(ground, source).plan();
  }

  private AccountPlan plan() {
    V0Account.User user = source.user();
    V0Revocation revocation = user == null ? null : ground.revocation(user.index());
    boolean active =
        user != null
            && revocation == null
            && ground.now() <= user.expiry()
            && !source.payments().isEmpty();
    InheritedAccount account = null;
    if (source.key().size() == MasterKey.SIZE) {
      mend(active);
      noteMixedRefunds();
      account = bound.isEmpty() ? without(user) : with(user, new MasterKey(source.key()));
    } else {
      putAside(active);
    }
    Set<Anomaly> oddities = EnumSet.noneOf(Anomaly.class);
    notes.forEach(note -> oddities.add(note.anomaly()));
    Forecast forecast =
        V0Forecast.of(
            source,
            account == null ? List.of() : bound,
            oddities,
            ground.options().allowance().length().toMillis(),
            active);
    AccountPlan.Aside aside = new AccountPlan.Aside(ownerless, quarantine, notes);
    Instant takenAt = ground.takenAt();
    return new AccountPlan(
        source.key(),
        account,
        bound.stream().map(row -> V0Mapping.due(row, takenAt)).toList(),
        pending.stream().map(row -> V0Mapping.unclaimed(row, takenAt)).toList(),
        aside,
        forecast,
        wish);
  }

  private void putAside(boolean active) {
    notes.add(new Note(Anomaly.KEY_LENGTH, active, Subject.account(source.key())));
    V0Account.User user = source.user();
    if (user != null) {
      quarantine.add(V0Rows.of(user, Anomaly.KEY_LENGTH));
      V0Revocation revocation = ground.revocation(user.index());
      if (revocation != null) {
        ownerless.add(new RevokedTag(ground.tag(user.index()), ground.stamp(revocation)));
      }
    }
    source.payments().forEach(row -> quarantine.add(V0Rows.of(row, Anomaly.KEY_LENGTH)));
  }

  private void mend(boolean active) {
    V0Repair repair = new V0Repair(ground.now(), ground.options().development(), notes::add);
    List<V0Payment> rows = new ArrayList<>(ground.namesakes().ownedBy(source.key()));
    for (V0Payment row : source.payments()) {
      Anomaly unusable = V0Repair.unusable(row);
      if (unusable != null) {
        putAside(row, unusable, active);
      } else if (ground.namesakes().contest(row)) {
        putAside(row, Anomaly.DUPLICATE_PAYMENT, true);
      } else if (ground.namesakes().concern(row)) {
        notes.add(Note.of(Anomaly.DUPLICATE_PAYMENT, Subject.payment(row.id())));
      } else {
        rows.add(row);
      }
    }
    rows.sort(Comparator.comparingLong(V0Payment::id));
    for (V0Payment row : rows) {
      V0Payment mended = repair.mend(row, active);
      (mended.owner() == null ? pending : bound).add(mended);
    }
  }

  private void putAside(V0Payment row, Anomaly why, boolean blocks) {
    notes.add(new Note(why, blocks, Subject.payment(row.id())));
    quarantine.add(V0Rows.of(row, why));
  }

  private void noteMixedRefunds() {
    Map<List<Object>, Set<Long>> refunds = new HashMap<>();
    for (V0Payment row : bound) {
      refunds
          .computeIfAbsent(
              List.of(row.codes().provider(), V0Fold.subscription(row)), _ -> new HashSet<>())
          .add(row.times().revoked());
    }
    if (refunds.values().stream().anyMatch(instants -> instants.size() > 1)) {
      notes.add(Note.of(Anomaly.REFUND_MIXED, Subject.account(source.key())));
    }
  }

  /// A user of whom nothing is left: its tag stays listed.
  private @Nullable InheritedAccount without(V0Account.@Nullable User user) {
    if (user == null) {
      return null;
    }
    boolean runs = user.expiry() > ground.now();
    notes.add(new Note(Anomaly.ACCOUNT_WITHOUT_PAYMENT, runs, Subject.account(source.key())));
    V0Revocation revocation = ground.revocation(user.index());
    if (revocation != null && !ground.hasLostItsTag(user)) {
      ownerless.add(new RevokedTag(ground.tag(user.index()), ground.stamp(revocation)));
    }
    return null;
  }

  private InheritedAccount with(V0Account.@Nullable User user, MasterKey key) {
    if (!EdwardsPoints.isUsable(key)) {
      notes.add(Note.of(Anomaly.KEY_UNUSABLE, Subject.account(source.key())));
    }
    noteStrangers(OwnerIds.of(key));
    List<InheritedPayment> payments =
        bound.stream().map(row -> V0Mapping.of(row, ground.takenAt())).toList();
    return new InheritedAccount(
        key, epochs(user), null, null, ProofCounters.NONE, payments, ground.takenAt());
  }

  private void noteStrangers(OwnerIds ids) {
    for (V0Payment row : bound) {
      Binding binding = StoreNames.binding(row);
      if (binding != null && !ids.all().contains(binding)) {
        notes.add(Note.of(Anomaly.BINDING_MISMATCH, Subject.payment(row.id())));
      }
    }
  }

  private List<Epoch> epochs(V0Account.@Nullable User user) {
    Instant issued = issuedAt();
    if (user == null) {
      notes.add(Note.of(Anomaly.OWNER_WITHOUT_ACCOUNT, Subject.account(source.key())));
      return List.of(new Epoch(null, issued, null));
    }
    if (ground.hasLostItsTag(user)) {
      notes.add(Note.of(Anomaly.GENERATION_SHARED, Subject.account(source.key())));
      return List.of(new Epoch(null, issued, null));
    }
    RevocationTag tag = ground.tag(user.index());
    V0Revocation revocation = ground.revocation(user.index());
    if (revocation == null) {
      return List.of(new Epoch(tag, issued, forgotten()));
    }
    noteCreation(revocation, notes, tag.bytes());
    Epoch revoked = new Epoch(tag, issued, ground.stamp(revocation));
    if (!isUsable()) {
      return List.of(revoked);
    }
    notes.add(Note.of(Anomaly.OPERATOR_BLOCK, Subject.account(source.key())));
    if (!ground.options().settleBlocked()) {
      return List.of(revoked);
    }
    wish = AccountPlan.Wish.ROLLED;
    return List.of(revoked, new Epoch(null, ground.takenAt(), null));
  }

  static void noteCreation(V0Revocation revocation, List<Note> notes, ByteString tag) {
    if (revocation.creation() == 0) {
      notes.add(Note.of(Anomaly.REVOCATION_CREATION_ZERO, Subject.revocation(tag)));
    }
  }

  /// When the newest payment got its owner, at most now.
  private Instant issuedAt() {
    long newest = bound.stream().mapToLong(row -> row.times().redeemed()).max().orElse(0);
    return newest == 0 || newest > ground.now() ? ground.takenAt() : Instant.ofEpochMilli(newest);
  }

  /// Whether the old service would serve some payment, had nobody blocked the account.
  private boolean isUsable() {
    return bound.stream()
        .anyMatch(row ->
            row.codes().status() == V0Payment.REDEEMED
                && row.times().expiry() + (row.renewal().renewing() ? V0Grace.of(row).length() : 0)
                    >= ground.now());
  }

  /// The stamp of a revocation that the old service forgot while proofs of it run; null if there is
  /// none, or it stays forgotten.
  private @Nullable Instant forgotten() {
    boolean anyStands = bound.stream().anyMatch(row -> row.codes().status() == V0Payment.REDEEMED);
    long since = ground.now() - LISTED.toMillis();
    boolean refunded =
        bound.stream()
            .filter(V0Payment::isRevoked)
            .anyMatch(row ->
                row.times().revoked() > since
                    && row.times().expiry() > Day.roundUp(row.times().revoked()));
    if (anyStands || !refunded) {
      return null;
    }
    notes.add(Note.of(Anomaly.REVOCATION_PRUNED_EARLY, Subject.account(source.key())));
    if (!ground.options().restorePruned()) {
      return null;
    }
    wish = AccountPlan.Wish.LISTED;
    return ground.inForce();
  }

  /// What becomes of a payment that names no owner.
  static PendingPlan pending(V0Ground ground, V0Payment row) {
    List<Note> notes = new ArrayList<>();
    Anomaly unusable = V0Repair.unusable(row);
    if (unusable != null) {
      notes.add(Note.of(unusable, Subject.payment(row.id())));
      return new PendingPlan(null, List.of(V0Rows.of(row, unusable)), notes);
    }
    if (ground.namesakes().contest(row)) {
      notes.add(new Note(Anomaly.DUPLICATE_PAYMENT, true, Subject.payment(row.id())));
      return new PendingPlan(null, List.of(V0Rows.of(row, Anomaly.DUPLICATE_PAYMENT)), notes);
    }
    V0Payment payment = row;
    if (ground.namesakes().concern(row)) {
      notes.add(Note.of(Anomaly.DUPLICATE_PAYMENT, Subject.payment(row.id())));
      payment = ground.namesakes().unowned(row);
    }
    V0Repair repair = new V0Repair(ground.now(), ground.options().development(), notes::add);
    return new PendingPlan(
        payment == null ? null : V0Mapping.unclaimed(repair.mend(payment, false), ground.takenAt()),
        List.of(),
        notes);
  }
}
