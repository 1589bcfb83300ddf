package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

class PaymentTxTest {
  @ParameterizedTest
  @CsvSource({
    "token, DEV.1, true",
    "DEV.1, GPA.1, false",
    "token, dev.1, false",
    "token, DEV., true",
    "token, ' DEV.1', false"
  })
  void onlyTheOrderIdMakesAGooglePaymentADevelopmentOne(
      String token, String order, boolean development) {
    PaymentTx.Google payment = new PaymentTx.Google(new PurchaseToken(token), new OrderId(order));
    assertThat(payment.isDevelopment()).isEqualTo(development);
  }

  @ParameterizedTest
  @CsvSource({"DEV.1, true", "2000000900000001, false", "dev.1, false"})
  void transactionIdMakesAnApplePaymentADevelopmentOne(String id, boolean development) {
    assertThat(new PaymentTx.Apple(new TransactionId(id)).isDevelopment()).isEqualTo(development);
  }

  @Test
  void differentPaymentsMaySignTheSameBytes() {
    PaymentTx.Google first = new PaymentTx.Google(new PurchaseToken("ab"), new OrderId("c"));
    PaymentTx.Google second = new PaymentTx.Google(new PurchaseToken("a"), new OrderId("bc"));
    assertThat(first.signedId()).isEqualTo(second.signedId());
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void requestsPrintNoIdentifiers() {
    PaymentTx.Google payment =
        new PaymentTx.Google(new PurchaseToken("tok-secret"), new OrderId("GPA.secret"));
    String printed = Samples.add(payment).toString() + Samples.refund(payment);
    assertThat(printed)
        .doesNotContain("secret")
        .doesNotContain(Samples.MASTER.publicKey().hex())
        .doesNotContain(Samples.add(payment).masterSignature().hex());
    assertThat(new TransactionId("secret").toString()).doesNotContain("secret");
  }

  @Test
  void storeIdsHaveAUtf8Form() {
    assertThat(new OrderId("\ud83d\ude00").utf8().hex()).isEqualTo("f09f9880");
    assertThatIllegalArgumentException().isThrownBy(() -> new OrderId("\ud83d"));
    assertThatIllegalArgumentException().isThrownBy(() -> new PurchaseToken("\ude00"));
    assertThatIllegalArgumentException().isThrownBy(() -> new TransactionId("\ude00\ud83d"));
  }
}
