package org.sessionpro.backend.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.Purchase;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.v1.ErrorCode;

/// The history of payments that v1 clients page through (`wire-v1.md` §10).
class PaymentsEndpointTest extends EndpointTest {

  @Test
  void aKeyThatNeverPaidHasNoPayments() {
    Answer answer = v1.payments(alice, 10);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(Answer.json("{\"payments_total\":0,\"items\":[],\"next_cursor\":null}"));
  }

  @Test
  void theNewestRegistrationComesFirstWheneverItWasBought() {
    at(day(6));
    shop.sell(alice, Purchase.google(alice.id("t"), "first", day(5), day(35)));
    shop.sell(alice, Purchase.google(alice.id("t"), "second", T, day(30)));

    assertThat(orders(v1.payments(alice, 10))).containsExactly("second", "first");
  }

  @Test
  void pagesFollowEachOtherWithoutGapsOrRepetitions() {
    sell(alice, 5);

    assertThat(pages(2)).containsExactly("o5 o4", "o3 o2", "o1");
  }

  @Test
  void aLastPageThatIsExactlyFullIsFollowedByAnEmptyOne() {
    sell(alice, 4);

    assertThat(pages(2)).containsExactly("o4 o3", "o2 o1", "");
  }

  @Test
  void aPageThatIsNotFullHasNoCursor() {
    sell(alice, 2);

    assertThat(v1.payments(alice, 3).result().path("next_cursor").isNull()).isTrue();
  }

  @Test
  void theTotalIsTheSameOnEveryPage() {
    sell(alice, 3);

    JsonNode first = v1.payments(alice, 2).result();
    JsonNode last = v1.payments(alice, 2, cursor(first)).result();

    assertThat(first.path("payments_total").longValue()).isEqualTo(3);
    assertThat(last.path("payments_total").longValue()).isEqualTo(3);
  }

  @Test
  void aPaymentThatArrivesBetweenTwoPagesDoesNotShiftThem() {
    sell(alice, 4);
    JsonNode first = v1.payments(alice, 2).result();
    shop.sell(alice, Purchase.google(alice.id("late"), "late", T, day(30)));

    Answer second = v1.payments(alice, 2, cursor(first));

    assertThat(orders(second)).containsExactly("o2", "o1");
    assertThat(second.result().path("payments_total").longValue()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"101", "1000", "1000000000000000000000000000000"})
  void aLimitAbove100CountsAs100(String limit) {
    sell(alice, 101);

    Answer first = v1.payments(alice, T, new DecimalInteger(limit), "");

    assertThat(orders(first)).hasSize(100);
    assertThat(orders(v1.payments(alice, 1, cursor(first.result())))).containsExactly("o1");
  }

  @Test
  void everyPageHasACursorOfItsOwn() {
    sell(alice, 1);
    String one = cursor(v1.payments(alice, 1).result());
    String other = cursor(v1.payments(alice, 1).result());

    assertThat(one).matches("[0-9a-f]{96}").isNotEqualTo(other);
  }

