package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.FallRule.Decision;

/// What one transaction did to the payments of an account (`decisions-stores.md` §2.1).
///
/// @param before as they were
/// @param after as they are; may hold payments that were bound in between
/// @param now our clock
public record Change(
    Collection<RegisteredPayment> before, Collection<RegisteredPayment> after, Instant now) {

  /// Whether the proofs in circulation must be revoked.
  public Decision fall(Settlement settlement) {
    Instant prior = settlement.coverageEnd(judgedBefore(), now);
    if (prior == null) {
      return Decision.NOT_REDUCED;
    }
    return FallRule.judge(prior, settlement.coverageEnd(after, now), cause());
  }

  /// Whether this gives an account whose generation is revoked a new one: something was bound, or
  /// what stands covers beyond the reversal of a loss (`entitlement.md` §7.3), or beyond now.
  public boolean renewsGeneration(Settlement settlement) {
    Map<PaymentId, RegisteredPayment> old = byId(before);
    if (after.stream().anyMatch(p -> !old.containsKey(p.id()))) {
      return true;
    }
    Instant reversal =
        before.stream()
            .filter(p -> !p.payment().isStanding())
            .flatMap(p -> reversalOf(p).stream())
            .max(Instant::compareTo)
            .orElse(now);
    Instant usable = settlement.usableCoverageEnd(after, now);
    return usable != null && usable.isAfter(reversal);
  }

  private Optional<Instant> reversalOf(RegisteredPayment revoked) {
    return after.stream()
        .filter(p -> p.id().equals(revoked.id()) && p.payment().isStanding())
        .flatMap(p -> Stream.ofNullable(p.payment().losses().reinstatedAt()))
        .findFirst();
  }

  /// The rows as before, with the new flag and grace of each that was not revoked now: so a plain
  /// cancellation is no fall, and paid time that is taken back always is one.
  private List<RegisteredPayment> judgedBefore() {
    Map<PaymentId, RegisteredPayment> present = byId(after);
    return before.stream()
        .map(old -> {
          RegisteredPayment current = present.getOrDefault(old.id(), old);
          return isRevokedNow(old, current) ? old : old.withRenewalOf(current);
        })
        .toList();
  }

  /// The latest cause, but not before now.
  private Instant cause() {
    Map<PaymentId, RegisteredPayment> old = byId(before);
    return after.stream()
        .filter(p -> isRevokedNow(old.get(p.id()), p))
        .map(p -> Objects.requireNonNull(p.payment().revocation()).at())
        .filter(at -> at.isAfter(now))
        .max(Instant::compareTo)
        .orElse(now);
  }

  private static boolean isRevokedNow(@Nullable RegisteredPayment old, RegisteredPayment current) {
    return !current.payment().isStanding() && (old == null || old.payment().isStanding());
  }

  private static Map<PaymentId, RegisteredPayment> byId(Collection<RegisteredPayment> payments) {
    return payments.stream().collect(Collectors.toMap(RegisteredPayment::id, Function.identity()));
  }
}
