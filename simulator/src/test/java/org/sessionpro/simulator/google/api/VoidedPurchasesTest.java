package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.simulator.google.ServedGoogle.T;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.CREDIT;
import static org.sessionpro.simulator.google.catalogue.SessionCatalogue.ONE_MONTH;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.GoogleClient;
import org.sessionpro.simulator.google.ServedGoogle;
import org.sessionpro.simulator.google.play.OneTimeOrder;
import org.sessionpro.simulator.google.play.OneTimePurchase.Basket;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.Voiding.Cause;

class VoidedPurchasesTest {
  private final ServedGoogle google = new ServedGoogle();
  private final GoogleClient client = google.client;

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void theListHasPages() throws IOException {
    for (int i = 0; i < 3; i++) {
      google.store().revoke(google.subscriber(ONE_MONTH), Cause.CHARGEBACK);
    }
    List<JsonNode> found = new ArrayList<>();
    String page = "";
    do {
      JsonNode list = client.play("purchases/voidedpurchases?type=1&maxResults=2" + page).json();
      list.get("voidedPurchases").forEach(found::add);
      page =
          list.has("tokenPagination")
              ? "&token=" + list.at("/tokenPagination/nextPageToken").asText()
              : "";
    } while (!page.isEmpty());

    assertThat(found).hasSize(3);
    assertThat(found.getFirst().get("voidedReason").asInt()).isEqualTo(7);
    assertThat(found.getFirst().get("voidedTimeMillis").asText())
        .isEqualTo(Long.toString(T.toEpochMilli()));
  }

  @Test
  void theListHoldsSubscriptionsOnRequestOnly() throws IOException {
    google.store().revoke(google.subscriber(ONE_MONTH), Cause.DEVELOPER);

    assertThat(client.play("purchases/voidedpurchases").json().isEmpty()).isTrue();
  }

  @Test
  void theListHoldsPartsOnRequestOnly() throws IOException {
    PurchaseToken three =
        google
            .store()
            .buyOnce(
                new OneTimeOrder(
                    new PlayAccount("buyer"), new Basket(CREDIT, 3), null, false, false))
            .token();
    google.store().takeBack(three, 1, Cause.REMORSE);

    assertThat(client.play("purchases/voidedpurchases?type=1").json().isEmpty()).isTrue();
    assertThat(
            client
                .play("purchases/voidedpurchases?type=1&includeQuantityBasedPartialRefund=true")
                .json()
                .at("/voidedPurchases/0/voidedQuantity")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void theListReachesBackThirtyDays() throws IOException {
    google.store().revoke(google.subscriber(ONE_MONTH), Cause.DEVELOPER);
    google.pass(Duration.ofDays(31));

    assertThat(client.play("purchases/voidedpurchases?type=1").json().isEmpty()).isTrue();
    assertThat(
            client.play("purchases/voidedpurchases?type=1&startTime=" + T.toEpochMilli()).status())
        .isEqualTo(400);
  }
}
