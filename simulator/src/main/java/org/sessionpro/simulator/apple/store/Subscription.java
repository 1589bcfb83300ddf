package org.sessionpro.simulator.apple.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.store.Phase.Active;
import org.sessionpro.simulator.apple.store.Phase.Expired;
import org.sessionpro.simulator.apple.store.Phase.Grace;
import org.sessionpro.simulator.apple.store.Phase.Once;
import org.sessionpro.simulator.apple.store.Phase.Retry;
import org.sessionpro.simulator.apple.store.Phase.Revoked;

/// Everything behind one original transaction id, at one moment: a subscription, or something bought
/// once. Values of this type never change: the store replaces them.
///
/// @param cycles all that were paid, oldest first; never empty
public record Subscription(
    TransactionId original,
    Customer customer,
    Ownership ownership,
    List<Cycle> cycles,
    Renewal renewal,
    Phase phase) {
  public Subscription {
    cycles = List.copyOf(cycles);
  }

  /// Whose purchase it is.
  public enum Ownership {
    PURCHASED,
    FAMILY_SHARED
  }

  /// The latest cycle paid.
  public Cycle newest() {
    return cycles.getLast();
  }

  /// The one before the latest; there is one.
  Cycle cycleBefore() {
    return cycles.get(cycles.size() - 2);
  }

  /// The latest cycle that was not taken back before it began; the latest one if all were.
  public Cycle counting() {
    return cycles.reversed().stream().filter(Cycle::counts).findFirst().orElseGet(this::newest);
  }

  /// The cycle that a transaction is of; empty if of none.
  public Optional<Cycle> cycle(TransactionId transaction) {
    return cycles.stream().filter(cycle -> cycle.ids().all().contains(transaction)).findFirst();
  }

  /// Whether the store has a state of renewal for it.
  public boolean renews() {
    return !(phase instanceof Once);
  }

  /// Whether the customer has access now.
  public boolean givesAccess() {
    return switch (phase) {
      case Active _, Grace _, Once _ -> true;
      case Retry _, Expired _, Revoked _ -> false;
    };
  }

  /// Whether a new purchase in the group would change it, rather than begin it anew.
  boolean isLive() {
    return switch (phase) {
      case Active _, Grace _, Retry _ -> true;
      case Expired _, Revoked _, Once _ -> false;
    };
  }

  Instant originalPurchase() {
    return cycles.getFirst().start();
  }

  Subscription with(Phase changed) {
    return new Subscription(original, customer, ownership, cycles, renewal, changed);
  }

  Subscription with(Renewal changed) {
    return new Subscription(original, customer, ownership, cycles, changed, phase);
  }

  Subscription plus(Cycle cycle) {
    List<Cycle> more = new ArrayList<>(cycles);
    more.add(cycle);
    return with(more);
  }

  /// The same with one of its cycles changed.
  Subscription with(Cycle cycle, UnaryOperator<Cycle> change) {
    List<Cycle> changed = new ArrayList<>(cycles);
    changed.replaceAll(
        one -> one.ids().first().equals(cycle.ids().first()) ? change.apply(one) : one);
    return with(changed);
  }

  private Subscription with(List<Cycle> changed) {
    return new Subscription(original, customer, ownership, changed, renewal, phase);
  }
}
