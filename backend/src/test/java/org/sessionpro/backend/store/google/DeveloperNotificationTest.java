package org.sessionpro.backend.store.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.entitlement.SubscriptionFact.HeardFrom;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.DeveloperNotification.Look;
import org.sessionpro.backend.store.google.DeveloperNotification.Message;
import org.sessionpro.backend.store.google.DeveloperNotification.OfOneTimeProduct;
import org.sessionpro.backend.store.google.DeveloperNotification.OfSubscription;
import org.sessionpro.backend.store.google.DeveloperNotification.Reason;
import org.sessionpro.backend.store.google.DeveloperNotification.Understood;
import org.sessionpro.backend.store.google.DeveloperNotification.Unusable;
import org.sessionpro.backend.store.google.DeveloperNotification.WorkKind;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// Every block of `google-play.md` §2.1, and what is none.
class DeveloperNotificationTest {
  private static final PackageName APP = new PackageName("org.example.messenger");
  private static final PurchaseToken TOKEN = new PurchaseToken("secret-token");
  private static final OrderId ORDER = new OrderId("GPA.secret");
  private static final Instant AT = Instant.ofEpochMilli(1_772_618_405_120L);

  private static Message read(String json) {
    return DeveloperNotification.read(json.replace('\'', '"').getBytes(UTF_8), APP);
  }

  private static Message message(String block) {
    return read(
        "{'version':'1.0','packageName':'org.example.messenger',"
            + "'eventTimeMillis':'1772618405120',"
            + block
            + "}");
  }

  private static DeveloperNotification understood(String block) {
    if (message(block) instanceof Understood(DeveloperNotification notification)) {
      return notification;
    }
    throw new AssertionError("not understood");
  }

  private static DeveloperNotification ofSubscription(int type) {
    return understood(
        "'subscriptionNotification':{'version':'1.0','notificationType':"
            + type
            + ",'purchaseToken':'secret-token'}");
  }

  private static DeveloperNotification ofVoid(int productType, int refundType) {
    return understood(
        "'voidedPurchaseNotification':{'purchaseToken':'secret-token','orderId':'GPA.secret',"
            + "'productType':"
            + productType
            + ",'refundType':"
            + refundType
            + "}");
  }

