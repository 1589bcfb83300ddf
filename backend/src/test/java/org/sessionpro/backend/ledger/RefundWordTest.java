package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// What a payment keeps of what its owner says of a refund (`wire-v0.md` §5.5).
@ParameterizedClass
@EnumSource(Engine.class)
class RefundWordTest {
  private static final PaymentKey PAYMENT =
      PaymentKey.google(new PurchaseToken("A"), new OrderId("o"));
  private static final PaymentName NAME =
      new PaymentName.Google(new PurchaseToken("A"), new OrderId("o"));

  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
    it.record(it.cycle("A", "o", T, day(30), rawKey(ALICE)), T);
    it.ledger.visit(ALICE, T, T).bind();
  }

  @AfterEach
  void close() {
    it.close();
  }

  private boolean say(@Nullable Instant requested, Instant at) {
    return it.ledger.requestRefund(ALICE, NAME, requested, at, at);
  }

  private long kept() {
    List<PaymentFact> facts = it.database.read(handle -> FactTable.of(handle, payment().id()));
    return facts.stream().filter(RefundRequested.class::isInstance).count();
  }

  private @Nullable Instant flag() {
    return payment().payment().requests().refund().requestedAt();
  }

  private RegisteredPayment payment() {
    return it.page(ALICE, null, 1).orElseThrow().payments().getFirst();
  }

  /// As many different words as a payment keeps.
  private void fill() {
    it.record(
        Statement.of(
            PAYMENT,
            IntStream.range(0, RefundWord.MOST)
                .mapToObj(i -> new RefundRequested(day(1).plusSeconds(i), day(i % 2)))
                .toArray(PaymentFact[]::new)),
        day(2));
  }

  @Test
  void theSameWordIsKeptOnce() {
    say(day(1), day(1));

    assertThat(say(day(1), day(1))).isTrue();

    assertThat(kept()).isOne();
  }

  @Test
  void aRepeatedRequestOutlivesAnOlderWithdrawalThatIsHeardLater() {
    say(day(1), day(1));
    say(day(1), day(3));

    say(null, day(2));

    assertThat(flag()).isEqualTo(day(1));
  }

  @Test
  void thoseOfTheOwnerAreLimited() {
    fill();
    Instant last = flag();

    assertThat(say(day(9), day(9))).isTrue();

    assertThat(kept()).isEqualTo(RefundWord.MOST);
    assertThat(flag()).isEqualTo(last);
  }

  @Test
  void theStoreDeclinesHoweverMuchTheOwnerSaid() {
    fill();

    it.record(Statement.of(PAYMENT, new RefundRequested(day(9), null)), day(9));

    assertThat(flag()).isNull();
  }

  @Test
  void nobodyElseIsToldWhetherThereIsSuchAPayment() {
    fill();

    assertThat(it.ledger.requestRefund(BOB, NAME, day(9), day(9), day(9))).isFalse();
  }
}
