package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.ByteString;

/// Rows that are one payment (`import-python.md` §5, `DUPLICATE_PAYMENT`): those of one owner, or none,
/// become one; those of several are left out.
final class Namesakes {
  private final Map<ByteString, List<V0Payment>> owned = new HashMap<>();
  private final Map<Long, V0Payment> unowned = new HashMap<>();
  private final Set<Long> concerned = new HashSet<>();
  private final Set<Long> contested = new HashSet<>();

  /// @param rows of which there is another one under the same name, in the order of their numbers
  Namesakes(List<V0Payment> rows) {
    Map<PaymentKey, List<V0Payment>> groups = new LinkedHashMap<>();
    for (V0Payment row : rows) {
      if (RowRepair.isUsable(row)) {
        StoreNames.key(row)
            .ifPresent(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row));
      }
    }
    groups.values().stream().filter(group -> group.size() > 1).forEach(this::join);
  }

  private void join(List<V0Payment> group) {
    group.forEach(row -> concerned.add(row.id()));
    List<ByteString> owners =
        group.stream().map(V0Payment::owner).filter(Objects::nonNull).distinct().toList();
    if (owners.size() > 1) {
      group.forEach(row -> contested.add(row.id()));
      return;
    }
    ByteString owner = owners.isEmpty() ? null : owners.getFirst();
    V0Payment merged = merge(group, owner);
    if (owner == null) {
      unowned.put(merged.id(), merged);
    } else {
      owned.computeIfAbsent(owner, _ -> new ArrayList<>()).add(merged);
    }
  }

  private static V0Payment merge(List<V0Payment> group, @Nullable ByteString owner) {
    V0Payment first = group.getFirst();
    V0Payment last = group.getLast();
    boolean revoked = group.stream().anyMatch(V0Payment::isRevoked);
    long status =
        revoked ? V0Payment.REVOKED : owner != null ? V0Payment.REDEEMED : V0Payment.UNREDEEMED;
    return first
        .ownedBy(owner)
        .with(new V0Payment.Codes(status, last.codes().plan(), first.codes().provider()))
        .with(last.renewal())
        .with(
            new V0Payment.Times(
                first.times().unredeemed(),
                earliest(group.stream().map(row -> row.times().redeemed()).toList()),
                last.times().expiry(),
                last.times().refundDeadline(),
                revoked ? earliest(group.stream().map(row -> row.times().revoked()).toList()) : 0,
                last.times().refundRequested()));
  }

  private static long earliest(List<Long> instants) {
    return instants.stream().filter(instant -> instant != 0).min(Long::compare).orElse(0L);
  }

  /// Whether a row is one of several of one payment.
  boolean concern(V0Payment row) {
    return concerned.contains(row.id());
  }

  /// Whether the rows of this one's payment have several owners.
  boolean contest(V0Payment row) {
    return contested.contains(row.id());
  }

  /// The payments of an owner that several rows became.
  List<V0Payment> ownedBy(ByteString owner) {
    return owned.getOrDefault(owner, List.of());
  }

  /// The payment of nobody that a row became with others; null if another of them stands for it.
  @Nullable V0Payment unowned(V0Payment row) {
    return unowned.get(row.id());
  }

  /// How many rows are one with another.
  int merged() {
    int payments = unowned.size();
    for (List<V0Payment> some : owned.values()) {
      payments += some.size();
    }
    return concerned.size() - contested.size() - payments;
  }
}
