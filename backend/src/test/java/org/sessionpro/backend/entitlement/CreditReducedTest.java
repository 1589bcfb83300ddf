package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.PaymentFact.CreditCharged;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.CreditReduced;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// A store that takes back some of what was bought at once (`decisions-stores.md` §2.1).
class CreditReducedTest {
  private static final Payment BOUGHT =
      Payment.of(
              PaymentKey.google(new PurchaseToken("token"), new OrderId("order")),
              Payments.witnessed(T))
          .apply(new CreditOpened(days(90), T));

  private static Duration days(long count) {
    return Duration.ofDays(count);
  }

  private static Payment afterTenDays() {
    return BOUGHT.apply(new CreditCharged(T, day(10), days(10), null));
  }

  @Test
  void lessIsLeftOfAReducedCredit() {
    assertThat(afterTenDays().apply(new CreditReduced(days(60), day(10))).credit())
        .isEqualTo(new Payment.Credit(days(60), days(50)));
  }

  @Test
  void theLeastGrantCountsInAnyOrder() {
    CreditReduced first = new CreditReduced(days(60), day(3));
    CreditReduced second = new CreditReduced(days(30), day(5));

    assertThat(BOUGHT.apply(first).apply(second)).isEqualTo(BOUGHT.apply(second).apply(first));
    assertThat(BOUGHT.apply(first).apply(second).credit())
        .isEqualTo(new Payment.Credit(days(30), days(30)));
  }

  @Test
  void whatWasConsumedStaysConsumed() {
    Payment consumed = BOUGHT.apply(new CreditCharged(T, day(70), days(70), null));

    Payment reduced = consumed.apply(new CreditReduced(days(30), day(70)));

    assertThat(reduced.credit()).isEqualTo(new Payment.Credit(days(70), Duration.ZERO));
    assertThat(reduced.terms().expiry()).isEqualTo(day(70));
    assertThat(reduced.isLiveCredit()).isFalse();
  }

  @Test
  void aSpentCreditKeepsItsEnd() {
    Payment spent = BOUGHT.apply(new CreditCharged(T, day(95), days(90), day(90)));

    assertThat(spent.apply(new CreditReduced(days(30), day(95)))).isEqualTo(spent);
  }

  @Test
  void takingBackEverythingIsNoReduction() {
    assertThatThrownBy(() -> new CreditReduced(Duration.ZERO, T))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTermIsNotReduced() {
    Payment term = Payments.cycle(1, "S", T, day(30), true).payment();

    assertThat(term.apply(new CreditReduced(days(1), T))).isEqualTo(term);
  }
}
