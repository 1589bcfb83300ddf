package org.sessionpro.backend.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.ledger.Found;
import org.sessionpro.backend.ledger.Sought;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// Counts what is recorded of a purchase.
record FactCheck(Books books, Scene scene) {
  /// A fact as scripts name it.
  ///
  /// @param order what it names; null for the purchase as a whole
  /// @param reason the fact's own word; empty if it has none
  private record Told(String kind, @Nullable OrderId order, String reason, Instant at) {}

  Verdict check(ServerExpectation.Fact expected) {
    String purchase = scene.purchase(expected.purchase()).value();
    @Nullable OrderId order = expected.cycle() == null ? null : order(expected.cycle());
    List<Told> told =
        Stream.concat(
                books.known(scene.purchase(expected.purchase())).facts().entrySet().stream()
                    .filter(entry -> entry.getKey().value().equals(purchase))
                    .flatMap(entry -> entry.getValue().stream())
                    .map(FactCheck::told),
                ofPayments(purchase))
            .filter(one -> one.kind().equals(word(expected.kind().name())))
            .filter(one -> order == null || order.equals(one.order()))
            .toList();
    long found = told.stream().filter(one -> fits(one, expected)).count();
    return Verdict.of(expected.count().contains(found), "there are " + found + " of " + told);
  }

  private OrderId order(CycleRef cycle) {
    return switch (scene.cycle(cycle)) {
      case StoreCycle.OfGoogle google -> google.order();
      case StoreCycle.OfApple apple -> new OrderId(Books.key(apple).cycle());
    };
  }

  private boolean fits(Told one, ServerExpectation.Fact expected) {
    boolean reason = expected.reason() == null || expected.reason().equals(one.reason());
    InstantValue at = expected.at();
    return reason
        && (at == null
            || at instanceof InstantValue.Present
            || (at instanceof InstantValue.At(var moment)
                && scene.instant(moment).equals(one.at())));
  }

  private static Told told(SubscriptionFact fact) {
    return switch (fact) {
      case LossHeard heard ->
          new Told("LOSSHEARD", heard.order(), heard.loss().name(), heard.happenedAt());
      case SubscriptionFact.Linked linked -> new Told("LINKED", null, "", linked.happenedAt());
    };
  }

  private Stream<Told> ofPayments(String purchase) {
    List<PaymentHistory> histories =
        switch (books.find(Sought.of(purchase))) {
          case Found.OneAccount one -> one.history().payments();
          case Found.Unclaimed unclaimed -> unclaimed.payments();
          case Found.SeveralAccounts _, Found.Nothing _ -> List.of();
        };
    return histories.stream()
        .filter(one -> one.stored().payment().key().subscription().equals(purchase))
        .flatMap(one ->
            one.facts().stream()
                .map(fact -> told(new OrderId(one.stored().payment().key().cycle()), fact.fact())));
  }

  private static Told told(OrderId order, PaymentFact fact) {
    String reason = fact instanceof PaymentFact.Revoked revoked ? revoked.reason().name() : "";
    String kind = fact.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    return new Told(
        kind.equals("WITNESSED") ? "PAYMENTWITNESSED" : kind, order, reason, fact.happenedAt());
  }

  private static String word(String kind) {
    return kind.replace("_", "");
  }
}
