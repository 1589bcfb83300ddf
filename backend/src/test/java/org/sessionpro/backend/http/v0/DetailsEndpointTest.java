package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V0Calls.DETAILS;
import static org.sessionpro.backend.http.clients.V0Calls.assertFailed;
import static org.sessionpro.backend.http.clients.V0Calls.assertOk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Purchase;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.protocol.PurchaseToken;

/// How v0 clients learn how an account stands (`wire-v0.md` §5.4, `decisions.md` §2). What they see
/// of each payment is in [DetailsItemsTest].
class DetailsEndpointTest extends EndpointTest {

  @Test
  void aKeyThatNeverPaidIsNever() {
    Answer answer = v0.details(alice, 10);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(
            Answer.json(
                """
                {
                  "version": 0,
                  "status": 0,
                  "auto_renewing": false,
                  "expiry_unix_ts_ms": 0,
                  "grace_period_duration_ms": 0,
                  "refund_requested_unix_ts_ms": 0,
                  "payments_total": 0,
                  "error_report": 0,
                  "items": []
                }
                """));
  }

  @Test
  void ownersAreToldWhileWhatTheyBoughtWaitsToBeMended() {
    Purchase month = month(alice);
    shop.sell(alice, month);
    shop.sell(bob, month(bob));
    assertThat(v0.details(alice, 0).result().get("error_report").intValue()).isZero();

    try (Database database = Databases.open(backend.database())) {
      Inbox inbox = new Inbox(database, new Random(1), new InboxRules(1, "test"));
      PurchaseToken token = new PurchaseToken(month.key().subscription());
      inbox.enqueue(List.of(Owed.unannounced(WorkItem.reconcile(token))), T);
      AnyLane.claim(inbox, StoreProvider.GOOGLE, Set.of(WorkKind.RECONCILE), 1, T)
          .forEach(claim -> inbox.settle(claim, new Outcome.Failed(ErrorClass.LOGIC, "a test"), T));
    }

    assertThat(v0.details(alice, 0).result().get("error_report").intValue()).isOne();
    assertThat(v0.details(bob, 0).result().get("error_report").intValue()).isZero();
  }

  @Test
  void aVoucherAccountShowsAllMembersOfTheContractAndNoOthers() {
    String order = shop.voucher(alice, 30).orderId().value();

    Answer answer = v0.details(alice, 10);

    assertOk(answer);
    assertThat(answer.result())
        .isEqualTo(
            Answer.json(
                """
                {
                  "version": 0,
                  "status": 1,
                  "auto_renewing": false,
                  "expiry_unix_ts_ms": 1769817600000,
                  "grace_period_duration_ms": 0,
                  "refund_requested_unix_ts_ms": 0,
                  "payments_total": 1,
                  "error_report": 0,
                  "items": [{
                    "status": 2,
                    "plan": 1,
                    "payment_provider": 3,
                    "auto_renewing": false,
                    "unredeemed_unix_ts_ms": 1767225600000,
                    "redeemed_unix_ts_ms": 1767225600000,
                    "expiry_unix_ts_ms": 1769817600000,
                    "grace_period_duration_ms": 0,
                    "platform_refund_expiry_unix_ts_ms": 0,
                    "revoked_unix_ts_ms": 0,
                    "refund_requested_unix_ts_ms": 0,
                    "rangeproof_order_id": "%s"
                  }]
                }
                """
                    .formatted(order)));
  }

  @Test
  void theErrorReportIsANumber() {
    shop.voucher(alice, 30);

    assertThat(v0.details(alice, 1).result().path("error_report").isIntegralNumber()).isTrue();
  }

  @Test
  void aRenewingTermEndsWithGraceAndAllowance() {
    shop.sell(alice, month(alice).withGrace(DAY.multipliedBy(16)));

    JsonNode result = v0.details(alice, 1).result();

    Instant end = day(46).plus(HOUR);
    assertThat(result.path("expiry_unix_ts_ms").longValue()).isEqualTo(end.toEpochMilli());
    assertThat(result.path("grace_period_duration_ms").longValue())
        .isEqualTo(Duration.ofDays(16).plus(HOUR).toMillis());
    assertThat(result.path("auto_renewing").booleanValue()).isTrue();
  }

  @Test
  void aTermThatDoesNotRenewHasNoGrace() {
    shop.sell(alice, month(alice).withGrace(DAY.multipliedBy(16)).notRenewing());

    JsonNode result = v0.details(alice, 1).result();

    assertThat(result.path("expiry_unix_ts_ms").longValue()).isEqualTo(day(30).toEpochMilli());
    assertThat(result.path("grace_period_duration_ms").longValue()).isZero();
    assertThat(result.path("auto_renewing").booleanValue()).isFalse();
  }

