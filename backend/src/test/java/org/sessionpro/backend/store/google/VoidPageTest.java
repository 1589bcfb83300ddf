package org.sessionpro.backend.store.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.store.google.PlayApi.VoidEntry;

class VoidPageTest {
  private static final String SOUND =
      "{'purchaseToken':'token','orderId':'order','voidedTimeMillis':'1750000000000'}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'purchaseToken':'t','orderId':'o','voidedTimeMillis':'999999999999999999'}",
        "{'purchaseToken':'t','orderId':'o','voidedTimeMillis':'-1'}",
        "{'purchaseToken':'t','orderId':'o'}",
        "{'purchaseToken':'','orderId':'o','voidedTimeMillis':'1'}",
        "{'purchaseToken':'LONG','orderId':'o','voidedTimeMillis':'1'}",
        "{'purchaseToken':'t','orderId':'LONG','voidedTimeMillis':'1'}"
      })
  void anEntryThatCannotBeKeptKeepsNobodyFromTheOthers(String odd) {
    String body =
        "{'voidedPurchases':[" + odd.replace("LONG", "x".repeat(3_000)) + "," + SOUND + "]}";

    assertThat(GooglePlayApi.voidPage(body.replace('\'', '"').getBytes(UTF_8)).entries())
        .extracting(VoidEntry::token)
        .extracting("value")
        .containsExactly("token");
  }
}
