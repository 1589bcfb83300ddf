package org.sessionpro.backend.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.RowCondition;
import org.sessionpro.simulator.script.Scene;

/// One payment compared with what a script says about it.
///
/// @param known of its subscription
/// @param now the simulated time
record RowCheck(Payment payment, KnownSubscription known, Ledger ledger, Instant now) {
  /// A credit may be running out meanwhile.
  private static final Duration NEARLY = Duration.ofMinutes(1);

  /// How long a notification is under way on a busy machine.
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  private static final int ALL = 10_000;

  /// What is wrong; empty if nothing is.
  Optional<String> complaint(RowCondition condition, CycleRef cycle, Scene scene) {
    Payment.Terms terms = payment.terms();
    return switch (condition) {
      case RowCondition.Sold(var plan) ->
          differs("plan", plan, payment.witnessed().product().plan());
      case RowCondition.Purchased(var at) ->
          at instanceof InstantValue.Present
              ? Optional.empty()
              : purchased(scene.expected(at, cycle), payment.witnessed().purchasedAt());
      case RowCondition.Expiry(var at) -> differs("expiry", at, terms.expiry(), cycle, scene);
      case RowCondition.Grace(var length) -> differs("grace", length, terms.grace());
      case RowCondition.Renewing(boolean flag) -> differs("renewing", flag, payment.isRenewing());
      case RowCondition.Owner(var buyer) ->
          differs("owner", buyer == null ? null : scene.buyer(buyer).key(), owner());
      case RowCondition.Claimed(var how) ->
          differs(
              "claimed", how.name(), payment.owner() == null ? "" : payment.owner().how().name());
      case RowCondition.RevokedAt(var at) ->
          differs(
              "revoked",
              at,
              Optional.ofNullable(payment.revocation()).map(Revocation::at).orElse(null),
              cycle,
              scene);
      case RowCondition.RevokedFor(var reason) ->
          differs(
              "reason",
              reason.name(),
              Optional.ofNullable(payment.revocation()).map(it -> it.reason().name()).orElse(""));
      case RowCondition.VoidedAt(var at) ->
          differs("voided", at, payment.losses().voidedAt(), cycle, scene);
      case RowCondition.RefundDeadline(var at) ->
          differs("refundable", at, payment.witnessed().refundDeadline(), cycle, scene);
      case RowCondition.AcknowledgementOwed(boolean owed) ->
          differs(
              "acknowledgement owed",
              owed,
              payment.requests().acknowledgement() == Acknowledgement.OWED);
      case RowCondition.Hidden(boolean flag) -> differs("hidden", flag, payment.hidden());
      case RowCondition.Credit(Duration remaining) -> credit(remaining);
      case RowCondition.Test(boolean flag) -> differs("test", flag, known.state().test());
    };
  }

  /// A sweep may read a charge while its notification, which has the exact instant, is on its way.
  private static Optional<String> purchased(@Nullable Instant expected, Instant found) {
    boolean justAfter =
        expected != null
            && !found.isBefore(expected)
            && Duration.between(expected, found).compareTo(UNDER_WAY) < 0;
    return justAfter ? Optional.empty() : differs("purchased", expected, found);
  }

  private @Nullable MasterKey owner() {
    return Optional.ofNullable(payment.owner())
        .map(Payment.Owner::account)
        .map(this::key)
        .orElse(null);
  }

  private @Nullable MasterKey key(AccountId account) {
    return known.owners().get(account);
  }

  private Optional<String> credit(Duration expected) {
    MasterKey owner = owner();
    Payment standing =
        owner == null
            ? payment
            : ledger.page(owner, null, ALL, now).orElseThrow().payments().stream()
                .map(one -> one.payment())
                .filter(one -> one.key().equals(payment.key()))
                .findFirst()
                .orElse(payment);
    Payment.Credit credit = standing.credit();
    Duration found = credit == null ? Duration.ZERO : credit.remaining();
    return found.minus(expected).abs().compareTo(NEARLY) <= 0
        ? Optional.empty()
        : Optional.of("credit is " + found + " and not " + expected);
  }

  private static Optional<String> differs(
      String what, InstantValue expected, @Nullable Instant found, CycleRef cycle, Scene scene) {
    if (expected instanceof InstantValue.Present) {
      return found == null ? Optional.of(what + " is not there") : Optional.empty();
    }
    return differs(what, scene.expected(expected, cycle), found);
  }

  static Optional<String> differs(String what, @Nullable Object expected, @Nullable Object found) {
    return Objects.equals(expected, found)
        ? Optional.empty()
        : Optional.of(what + " is " + found + " and not " + expected);
  }
}
