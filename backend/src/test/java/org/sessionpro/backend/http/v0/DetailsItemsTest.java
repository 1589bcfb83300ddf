package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Purchase;
import org.sessionpro.protocol.TransactionId;

/// The payments that v0 clients see in the details of an account (`wire-v0.md` §5.4, `decisions.md`
/// §2).
class DetailsItemsTest extends EndpointTest {

  @Test
  void aGooglePurchaseShowsAllItsMembers() {
    at(T.plusSeconds(60));
    shop.sell(
        alice,
        Purchase.google(alice.id("token"), "GPA.1..2", T.plusNanos(250_999_000), day(90))
            .withPlan("3m")
            .withGrace(DAY.multipliedBy(3)));

    assertThat(items(10).getFirst())
        .isEqualTo(
            Answer.json(
                """
                {
                  "status": 2,
                  "plan": 2,
                  "payment_provider": 1,
                  "auto_renewing": true,
                  "unredeemed_unix_ts_ms": 1767225600250,
                  "redeemed_unix_ts_ms": 1767225660000,
                  "expiry_unix_ts_ms": 1775001600000,
                  "grace_period_duration_ms": 259200000,
                  "platform_refund_expiry_unix_ts_ms": 1767398400250,
                  "revoked_unix_ts_ms": 0,
                  "refund_requested_unix_ts_ms": 0,
                  "google_payment_token": "%s",
                  "google_order_id": "GPA.1..2"
                }
                """
                    .formatted(alice.id("token"))));
  }

  @Test
  void anApplePurchaseShowsAllItsMembers() {
    Purchase year =
        Purchase.apple(alice.id("original"), "line", alice.id("tx"), T, day(365))
            .withPlan("1y")
            .notRenewing();
    shop.sell(alice, year);
    shop.tell(year.key(), new RefundRequested(T, T.plusMillis(7)));

    assertThat(items(10).getFirst())
        .isEqualTo(
            Answer.json(
                """
                {
                  "status": 2,
                  "plan": 3,
                  "payment_provider": 2,
                  "auto_renewing": false,
                  "unredeemed_unix_ts_ms": 1767225600000,
                  "redeemed_unix_ts_ms": 1767225600000,
                  "expiry_unix_ts_ms": 1798761600000,
                  "grace_period_duration_ms": 0,
                  "platform_refund_expiry_unix_ts_ms": 1798761600000,
                  "revoked_unix_ts_ms": 0,
                  "refund_requested_unix_ts_ms": 1767225600007,
                  "apple_original_tx_id": "%s",
                  "apple_tx_id": "%s",
                  "apple_web_line_order_id": "line"
                }
                """
                    .formatted(alice.id("original"), alice.id("tx"))));
  }

  @Test
  void anIdThatTheStoreDidNotStateIsEmpty() {
    TransactionId original = new TransactionId(alice.id("original"));
    PaymentKey key = PaymentKey.appleTransaction(original, new TransactionId("tx"));
    Purchase month = month(alice);
    shop.sell(alice, new Purchase(key, month.witnessed(), month.terms()));

    JsonNode item = items(1).getFirst();

    assertThat(item.path("apple_web_line_order_id").textValue()).isEmpty();
    assertThat(item.path("apple_tx_id").textValue()).isEmpty();
  }

  @Test
  void stackedVouchersEndOneAfterTheOther() {
    shop.voucher(alice, 30);
    at(day(10));
    shop.voucher(alice, "3m", Duration.ofDays(90));
    shop.voucher(alice, "1y", Duration.ofDays(365));

    assertThat(ends()).containsExactly(day(485), day(120), day(30));
    assertThat(statuses()).containsExactly(2, 2, 2);
  }

  @Test
  void aVoucherBesideASubscriptionEndsWhereItWillHaveCarriedTheAccount() {
    shop.sell(alice, month(alice));
    shop.voucher(alice, "1y", Duration.ofDays(365));

    assertThat(ends()).containsExactly(day(395), day(30));
    assertThat(v0.details(alice, 1).result().path("expiry_unix_ts_ms").longValue())
        .isEqualTo(day(395).plus(HOUR).toEpochMilli());
  }

  @Test
  void aSpentVoucherEndsWhereItsLengthRanOut() {
    shop.voucher(alice, 30);
    at(day(100));
    shop.voucher(alice, 30);

    assertThat(ends()).containsExactly(day(130), day(30));
    assertThat(statuses()).containsExactly(2, 3);
  }

  @Test
  void aRevokedVoucherEndsWithItsRevocation() {
    PaymentKey voucher = PaymentKey.voucher(shop.voucher(alice, 30).orderId());
    shop.tell(voucher, new Revoked(day(3), RevokedFor.OPERATOR, false));

    assertThat(ends()).containsExactly(day(3));
    assertThat(statuses()).containsExactly(4);
  }

