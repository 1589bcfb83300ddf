package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.takeover.source.SourcePayment;
import org.sessionpro.protocol.ByteString;

/// Rows that are one payment (`import-python.md` §5, `DUPLICATE_PAYMENT`): those of one owner, or none,
/// become one; those of several are left out.
///
/// @param <P> rows of one generation
final class Namesakes<P extends SourcePayment> {
  private final Map<ByteString, List<P>> owned = new HashMap<>();
  private final Map<Long, P> unowned = new HashMap<>();
  private final Set<Long> concerned = new HashSet<>();
  private final Set<Long> contested = new HashSet<>();
  private final BiFunction<List<P>, Optional<ByteString>, P> merging;

  /// @param rows of which there is another one under the same name, in the order of their numbers
  /// @param naming the identity of a row; empty if it can only be put aside
  /// @param merging makes one of several, of that owner
  Namesakes(
      List<P> rows,
      Function<P, Optional<PaymentKey>> naming,
      BiFunction<List<P>, Optional<ByteString>, P> merging) {
    this.merging = merging;
    Map<PaymentKey, List<P>> groups = new LinkedHashMap<>();
    for (P row : rows) {
      naming
          .apply(row)
          .ifPresent(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row));
    }
    groups.values().stream().filter(group -> group.size() > 1).forEach(this::join);
  }

  private void join(List<P> group) {
    group.forEach(row -> concerned.add(row.id()));
    List<ByteString> owners =
        group.stream().map(SourcePayment::owner).filter(Objects::nonNull).distinct().toList();
    if (owners.size() > 1) {
      group.forEach(row -> contested.add(row.id()));
      return;
    }
    Optional<ByteString> owner = owners.stream().findFirst();
    P merged = merging.apply(group, owner);
    if (owner.isEmpty()) {
      unowned.put(merged.id(), merged);
    } else {
      owned.computeIfAbsent(owner.get(), _ -> new ArrayList<>()).add(merged);
    }
  }

  /// Whether a row is one of several of one payment.
  boolean concern(P row) {
    return concerned.contains(row.id());
  }

  /// Whether the rows of this one's payment have several owners.
  boolean contest(P row) {
    return contested.contains(row.id());
  }

  /// The payments of an owner that several rows became.
  List<P> ownedBy(ByteString owner) {
    return owned.getOrDefault(owner, List.of());
  }

  /// The payment of nobody that a row became with others; null if another of them stands for it.
  @Nullable P unowned(P row) {
    return unowned.get(row.id());
  }
}
