package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.CreditSchedule.Consumed;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;

/// The payments of an account as they stand at an instant: credits charged up to then, and folded
/// (`entitlement.md` §6.2, §10). Arithmetic only; whoever has it decides what follows.
///
/// @param at the instant
/// @param payments as they stand
/// @param charges one for each credit whose rest changed, or the instant at which it ran out
/// @param checkpoint as `at`; null if no live credit is left
public record Reckoning(
    Instant at,
    List<RegisteredPayment> payments,
    Map<PaymentId, CreditCharged> charges,
    Folded folded,
    @Nullable Instant checkpoint) {

  /// Reckons at an instant.
  ///
  /// @param stored what is bound to the account, as it was stored
  /// @param since up to when credits were charged so far; null if there was no live credit
  static Reckoning of(
      Collection<RegisteredPayment> stored,
      @Nullable Instant since,
      Instant at,
      RenewalAllowance allowance) {
    Map<PaymentId, Consumed> consumed = CreditSchedule.consumedBy(at, stored, allowance);
    Map<PaymentId, CreditCharged> charges = new LinkedHashMap<>();
    List<RegisteredPayment> payments = new ArrayList<>();
    for (RegisteredPayment one : stored) {
      CreditCharged charge = charge(one, consumed.get(one.id()), since == null ? at : since, at);
      if (charge != null) {
        charges.put(one.id(), charge);
      }
      payments.add(charge == null ? one : one.apply(charge));
    }
    boolean live =
        payments.stream().anyMatch(p -> p.payment().isLiveCredit() && p.payment().isStanding());
    Instant checkpoint = live ? at : null;
    Folded folded = EntitlementFold.fold(payments, checkpoint, allowance);
    return new Reckoning(at, payments, charges, folded, checkpoint);
  }

  private static @Nullable CreditCharged charge(
      RegisteredPayment one, @Nullable Consumed used, Instant from, Instant until) {
    Payment.Credit credit = one.payment().credit();
    if (used == null || credit == null) {
      return null;
    }
    Duration due = used.amount().minus(credit.granted().minus(credit.remaining()));
    boolean same = due.isZero() && Objects.equals(used.spentAt(), one.payment().terms().expiry());
    return same ? null : new CreditCharged(from, until, due, used.spentAt());
  }

  /// The stored account as it stands at the instant. Generation and offset stay: time alone neither
  /// issues nor draws. What ended stays ended when it was.
  public Account account(Account stored) {
    Instant ended = stored.entitlement().expiry();
    Entitlement entitlement = entitlementOr(ended.isBefore(at) ? ended : at);
    return stored.with(entitlement, folded.carrier(), checkpoint);
  }

  /// What the payments entitle to.
  ///
  /// @param end where it ended if they entitle to nothing
  Entitlement entitlementOr(Instant end) {
    Entitlement best = folded.best();
    return best == null ? new Entitlement(end, null, false) : best;
  }
}
