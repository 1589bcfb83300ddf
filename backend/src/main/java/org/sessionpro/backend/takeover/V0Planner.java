package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.ProofCounters;
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

/// Decides what becomes of one key's rows (`import-python.md` §4, §5). Pure: the same rows always come
/// to the same.
final class V0Planner {
  private final V0Ground ground;
  private final V0Account source;
  private final Sieve.Rest rest = new Sieve.Rest();
  private final List<Note> notes = rest.notes();
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
    if (user != null
        && (V0Repair.isInSeconds(user.expiry()) || V0Repair.isInSeconds(user.refundRequested()))) {
      notes.add(Note.of(Anomaly.TIME_IN_SECONDS, Subject.account(source.key())));
    }
    if (ground.mayHaveMissedARefund(source)) {
      notes.add(new Note(Anomaly.REVOCATIONS_UNWRITABLE, false, Subject.account(source.key())));
    }
    InheritedAccount account = null;
    if (source.key().size() == MasterKey.SIZE) {
      mend(active);
      account = bound.isEmpty() ? without(user) : with(user, new MasterKey(source.key()));
    } else {
      putAside(active);
    }
    Set<Anomaly> oddities = EnumSet.noneOf(Anomaly.class);
    notes.forEach(note -> oddities.add(note.anomaly()));
    AccountPlan.Aside aside = new AccountPlan.Aside(ownerless, rest.quarantine(), notes);
    Instant takenAt = ground.takenAt();
    return new AccountPlan(
        source.key(),
        account,
        bound.stream().map(row -> V0Mapping.due(row, takenAt)).toList(),
        pending.stream().map(row -> V0Mapping.unclaimed(row, takenAt)).toList(),
        aside,
        new AccountPlan.Outlook(forecast(Map.of(), oddities, active), touch(oddities, active)),
        wish);
  }

  private Forecast forecast(
      Map<Category, List<V0Payment>> claims, Set<Anomaly> oddities, boolean active) {
    return V0Forecast.of(
        source, bound, claims, oddities, ground.options().allowance().length().toMillis(), active);
  }

  private Touch.@Nullable Foreseen touch(Set<Anomaly> oddities, boolean active) {
    if (source.key().size() != MasterKey.SIZE) {
      return null;
    }
    List<V0Payment> named = ground.waiting().of(new MasterKey(source.key()));
    return named.isEmpty() ? null : shown -> touched(named, shown, oddities, active);
  }

  private Touch touched(
      List<V0Payment> named, Set<PaymentId> shown, Set<Anomaly> oddities, boolean active) {
    Map<Category, List<V0Payment>> claims = new EnumMap<>(Category.class);
    List<DuePayment> due = new ArrayList<>();
    bound.forEach(row -> due.add(V0Mapping.due(row, ground.takenAt())));
    for (V0Payment row : ground.waiting().withFollowers(named, shown)) {
      boolean byToken = row.isOf(V0Payment.APPLE) && named.contains(row);
      V0Payment.Codes codes = row.codes();
      V0Payment claimed =
          row.ownedBy(source.key())
              .with(new V0Payment.Codes(V0Payment.REDEEMED, codes.plan(), codes.provider()))
              .with(row.times().withRedemption(ground.now()));
      claims
          .computeIfAbsent(
              byToken ? Category.CLAIM_APPLE_TOKEN : Category.CLAIM_ON_TOUCH,
              _ -> new ArrayList<>())
          .add(claimed);
      due.add(V0Mapping.due(claimed, ground.takenAt()));
    }
    return new Touch(due, claims.keySet(), forecast(claims, oddities, active));
  }

  private void putAside(boolean active) {
    notes.add(new Note(Anomaly.KEY_LENGTH, active, Subject.account(source.key())));
    V0Account.User user = source.user();
    if (user != null) {
      rest.quarantine().add(V0Rows.of(user, Anomaly.KEY_LENGTH));
      V0Revocation revocation = ground.revocation(user.index());
      if (revocation != null) {
        ownerless.add(new RevokedTag(ground.tag(user.index()), ground.stamp(revocation)));
      }
    }
    source.payments().forEach(row -> rest.quarantine().add(V0Rows.of(row, Anomaly.KEY_LENGTH)));
  }

  private void mend(boolean active) {
    V0Repair repair = new V0Repair(ground.now(), ground.options().development(), notes::add);
    for (V0Payment row : ground.sieve().ofOwner(source.key(), source.payments(), active, rest)) {
      V0Payment mended = repair.mend(row, active);
      (mended.owner() == null ? pending : bound).add(mended);
    }
    Sieve.noteMixedRefunds(
        bound,
        row -> List.of(row.codes().provider(), V0Fold.subscription(row)),
        row -> row.times().revoked(),
        Subject.account(source.key()),
        rest);
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
    Sieve.noteStrangers(bound, StoreNames::binding, key, rest);
    List<InheritedPayment> payments =
        bound.stream().map(row -> V0Mapping.of(row, ground.takenAt())).toList();
    return new InheritedAccount(
        key, epochs(user), null, null, ProofCounters.NONE, payments, ground.takenAt());
  }

  private List<Epoch> epochs(V0Account.@Nullable User user) {
    Instant issued = issuedAt();
    if (user == null) {
      notes.add(Note.of(Anomaly.OWNER_WITHOUT_ACCOUNT, Subject.account(source.key())));
      return List.of(new Epoch(null, issued, null));
    }
    V0Revocation revocation = ground.revocation(user.index());
    if (ground.hasLostItsTag(user)) {
      notes.add(Note.of(Anomaly.GENERATION_SHARED, Subject.account(source.key())));
      return List.of(
          new Epoch(null, issued, revocation == null || isSettled() ? null : ground.unlisted()));
    }
    RevocationTag tag = ground.tag(user.index());
    if (revocation == null) {
      return List.of(new Epoch(tag, issued, forgotten()));
    }
    noteCreation(revocation, notes, tag.bytes());
    Epoch revoked = new Epoch(tag, issued, ground.stamp(revocation));
    return isSettled()
        ? List.of(revoked, new Epoch(null, ground.takenAt(), null))
        : List.of(revoked);
  }

  /// Whether the account is revoked though it has paid, and goes on all the same because the operator
  /// wants that.
  private boolean isSettled() {
    if (!isUsable()) {
      return false;
    }
    notes.add(Note.of(Anomaly.OPERATOR_BLOCK, Subject.account(source.key())));
    if (!ground.options().settleBlocked()) {
      return false;
    }
    wish = AccountPlan.Wish.ROLLED;
    return true;
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
    long since = ground.now() - V0Ground.LISTED.toMillis();
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
    return ground
        .sieve()
        .ofNobody(
            row,
            (payment, notes) -> {
              V0Repair repair = new V0Repair(ground.now(), ground.options().development(), notes);
              return V0Mapping.unclaimed(repair.mend(payment, false), ground.takenAt());
            });
  }
}
