package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.takeover.source.V1Payment;
import org.sessionpro.protocol.ByteString;

/// Makes one row of summer 2026 out of several of one payment.
final class V1Merge {
  private V1Merge() {}

  static V1Payment of(List<V1Payment> group, Optional<ByteString> owner) {
    V1Payment first = group.getFirst();
    V1Payment last = group.getLast();
    return new V1Payment(
        first.id(),
        owner.orElse(null),
        first.provider(),
        last.plan(),
        new V1Payment.Times(
            first.times().purchased(),
            earliest(group, V1Payment.Times::redeemed),
            last.times().expiry(),
            last.times().refundDeadline(),
            earliest(group, V1Payment.Times::revoked)),
        last.terms(),
        details(group));
  }

  /// Every restore on another device makes another transaction of the same cycle, and a row of its own.
  private static V1Payment.Details details(List<V1Payment> group) {
    V1Payment.Details first = group.getFirst().details();
    V1Payment.Apple apple = first.apple();
    if (apple == null) {
      return first;
    }
    List<String> others =
        group.stream()
            .map(row -> row.details().apple())
            .filter(Objects::nonNull)
            .map(V1Payment.Apple::transaction)
            .filter(transaction -> !transaction.equals(apple.transaction()))
            .distinct()
            .toList();
    return new V1Payment.Details(first.google(), apple.and(others), first.voucher());
  }

  private static @Nullable Instant earliest(
      List<V1Payment> group, Function<V1Payment.Times, @Nullable Instant> which) {
    return group.stream()
        .map(V1Payment::times)
        .map(which)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }
}
