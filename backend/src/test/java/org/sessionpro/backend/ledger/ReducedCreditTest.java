package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.DAY;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// A credit that shrinks after part of it was used.
class ReducedCreditTest {
  private static final PaymentKey CREDIT =
      PaymentKey.google(new PurchaseToken("token"), new OrderId("order"));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void whatWasUsedBeforeDoesNotFallOnTheNextCredit(Engine engine) {
    try (LedgerFixture it = new LedgerFixture(engine, folder)) {
      it.record(
          Statement.of(
              CREDIT,
              new Witnessed(
                  Product.of(new Plan("30d")),
                  T,
                  rawKey(ALICE),
                  true,
                  T.plus(Duration.ofDays(2)),
                  Source.STORE,
                  null),
              new CreditOpened(DAY.multipliedBy(60), T)),
          T);
      assertThat(it.ledger.visit(ALICE, T, T).bind()).isTrue();
      it.voucher(ALICE, 30, T);

      it.record(Statement.of(CREDIT, new CreditReduced(DAY.multipliedBy(30), day(45))), day(45));

      assertThat(credits(it))
          .containsExactlyInAnyOrder(
              new Payment.Credit(DAY.multipliedBy(45), Duration.ZERO),
              new Payment.Credit(DAY.multipliedBy(30), DAY.multipliedBy(30)));
    }
  }

  private static List<Payment.Credit> credits(LedgerFixture it) {
    return it.ledger.page(ALICE, null, 10, day(45)).orElseThrow().payments().stream()
        .flatMap(one -> Stream.ofNullable(one.payment().credit()))
        .toList();
  }
}
