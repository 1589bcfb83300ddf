package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.takeover.source.SourcePayment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.EdwardsPoints;

/// Tells the payments of one generation that are taken over from those that can only be put aside, and
/// from rows that are part of another row's payment (`import-python.md` §5).
///
/// @param unusable why a row can only be put aside; null if it can be taken over
/// @param kept a row as it is put aside
/// @param <P> rows of one generation
record Sieve<P extends SourcePayment>(
    Namesakes<P> namesakes,
    Function<P, @Nullable Anomaly> unusable,
    BiFunction<P, Anomaly, Quarantined> kept) {

  /// What is odd, and what is put aside.
  record Rest(List<Note> notes, List<Quarantined> quarantine) {
    Rest() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /// The rows that an owner has in the end, in the order of their numbers.
  ///
  /// @param active whether the owner is served, so that nothing may be put aside unasked
  /// @param rest gets everything else
  List<P> ofOwner(ByteString owner, List<P> rows, boolean active, Rest rest) {
    List<P> taken = new ArrayList<>(namesakes.ownedBy(owner));
    for (P row : rows) {
      if (standsAlone(row, active, rest)) {
        taken.add(row);
      }
    }
    taken.sort(Comparator.comparingLong(SourcePayment::id));
    return taken;
  }

  /// What becomes of a row that names no owner.
  ///
  /// @param taking makes something of a row that is taken over, and tells what is odd about it
  PendingPlan ofNobody(P row, BiFunction<P, Consumer<Note>, UnclaimedPayment> taking) {
    Rest rest = new Rest();
    P payment = taken(row, rest);
    return new PendingPlan(
        payment == null ? null : taking.apply(payment, rest.notes()::add),
        rest.quarantine(),
        rest.notes());
  }

  /// What is taken over of a row that is nobody's in the end; null for nothing, or if another row stands
  /// for it.
  @Nullable P taken(P row, Rest rest) {
    return standsAlone(row, false, rest) ? row : namesakes.unowned(row);
  }

  private boolean standsAlone(P row, boolean active, Rest rest) {
    Anomaly why = unusable.apply(row);
    if (why != null) {
      putAside(row, why, active, rest);
      return false;
    }
    if (namesakes.contest(row)) {
      putAside(row, Anomaly.DUPLICATE_PAYMENT, true, rest);
      return false;
    }
    if (namesakes.concern(row)) {
      rest.notes().add(Note.of(Anomaly.DUPLICATE_PAYMENT, Subject.payment(row.id())));
      return false;
    }
    return true;
  }

  private void putAside(P row, Anomaly why, boolean blocks, Rest rest) {
    rest.notes().add(new Note(why, blocks, Subject.payment(row.id())));
    rest.quarantine().add(kept.apply(row, why));
  }

  /// Notes if only some cycles of a subscription were refunded, or at different instants.
  ///
  /// @param revoked something equal for equal instants
  static <P extends SourcePayment> void noteMixedRefunds(
      List<P> bound,
      Function<P, Object> subscription,
      Function<P, Object> revoked,
      Subject account,
      Rest rest) {
    Map<Object, Set<Object>> refunds = new HashMap<>();
    for (P row : bound) {
      refunds
          .computeIfAbsent(subscription.apply(row), _ -> new HashSet<>())
          .add(revoked.apply(row));
    }
    if (refunds.values().stream().anyMatch(instants -> instants.size() > 1)) {
      rest.notes().add(Note.of(Anomaly.REFUND_MIXED, account));
    }
  }

  /// Notes if an owner can never sign, and what stores were told to be somebody else's.
  ///
  /// @param binding as the store was told; null for nobody
  static <P extends SourcePayment> void noteStrangers(
      List<P> bound, Function<P, @Nullable Binding> binding, MasterKey owner, Rest rest) {
    if (!EdwardsPoints.isUsable(owner)) {
      rest.notes().add(Note.of(Anomaly.KEY_UNUSABLE, Subject.account(owner.bytes())));
    }
    OwnerIds ids = OwnerIds.of(owner);
    for (P row : bound) {
      Binding buyer = binding.apply(row);
      if (buyer != null && !ids.all().contains(buyer)) {
        rest.notes().add(Note.of(Anomaly.BINDING_MISMATCH, Subject.payment(row.id())));
      }
    }
  }
}