  @Test
  void aCursorOfAnotherAccountIsInvalid() {
    sell(alice, 1);
    sell(bob, 1);
    String cursor = cursor(v1.payments(bob, 1).result());

    assertOk(v1.payments(bob, 1, cursor));
    assertRefused(v1.payments(alice, 1, cursor), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void aCursorThatWasChangedIsInvalid() {
    sell(alice, 1);
    String cursor = cursor(v1.payments(alice, 1).result());
    String changed = (cursor.startsWith("0") ? "1" : "0") + cursor.substring(1);

    assertRefused(v1.payments(alice, 1, changed), ErrorCode.INVALID_REQUEST);
    assertRefused(v1.payments(alice, 1, cursor + "00"), ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aLimitBelowOneIsInvalid(long limit) {
    assertRefused(v1.payments(alice, limit), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void aGooglePurchaseShowsAllItsMembers() {
    Instant bought = T.plusMillis(250);
    shop.sell(
        alice,
        Purchase.google(alice.id("token"), "GPA.1", bought, day(30).plusMillis(999))
            .withGrace(DAY.multipliedBy(3)));

    Answer answer = v1.payments(alice, 1);

    assertThat(item(answer))
        .isEqualTo(
            Answer.json(
                """
                {
                  "status": "redeemed",
                  "plan": "1m",
                  "payment_provider": "google_play",
                  "auto_renewing": true,
                  "purchased_ts": 1767225600.25,
                  "expiry_ts": 1769817600,
                  "grace_period_duration": 259200,
                  "platform_refund_expiry_ts": 1767398400,
                  "revoked_ts": 0.0,
                  "payment_id": "%s|GPA.1"
                }
                """
                    .formatted(alice.id("token"))));
  }

  @Test
  void anApplePurchaseShowsAllItsMembers() {
    shop.sell(
        alice,
        Purchase.apple(alice.id("original"), "line", alice.id("tx"), T, day(365))
            .withPlan("12m")
            .notRenewing());

    assertThat(item(v1.payments(alice, 1)))
        .isEqualTo(
            Answer.json(
                """
                {
                  "status": "redeemed",
                  "plan": "12m",
                  "payment_provider": "app_store",
                  "auto_renewing": false,
                  "purchased_ts": 1767225600.0,
                  "expiry_ts": 1798761600,
                  "grace_period_duration": 0,
                  "platform_refund_expiry_ts": 1798761600,
                  "revoked_ts": 0.0,
                  "payment_id": "%s"
                }
                """
                    .formatted(alice.id("tx"))));
  }

  @Test
  void aVoucherShowsNoEndWhileItsLengthRuns() {
    String order = shop.voucher(alice, 30).orderId().value();

    assertThat(item(v1.payments(alice, 1)))
        .isEqualTo(
            Answer.json(
                """
                {
                  "status": "redeemed",
                  "plan": "1m",
                  "payment_provider": "stf",
                  "auto_renewing": false,
                  "purchased_ts": 1767225600.0,
                  "expiry_ts": 0,
                  "grace_period_duration": 0,
                  "platform_refund_expiry_ts": 0,
                  "revoked_ts": 0.0,
                  "payment_id": "%s"
                }
                """
                    .formatted(order)));
  }

  @Test
  void aSpentVoucherShowsWhereItEnded() {
    shop.voucher(alice, 30);
    at(day(100));
    shop.voucher(alice, 30);

    JsonNode spent = v1.payments(alice, 10).result().path("items").get(1);

    assertThat(spent.path("expiry_ts").longValue()).isEqualTo(day(30).getEpochSecond());
    assertThat(spent.path("status").textValue()).isEqualTo("expired");
  }

  @Test
  void theTwoFloatsAreWrittenWithAPointAndWithoutExponent() {
    shop.sell(alice, month(alice));
    shop.refund(month(alice).key(), T.plusNanos(125_000_000));

    assertThat(v1.payments(alice, 1).text())
        .contains("\"purchased_ts\":1767225600.0,")
        .contains("\"revoked_ts\":1767225600.125,");
  }

  @Test
  void aPaymentIsExpiredFromTheSecondItEnds() {
    shop.sell(alice, month(alice));

    assertThat(statusAt(day(30).minusSeconds(1))).isEqualTo("redeemed");
    assertThat(statusAt(day(30))).isEqualTo("expired");
  }

  @Test
  void aRefundedPaymentIsRevokedAlsoWhenItsTermIsOver() {
    shop.sell(alice, month(alice));
    shop.refund(month(alice).key(), day(3));

    assertThat(statusAt(T)).isEqualTo("revoked");
    assertThat(statusAt(day(40))).isEqualTo("revoked");
    assertThat(item(v1.payments(alice, 1)).path("auto_renewing").booleanValue()).isFalse();
  }

  @Test
  void aSupersededPaymentIsRevokedAsOfItsSuccessor() {
    shop.sell(alice, month(alice));
    shop.tell(month(alice).key(), new Revoked(day(3), RevokedFor.SUPERSEDED, false));

    JsonNode item = item(v1.payments(alice, 1));

    assertThat(item.path("status").textValue()).isEqualTo("revoked");
    assertThat(item.path("revoked_ts").longValue()).isEqualTo(day(3).getEpochSecond());
  }

  private void sell(Person owner, int count) {
    shop.sell(
        owner,
        IntStream.rangeClosed(1, count)
            .mapToObj(
                i -> Purchase.google("%s-%03d".formatted(owner.id("t"), i), "o" + i, T, day(30)))
            .toArray(Purchase[]::new));
  }

  /// The orders on each page, up to the page without a cursor.
  private List<String> pages(int limit) {
    List<String> pages = new ArrayList<>();
    Answer page = v1.payments(alice, limit);
    pages.add(String.join(" ", orders(page)));
    while (!page.result().path("next_cursor").isNull()) {
      page = v1.payments(alice, limit, cursor(page.result()));
      pages.add(String.join(" ", orders(page)));
    }
    return pages;
  }

  private static List<String> orders(Answer page) {
    return StreamSupport.stream(page.result().path("items").spliterator(), false)
        .map(item -> item.path("payment_id").textValue().replaceFirst(".*\\|", ""))
        .toList();
  }

  private static String cursor(JsonNode result) {
    return result.path("next_cursor").textValue();
  }

  private String statusAt(Instant instant) {
    at(instant);
    return item(v1.payments(alice, 1)).path("status").textValue();
  }

  private static JsonNode item(Answer answer) {
    return answer.result().path("items").path(0);
  }
}
