package org.sessionpro.backend.takeover;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.ByteString;

/// Makes one row of March 2026 out of several of one payment.
final class V0Merge {
  private V0Merge() {}

  static V0Payment of(List<V0Payment> group, Optional<ByteString> owner) {
    V0Payment first = group.getFirst();
    V0Payment last = group.getLast();
    boolean revoked = group.stream().anyMatch(V0Payment::isRevoked);
    long standing = owner.map(one -> ofOwner(group, one)).orElseGet(() -> ofNobody(group));
    long status = revoked ? V0Payment.REVOKED : standing;
    return first
        .ownedBy(owner.orElse(null))
        .with(first.ids().and(others(group)))
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

  /// The old service bound the one that was unredeemed, if there was any.
  private static long ofNobody(List<V0Payment> group) {
    return group.stream().mapToLong(row -> row.codes().status()).min().orElseThrow();
  }

  /// The old service served an owner by the owner's own rows: their payment has ended only if all of
  /// them have. Those with an earlier end than the last one, whose terms count, do not tell of it.
  private static long ofOwner(List<V0Payment> group, ByteString owner) {
    V0Payment last = group.getLast();
    return group.stream()
        .filter(row -> Objects.equals(owner, row.owner()))
        .filter(row -> row.times().expiry() >= last.times().expiry())
        .mapToLong(row -> row.codes().status())
        .filter(status -> status >= V0Payment.REDEEMED)
        .min()
        .orElse(Math.max(last.codes().status(), V0Payment.REDEEMED));
  }

  /// Every restore on another device makes another transaction of the same cycle, and a row of its own.
  private static List<String> others(List<V0Payment> group) {
    return group.stream()
        .filter(row -> row.isOf(V0Payment.APPLE))
        .map(row -> row.ids().appleTransaction())
        .filter(transaction -> !transaction.equals(group.getFirst().ids().appleTransaction()))
        .distinct()
        .toList();
  }

  private static long earliest(List<Long> instants) {
    return instants.stream().filter(instant -> instant != 0).min(Long::compare).orElse(0L);
  }
}