  @Test
  void anAccountIsActiveUpToTheMillisecondItIsCovered() {
    shop.sell(alice, month(alice));
    Instant end = day(30).plus(HOUR);

    assertThat(statusAt(T)).isEqualTo(1);
    assertThat(statusAt(end)).isEqualTo(1);
    assertThat(statusAt(end.plusMillis(1))).isEqualTo(2);
  }

  @Test
  void theTimeOfTheRequestDecidesNotThatOfTheServer() {
    shop.voucher(alice, 30);
    at(day(30).plusSeconds(30));

    assertThat(status(v0.details(alice, 1, day(30)))).isEqualTo(1);
    assertThat(status(v0.details(alice, 1, day(30).plusMillis(1)))).isEqualTo(2);
  }

  @Test
  void anAccountWhoseGenerationIsRevokedIsExpired() {
    shop.sell(alice, month(alice));
    assertThat(status(v0.details(alice, 1))).isEqualTo(1);
    shop.refund(month(alice).key(), T);

    assertThat(status(v0.details(alice, 1))).isEqualTo(2);
  }

  @Test
  void anAccountThatGoesOnUnderANewTagIsActive() {
    shop.voucher(alice, 30);
    shop.revoke(alice);

    assertThat(status(v0.details(alice, 1))).isEqualTo(1);
  }

  @Test
  void theRefundRequestOfThePaymentThatCoversIsTheAccounts() {
    shop.sell(alice, month(alice));
    shop.tell(month(alice).key(), new RefundRequested(T, T.plusMillis(5)));

    assertThat(refundRequested()).isEqualTo(T.toEpochMilli() + 5);
  }

  @Test
  void theRefundRequestOfAPaymentThatDoesNotCoverIsNotTheAccounts() {
    Purchase longer = Purchase.google(alice.id("longer"), "o", T, day(90));
    shop.sell(alice, month(alice), longer);
    shop.tell(month(alice).key(), new RefundRequested(T, T.plusMillis(5)));

    assertThat(refundRequested()).isZero();
  }

  @Test
  void aWithdrawnRefundRequestIsZero() {
    shop.sell(alice, month(alice));
    shop.tell(month(alice).key(), new RefundRequested(T, T.plusMillis(5)));
    shop.tell(month(alice).key(), new RefundRequested(T.plusSeconds(1), null));

    assertThat(refundRequested()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-69_999, 69_999})
  void aRequestOfLessThan70SecondsIsFresh(long millis) {
    assertOk(v0.details(alice, 1, T.plusMillis(millis)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-70_000, 70_000, 70_001})
  void aRequestOf70SecondsBreaksTheContract(long millis) {
    assertFailed(v0.details(alice, 1, T.plusMillis(millis)), 2, 1);
  }

  @Test
  void aBadSignatureBreaksTheContract() {
    shop.voucher(alice, 30);

    assertFailed(v0.details(bob.withMasterKeyOf(alice), 1), 2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                                           | 5
          {"ts":1}                                                                                     | 5
          {"version":0,"count":1}                                                                      | 3
          {"version":0,"count":"1","unix_ts_ms":true,"master_pkey":1,"master_sig":null}                | 4
          {"version":0,"count":-1,"unix_ts_ms":1767225600000,"master_pkey":"","master_sig":""}         | 3
          {"version":0,"count":4294967296,"unix_ts_ms":1767225600000,"master_pkey":"","master_sig":""} | 3
          {"version":2,"count":-1,"unix_ts_ms":-1,"master_pkey":"0x","master_sig":" "}                 | 5
          """)
  void everyProblemOfABrokenRequestIsTold(String body, int errors) {
    assertFailed(v0.raw(DETAILS, body), 2, errors);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "\"x\"", "true", "{bad", "{} {}"})
  void aBodyThatIsNoObjectBreaksTheContract(String body) {
    assertFailed(v0.raw(DETAILS, body), 2, 1);
  }

  private long refundRequested() {
    return v0.details(alice, 1).result().path("refund_requested_unix_ts_ms").longValue();
  }

  private int statusAt(Instant instant) {
    at(instant);
    return status(v0.details(alice, 1));
  }

  private static int status(Answer answer) {
    return answer.result().path("status").intValue();
  }
}
