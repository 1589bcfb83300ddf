package org.sessionpro.backend.store.development;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.TransactionId;

/// A payment that comes into being by being added, with an id that begins with `DEV.`
/// (`wire-v0.md` §7, `decisions.md` §6).
///
/// @param length how long it runs
/// @param renewing whether it claims to renew itself, though nothing ever will; then it has a grace
///     of 60 s
public record DevelopmentPayment(Plan plan, Duration length, boolean renewing) {
  private static final Duration GRACE = Duration.ofSeconds(60);

  /// What is to be recorded so that it runs from now and belongs to `owner`; empty if no payment
  /// can have that name.
  public Optional<Statement> statement(MasterKey owner, PaymentName name, Instant now) {
    if (!name.isPossible()) {
      return Optional.empty();
    }
    Instant at = Micros.floor(now);
    return Optional.of(
        new Statement(
            key(name),
            List.of(
                new Witnessed(
                    Product.of(plan), at, null, true, Instant.EPOCH, Source.DEV, transaction(name)),
                new TermsStated(
                    at.plus(length), renewing ? GRACE : Duration.ZERO, renewing, false, at, true)),
            new Statement.Claim(owner, at, ClaimedBy.DEV)));
  }

  private static PaymentKey key(PaymentName name) {
    return switch (name) {
      case PaymentName.Google(var token, var order) -> PaymentKey.google(token, order);
      case PaymentName.Apple(var transaction) ->
          PaymentKey.appleTransaction(transaction, transaction);
    };
  }

  private static @Nullable TransactionId transaction(PaymentName name) {
    return switch (name) {
      case PaymentName.Google _ -> null;
      case PaymentName.Apple(var transaction) -> transaction;
    };
  }
}