  private static Reason reason(Message message) {
    if (message instanceof Unusable unusable) {
      assertThat(unusable.rule()).doesNotContain("secret").isNotEmpty();
      return unusable.reason();
    }
    throw new AssertionError("understood");
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "13", "22", "9999", "-1"})
  void aSubscriptionIsWorthALookWhateverHappenedToIt(int type) {
    DeveloperNotification notification = ofSubscription(type);

    assertThat(notification.look()).contains(new Look(WorkKind.RECONCILE, TOKEN));
    assertThat(notification.loss()).isEmpty();
    assertThat(notification.eventAt()).isEqualTo(AT);
    assertThat(notification.alert()).isEmpty();
  }

  @Test
  void aRevocationIsALossToo() {
    assertThat(ofSubscription(12).look()).contains(new Look(WorkKind.RECONCILE, TOKEN));
    assertThat(ofSubscription(12).loss()).contains(LossHeard.revoked(AT));
  }

  @ParameterizedTest
  @CsvSource({"1,recovered", "12,revoked", "18,cancellation_scheduled", "9999,unknown 9999"})
  void whatHappenedHasANameForTheLog(int type, String name) {
    assertThat(new OfSubscription(type, TOKEN).event()).isEqualTo(name);
  }

  @Test
  void aOneTimePurchaseIsWorthALook() {
    DeveloperNotification notification =
        understood(
            "'oneTimeProductNotification':{'version':'1.0','notificationType':1,"
                + "'purchaseToken':'secret-token','sku':'thirty_days'}");

    assertThat(notification.block()).isEqualTo(new OfOneTimeProduct(1, TOKEN, Shelf.CREDIT));
    assertThat(notification.look()).contains(new Look(WorkKind.ONE_TIME, TOKEN));
    assertThat(notification.loss()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,RECONCILE,VOIDED_FULL,false",
    "1,2,RECONCILE,VOIDED_PARTIAL,true",
    "2,1,ONE_TIME,VOIDED_FULL,false",
    "2,2,ONE_TIME,VOIDED_PARTIAL,true",
    "7,1,RECONCILE,VOIDED_FULL,true"
  })
  void aVoidIsALossOfItsOrder(
      int productType, int refundType, WorkKind kind, Loss loss, boolean alarming) {
    DeveloperNotification notification = ofVoid(productType, refundType);

    assertThat(notification.look()).contains(new Look(kind, TOKEN));
    assertThat(notification.loss())
        .contains(new LossHeard(loss, ORDER, null, null, AT, HeardFrom.NOTIFICATION));
    assertThat(notification.alert().isPresent()).isEqualTo(alarming);
    assertThat(notification.unheardOf()).isEmpty();
  }

  @Test
  void aVoidOfAnUnknownKindIsLookedIntoAndTold() {
    DeveloperNotification notification = ofVoid(1, 9);

    assertThat(notification.look()).contains(new Look(WorkKind.RECONCILE, TOKEN));
    assertThat(notification.loss()).isEmpty();
    assertThat(notification.unheardOf()).contains("refundType must be 1 or 2, and is 9");
  }

  @Test
  void aRefundReviewIsWorthNoLook() {
    DeveloperNotification notification =
        understood(
            "'pendingRefundReviewNotification':{'version':'1.0','pendingRefundToken':'r',"
                + "'orderId':'GPA.secret','refundReason':3}");

    assertThat(notification.look()).isEmpty();
  }

  @Test
  void aTestAsksNothing() {
    DeveloperNotification notification = understood("'testNotification':{'version':'1.0'}");

    assertThat(notification.look()).isEmpty();
    assertThat(notification.loss()).isEmpty();
    assertThat(notification.alert()).isEmpty();
  }

  @Test
  void theTimeMayBeANumber() {
    Message message =
        read(
            "{'version':'9','packageName':'org.example.messenger','eventTimeMillis':1772618405120,"
                + "'testNotification':{}}");

    assertThat(message)
        .isEqualTo(
            new Understood(new DeveloperNotification("9", AT, new DeveloperNotification.OfTest())));
  }

  @Test
  void messagesOfOtherAppsAreForeign() {
    assertThat(
            reason(
                read(
                    "{'version':'1.0','packageName':'org.secret','eventTimeMillis':'1',"
                        + "'testNotification':{}}")))
        .isEqualTo(Reason.FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'futureNotification':{'purchaseToken':'secret-token'}",
        "'nothing':1",
        "'testNotification':{},'subscriptionNotification':{}"
      })
  void exactlyOneKnownBlockIsUnderstood(String block) {
    assertThat(reason(message(block))).isEqualTo(Reason.UNKNOWN_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "[]",
        "{'packageName':'org.example.messenger','testNotification':{}}",
        "{'packageName':'org.example.messenger','eventTimeMillis':'secret','testNotification':{}}",
        "{'packageName':'org.example.messenger','eventTimeMillis':'999999999999999999',"
            + "'testNotification':{}}",
        "{'packageName':7,'eventTimeMillis':'1','testNotification':{}}",
        "{'eventTimeMillis':'1','testNotification':{}}"
      })
  void anEnvelopeThatIsNoneCannotBeDecoded(String json) {
    assertThat(reason(read(json))).isEqualTo(Reason.UNDECODABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'subscriptionNotification':{'notificationType':4}",
        "'subscriptionNotification':{'purchaseToken':'secret-token'}",
        "'subscriptionNotification':{'notificationType':'x','purchaseToken':'secret-token'}",
        "'subscriptionNotification':{'notificationType':4,'purchaseToken':'secret\\u0000'}",
        "'subscriptionNotification':{'notificationType':4,'purchaseToken':''}",
        "'voidedPurchaseNotification':{'purchaseToken':'secret-token','productType':1}",
        "'voidedPurchaseNotification':{'purchaseToken':'secret-token','orderId':'GPA.secret'}"
      })
  void aBlockWithoutItsPartsCannotBeDecoded(String block) {
    assertThat(reason(message(block))).isEqualTo(Reason.UNDECODABLE);
  }

  @Test
  void noTextFormShowsWhoOrWhat() {
    assertThat(ofVoid(1, 1).toString()).doesNotContain("secret");
  }
}
