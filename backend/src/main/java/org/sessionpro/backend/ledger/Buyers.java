package org.sessionpro.backend.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.BindingStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.protocol.PaymentProvider;

/// Looks for the accounts that the App Store names as buyers: what they bought is theirs at once
/// (`decisions-stores.md` §2.2, foreign token).
final class Buyers {
  private final Handle handle;
  private final PaymentTable payments;
  private final AccountTable accounts;

  Buyers(Handle handle, PaymentTable payments, AccountTable accounts) {
    this.handle = handle;
    this.payments = payments;
    this.accounts = accounts;
  }

  /// The accounts that the statements, or what waits of their subscriptions, name.
  Set<AccountId> of(List<Statement> statements) {
    List<Statement> apple =
        statements.stream()
            .filter(one -> one.key().provider() == PaymentProvider.APP_STORE)
            .toList();
    Set<Binding> tokens = new HashSet<>();
    apple.stream().flatMap(one -> one.facts().stream()).flatMap(Buyers::token).forEach(tokens::add);
    apple.stream()
        .map(one -> one.key().subscriptionKey())
        .distinct()
        .flatMap(one -> payments.ofSubscription(handle, one).stream())
        .map(PaymentRow::payment)
        .filter(Payment::isUnclaimed)
        .flatMap(one -> Stream.ofNullable(one.witnessed().binding()))
        .forEach(tokens::add);
    return tokens.stream()
        .flatMap(token -> accounts.ofAppleToken(handle, token).stream())
        .collect(Collectors.toSet());
  }

  private static Stream<Binding> token(PaymentFact fact) {
    if (fact instanceof Witnessed witnessed) {
      return Stream.ofNullable(witnessed.binding());
    }
    return fact instanceof BindingStated stated ? Stream.of(stated.binding()) : Stream.empty();
  }
}
