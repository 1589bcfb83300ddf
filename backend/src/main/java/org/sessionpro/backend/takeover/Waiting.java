package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.takeover.source.SourcePayment;
import org.sessionpro.protocol.MasterKey;

/// Mended payments that wait for their owners, none of them revoked. Filled by one thread before others
/// ask it.
///
/// @param <P> rows of one generation
final class Waiting<P extends SourcePayment> {
  private final Map<Binding, List<P>> byBuyer = new HashMap<>();
  private final Map<SubscriptionKey, List<P>> bySubscription = new HashMap<>();
  private final Function<P, SubscriptionKey> subscription;

  /// @param subscription that a payment is a cycle of
  Waiting(Function<P, SubscriptionKey> subscription) {
    this.subscription = subscription;
  }

  /// Adds one.
  ///
  /// @param buyer as the store was told; null if nobody knows
  void add(P row, @Nullable Binding buyer) {
    bySubscription.computeIfAbsent(subscription.apply(row), _ -> new ArrayList<>()).add(row);
    if (buyer != null) {
      byBuyer.computeIfAbsent(buyer, _ -> new ArrayList<>()).add(row);
    }
  }

  /// Those that wait for an owner, by any form of the owner's id.
  List<P> of(MasterKey owner) {
    if (byBuyer.isEmpty()) {
      return List.of();
    }
    List<P> found = new ArrayList<>();
    OwnerIds.of(owner).all().forEach(id -> found.addAll(byBuyer.getOrDefault(id, List.of())));
    return found;
  }

  /// Payments with the others of their subscriptions that follow them, in the order of their numbers.
  ///
  /// @param claimed that an owner gets by name
  /// @param shown what the owner is seen to have in the end
  List<P> withFollowers(List<P> claimed, Set<PaymentId> shown) {
    Set<P> all = new HashSet<>(claimed);
    for (P one : claimed) {
      bySubscription.getOrDefault(subscription.apply(one), List.of()).stream()
          .filter(other -> shown.contains(new PaymentId(other.id())))
          .forEach(all::add);
    }
    return all.stream().sorted(Comparator.comparingLong(SourcePayment::id)).toList();
  }
}