  @Test
  void aPaymentIsExpiredFromTheMillisecondItEnds() {
    shop.sell(alice, month(alice));

    at(day(30).minusMillis(1));
    assertThat(statuses()).containsExactly(2);
    at(day(30));
    assertThat(statuses()).containsExactly(3);
  }

  @Test
  void aRefundedPaymentIsRevokedAlsoWhenItsTermIsOver() {
    shop.sell(alice, month(alice));
    shop.refund(month(alice).key(), day(3).plusMillis(4));

    assertThat(statuses()).containsExactly(4);
    at(day(40));
    assertThat(statuses()).containsExactly(4);
    assertThat(items(1).getFirst().path("revoked_unix_ts_ms").longValue())
        .isEqualTo(day(3).toEpochMilli() + 4);
  }

  @Test
  void aSupersededPaymentIsRevoked() {
    shop.sell(alice, month(alice));
    shop.tell(month(alice).key(), new Revoked(day(3), RevokedFor.SUPERSEDED, false));

    assertThat(statuses()).containsExactly(4);
  }

  @Test
  void anItemKeepsTheGraceOfATermThatDoesNotRenew() {
    shop.sell(alice, month(alice).withGrace(DAY).notRenewing());

    assertThat(items(1).getFirst().path("grace_period_duration_ms").longValue())
        .isEqualTo(86_400_000);
  }

  @Test
  void anItemsGraceIsWithoutTheAllowance() {
    shop.sell(alice, month(alice));

    assertThat(items(1).getFirst().path("grace_period_duration_ms").longValue()).isZero();
  }

  @Test
  void theNewestPurchaseComesFirstAndOfEqualsTheLastRegistered() {
    at(day(6));
    shop.sell(alice, Purchase.google(alice.id("a"), "middle", day(2), day(32)));
    shop.sell(alice, Purchase.google(alice.id("b"), "newest", day(5), day(35)));
    shop.sell(alice, Purchase.google(alice.id("c"), "oldest", T, day(30)));
    shop.sell(alice, Purchase.google(alice.id("d"), "middle again", day(2), day(32)));

    assertThat(items(10))
        .extracting(item -> item.path("google_order_id").textValue())
        .containsExactly("newest", "middle again", "middle", "oldest");
  }

  @Test
  void aCountOfZeroShowsNoneButCountsAll() {
    shop.voucher(alice, 30);
    shop.voucher(alice, 30);

    JsonNode result = v0.details(alice, 0).result();

    assertThat(result.path("items").isArray()).isTrue();
    assertThat(result.path("items")).isEmpty();
    assertThat(result.path("payments_total").longValue()).isEqualTo(2);
    assertThat(result.path("status").intValue()).isEqualTo(1);
  }

  @Test
  void aSmallCountShowsTheNewest() {
    shop.voucher(alice, 30);
    at(day(1));
    String newest = shop.voucher(alice, 30).orderId().value();

    JsonNode result = v0.details(alice, 1).result();

    assertThat(result.path("items")).hasSize(1);
    assertThat(result.at("/items/0/rangeproof_order_id").textValue()).isEqualTo(newest);
    assertThat(result.path("payments_total").longValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 10_001, 0xFFFF_FFFFL})
  void aCountAboveTheNumberOfPaymentsShowsAll(long count) {
    shop.voucher(alice, 30);
    shop.voucher(alice, 30);

    assertThat(items(count)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1m, 365, 1",
    "3m, 30, 2",
    "1y, 30, 3",
    "12m, 30, 3",
    "lifetime, 30, 3",
    "45d, 45, 1",
    "46d, 46, 2",
    "180d, 180, 2",
    "181d, 181, 3",
    "2w, 14, 1"
  })
  void everyPlanIsOneOfThreeNumbers(String code, int days, int number) {
    shop.sell(alice, Purchase.google(alice.id("token"), "o", T, day(days)).withPlan(code));

    assertThat(items(1).getFirst().path("plan").intValue()).isEqualTo(number);
  }

  @Test
  void thePlanOfAVoucherIsThatOfTheLengthGranted() {
    shop.sell(alice, month(alice));
    shop.voucher(alice, "100d", Duration.ofDays(100));
    at(day(80));
    shop.voucher(alice, "7d", Duration.ofDays(7));

    assertThat(items(10)).extracting(item -> item.path("plan").intValue()).containsExactly(1, 2, 1);
  }

  private List<JsonNode> items(long count) {
    List<JsonNode> items = new ArrayList<>();
    v0.details(alice, count).result().path("items").forEach(items::add);
    return items;
  }

  private List<Instant> ends() {
    return items(10).stream()
        .map(item -> Instant.ofEpochMilli(item.path("expiry_unix_ts_ms").longValue()))
        .toList();
  }

  private List<Integer> statuses() {
    return items(10).stream().map(item -> item.path("status").intValue()).toList();
  }
}
