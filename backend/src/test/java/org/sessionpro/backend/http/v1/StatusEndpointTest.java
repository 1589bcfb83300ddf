package org.sessionpro.backend.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Purchase;

/// How v1 clients learn how an account stands (`wire-v1.md` §9, `entitlement.md` §12).
class StatusEndpointTest extends EndpointTest {

  @Test
  void aKeyThatNeverPaidIsNever() {
    Answer answer = v1.status(alice);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(
            Answer.json(
                """
                {
                  "user_status": "never",
                  "auto_renewing": false,
                  "expiry_ts": 0,
                  "grace_period_duration": 0,
                  "latest_payment": null
                }
                """));
  }

  @Test
  void theResultHoldsTheMembersOfTheContractAndNoOthers() {
    shop.voucher(alice, 30);

    Answer answer = v1.status(alice);

    assertOk(answer);
    assertThat(answer.result().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "user_status", "auto_renewing", "expiry_ts", "grace_period_duration", "latest_payment");
  }

  @Test
  void aVoucherIsActiveUpToTheSecondItEnds() {
    shop.voucher(alice, 30);

    assertThat(userStatusAt(T)).isEqualTo("active");
    assertThat(userStatusAt(day(30))).isEqualTo("active");
    assertThat(userStatusAt(day(30).plusSeconds(1))).isEqualTo("expired");
  }

  @Test
  void aRenewingTermIsActiveThroughGraceAndAllowance() {
    Duration grace = DAY.multipliedBy(16);
    shop.sell(alice, month(alice).withGrace(grace));
    Instant end = day(30).plus(grace).plus(HOUR);

    assertThat(userStatusAt(end)).isEqualTo("active");
    assertThat(userStatusAt(end.plusSeconds(1))).isEqualTo("expired");
  }

  @Test
  void expiryIsThePaidTermAndGraceIncludesTheAllowance() {
    shop.sell(alice, month(alice).withGrace(DAY.multipliedBy(16)));

    JsonNode result = v1.status(alice).result();

    assertThat(result.path("expiry_ts").longValue()).isEqualTo(day(30).getEpochSecond());
    assertThat(result.path("grace_period_duration").longValue()).isEqualTo(16 * 86_400 + 3_600);
    assertThat(result.path("auto_renewing").booleanValue()).isTrue();
  }

  @Test
  void aTermThatDoesNotRenewHasNoGrace() {
    shop.sell(alice, month(alice).withGrace(DAY.multipliedBy(16)).notRenewing());

    JsonNode result = v1.status(alice).result();

    assertThat(result.path("grace_period_duration").longValue()).isZero();
    assertThat(result.path("auto_renewing").booleanValue()).isFalse();
    assertThat(userStatusAt(day(30).plusSeconds(1))).isEqualTo("expired");
  }

  @Test
  void theTimeOfTheRequestDecidesNotThatOfTheServer() {
    shop.voucher(alice, 30);
    at(day(30).plusSeconds(30));

    assertThat(userStatus(v1.status(alice, day(30)))).isEqualTo("active");
    assertThat(userStatus(v1.status(alice, day(30).plusSeconds(1)))).isEqualTo("expired");
  }

  @Test
  void fractionsOfASecondAreFloored() {
    Instant until = day(30).plusMillis(750);
    shop.sell(
        alice,
        Purchase.google(alice.id("token"), alice.id("order"), T, until)
            .withGrace(Duration.ofMillis(1_500)));

    JsonNode result = v1.status(alice).result();

    assertThat(result.path("expiry_ts").longValue()).isEqualTo(day(30).getEpochSecond());
    assertThat(result.path("grace_period_duration").longValue()).isEqualTo(3_601);
  }

  @Test
  void anAccountWhoseGenerationIsRevokedIsExpired() {
    shop.sell(alice, month(alice));
    shop.refund(month(alice).key(), T.plusSeconds(10));

    assertThat(userStatus(v1.status(alice))).isEqualTo("expired");
  }

  @Test
  void anAccountThatGoesOnUnderANewTagIsActive() {
    shop.voucher(alice, 30);
    shop.revoke(alice);

    assertThat(userStatus(v1.status(alice))).isEqualTo("active");
  }

  @Test
  void theLatestPaymentIsTheNewestPurchaseNotTheLongest() {
    shop.voucher(alice, 365);
    at(day(1));
    String newest = shop.voucher(alice, 30).orderId().value();

    assertThat(latestPayment()).isEqualTo(newest);
  }

  @Test
  void theLatestPaymentIsTheNewestPurchaseNotTheLastRegistered() {
    Purchase newer = Purchase.google(alice.id("new"), "o", day(5), day(35));
    Purchase older = Purchase.google(alice.id("old"), "o", T, day(300));
    at(day(6));
    shop.sell(alice, newer);
    shop.sell(alice, older);

    assertThat(latestPayment()).isEqualTo(alice.id("new") + "|o");
  }

  @Test
  void ofPurchasesMadeTogetherTheLastRegisteredIsTheLatest() {
    shop.voucher(alice, 30);
    String last = shop.voucher(alice, 30).orderId().value();

    assertThat(latestPayment()).isEqualTo(last);
  }

  @Test
  void aPaymentThatStandsComesBeforeANewerRefundedOne() {
    String tx = alice.id("tx");
    shop.sell(alice, Purchase.apple(alice.id("original"), "line", tx, T, day(30)));
    at(day(6));
    Purchase refunded = Purchase.google(alice.id("token"), "o", day(5), day(35));
    shop.sell(alice, refunded);
    shop.refund(refunded.key(), day(6));

    assertThat(latestPayment()).isEqualTo(tx);
  }

  @Test
  void ofRefundedPaymentsTheNewestIsTheLatest() {
    Purchase older = month(alice);
    Purchase newer = Purchase.google(alice.id("new"), "o", day(5), day(35));
    at(day(6));
    shop.sell(alice, older, newer);
    shop.refund(older.key(), day(6));
    shop.refund(newer.key(), day(6));

    assertThat(latestPayment()).isEqualTo(alice.id("new") + "|o");
    assertThat(v1.status(alice).result().at("/latest_payment/status").textValue())
        .isEqualTo("revoked");
  }

  @Test
  void theLatestPaymentIsTheItemOfTheHistory() {
    shop.voucher(alice, 30);

    assertThat(v1.status(alice).result().path("latest_payment"))
        .isEqualTo(v1.payments(alice, 1).result().path("items").get(0));
  }

  @Test
  void aPaymentMayBeExpiredWhileTheAccountIsActive() {
    shop.sell(alice, month(alice));
    at(day(30));

    JsonNode result = v1.status(alice).result();

    assertThat(result.path("user_status").textValue()).isEqualTo("active");
    assertThat(result.at("/latest_payment/status").textValue()).isEqualTo("expired");
  }

  private String latestPayment() {
    return v1.status(alice).result().at("/latest_payment/payment_id").textValue();
  }

  private String userStatusAt(Instant instant) {
    at(instant);
    return userStatus(v1.status(alice));
  }

  private static String userStatus(Answer answer) {
    return answer.result().path("user_status").textValue();
  }
}
