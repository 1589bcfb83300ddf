package org.sessionpro.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaymentProviderTest {
  @Test
  void codesAreThoseOfTheContract() {
    assertThat(PaymentProvider.GOOGLE_PLAY.code()).isEqualTo("google_play");
    assertThat(PaymentProvider.APP_STORE.code()).isEqualTo("app_store");
    assertThat(PaymentProvider.STF.code()).isEqualTo("stf");
  }

  @Test
  void everyProviderIsFoundByItsCodeAndItsNumber() {
    for (PaymentProvider provider : PaymentProvider.values()) {
      assertThat(PaymentProvider.ofCode(provider.code())).contains(provider);
      assertThat(PaymentProvider.ofV0Number(provider.v0Number())).contains(provider);
    }
  }

  @Test
  void v0NumbersAreThoseOfTheContract() {
    assertThat(PaymentProvider.GOOGLE_PLAY.v0Number()).isEqualTo(1);
    assertThat(PaymentProvider.APP_STORE.v0Number()).isEqualTo(2);
    assertThat(PaymentProvider.STF.v0Number()).isEqualTo(3);
  }

  @Test
  void otherCodesAndNumbersAreNone() {
    assertThat(PaymentProvider.ofCode("Google_Play")).isEmpty();
    assertThat(PaymentProvider.ofV0Number(0)).isEmpty();
    assertThat(PaymentProvider.ofV0Number(4)).isEmpty();
    assertThat(PaymentProvider.ofV0Number(0x1_0000_0001L)).isEmpty();
  }
}
