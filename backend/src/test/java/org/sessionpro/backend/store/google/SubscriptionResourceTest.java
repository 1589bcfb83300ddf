package org.sessionpro.backend.store.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.google.SubscriptionResource.LineItem;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// The parts of Google's record that matter, and that nothing else does (`google-play.md` §4).
class SubscriptionResourceTest {
  private static final String HEX = "5f".repeat(32);
  private static final Binding ID = new Binding(ByteString.fromHex(HEX));

  private static SubscriptionResource read(String parts) {
    String comma = parts.isEmpty() ? "" : ",";
    String json = "{'kind':'androidpublisher#subscriptionPurchaseV2'" + comma + parts + "}";
    return SubscriptionResource.parse(json.replace('\'', '"').getBytes(UTF_8), PlayRecord.PRO);
  }

  private static LineItem item(String parts) {
    return read("'lineItems':[{'productId':'session_pro'," + parts + "}]").lineItems().getFirst();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void everyStateIsKnown(State state) {
    assertThat(read("'subscriptionState':'SUBSCRIPTION_STATE_" + state + "'").state())
        .isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "'subscriptionState':'SUBSCRIPTION_STATE_SLEEPING'", "'subscriptionState':7"})
  void anUnknownStateIsNone(String parts) {
    assertThat(read(parts).state()).isEqualTo(State.UNSPECIFIED);
  }

  @Test
  void anItemIsReadWhole() {
    LineItem item =
        item(
            "'expiryTime':'2026-04-04T10:00:02.977123456Z',"
                + "'latestSuccessfulOrderId':'GPA.1','autoRenewingPlan':{'autoRenewEnabled':true},"
                + "'offerDetails':{'basePlanId':'monthly'}");

    assertThat(item.expiry()).isEqualTo(Instant.parse("2026-04-04T10:00:02.977123Z"));
    assertThat(item.autoRenewing()).isTrue();
    assertThat(item.prepaid()).isFalse();
    assertThat(item.basePlan()).isNotNull();
  }

  private static boolean isForeign(String items) {
    return read("'lineItems':[" + items + "]").notes().foreign();
  }

  @Test
  void whatConsistsOfOtherProductsOnlyIsForeign() {
    assertThat(isForeign("{'productId':'gym'}")).isTrue();
    assertThat(isForeign("{'productId':'gym'},{'productId':'session_pro'}")).isFalse();
    assertThat(isForeign("")).isFalse();
  }

  @Test
  void anItemThatIsNotOwnedHasNoOrderAndNoEnd() {
    LineItem item = item("'autoRenewingPlan':{}");

    assertThat(item.order()).isNull();
    assertThat(item.expiry()).isNull();
    assertThat(item.autoRenewing()).isFalse();
  }

  @Test
  void anEmptyPrepaidPlanMarksAPrepaidItem() {
    assertThat(item("'prepaidPlan':{}").prepaid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'priceStepUpConsentDetails':'text'",
        "'priceStepUpConsentDetails':{'state':7}",
        "'installmentDetails':{'pendingCancellation':{}}",
        "'installmentDetails':[]",
        "'recurringPrice':'free','priceChangeDetails':null"
      })
  void whatIsInformationOnlyMayHaveAnyForm(String part) {
    assertThat(item("'autoRenewingPlan':{'autoRenewEnabled':true," + part + "}").autoRenewing())
        .isTrue();
  }

  @Test
  void offerTagsMayBeAbsent() {
    assertThat(item("'offerDetails':{'basePlanId':'monthly'}").basePlan()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"obfuscatedExternalAccountId", "obfuscatedAccountId"})
  void theExpiredIdHasTwoNames(String name) {
    SubscriptionResource resource =
        read(
            "'outOfAppPurchaseContext':{'expiredExternalAccountIdentifiers':{'"
                + name
                + "':'"
                + HEX
                + "'},'expiredPurchaseToken':'before'}");

    assertThat(resource.ids().own()).isNull();
    assertThat(resource.ids().expired()).isEqualTo(ID);
    assertThat(resource.ids().expiredToken()).isEqualTo(new PurchaseToken("before"));
    assertThat(resource.related()).containsExactly(new PurchaseToken("before"));
  }

  private static @Nullable Binding own(String id) {
    return read("'externalAccountIdentifiers':{'obfuscatedExternalAccountId':'" + id + "'}")
        .ids()
        .own();
  }

  @Test
  void anIdIsHexInAnyCaseWithOrWithoutItsPrefix() {
    assertThat(own(HEX)).isEqualTo(ID);
    assertThat(own("0x" + HEX.toUpperCase(Locale.ROOT))).isEqualTo(ID);
    assertThat(own("0X" + HEX)).isEqualTo(ID);
  }

  @Test
  void anythingElseIsNoId() {
    assertThat(own(HEX.substring(1))).isNull();
    assertThat(own(HEX + "5f")).isNull();
    assertThat(own("g".repeat(64))).isNull();
    assertThat(own("")).isNull();
  }

  @Test
  void theNotesAreRead() {
    SubscriptionResource resource =
        read(
            "'testPurchase':{},'canceledStateContext':{'replacementCancellation':{}},"
                + "'pausedStateContext':{'autoResumeTime':'2026-05-01T00:00:00Z'},"
                + "'linkedPurchaseToken':'before','acknowledgementState':"
                + "'ACKNOWLEDGEMENT_STATE_ACKNOWLEDGED','startTime':'2026-03-04T10:00:03.412Z'");

    assertThat(resource.notes().test()).isTrue();
    assertThat(resource.notes().replaced()).isTrue();
    assertThat(resource.notes().resumesAt()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
    assertThat(resource.linked()).isEqualTo(new PurchaseToken("before"));
    assertThat(resource.acknowledged()).isTrue();
    assertThat(resource.startTime()).isEqualTo(Instant.parse("2026-03-04T10:00:03.412Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'productId':'stickers','latestSuccessfulOrderId':'S','expiryTime':'soon'",
        "'productId':'stickers','latestSuccessfulOrderId':'@','expiryTime':'2026-04-04T10:00:00Z'",
        "'productId':'@','latestSuccessfulOrderId':'S','expiryTime':'2026-04-04T10:00:00Z'",
        "'productId':7",
        ""
      })
  void whatIsNotOursIsNotRead(String addOn) {
    SubscriptionResource resource =
        read(
            "'lineItems':[{"
                + addOn.replace("@", "s".repeat(5_000))
                + "},{'productId':'session_pro','latestSuccessfulOrderId':'GPA.1'}]");

    assertThat(resource.lineItems())
        .extracting(LineItem::order)
        .containsExactly(new OrderId("GPA.1"));
  }

  @Test
  void whatIsOnlyShownMayHaveAnyForm() {
    SubscriptionResource resource =
        read(
            "'pausedStateContext':{'autoResumeTime':'tomorrow'},'lineItems':[{'productId':"
                + "'session_pro','deferredItemReplacement':{'productId':'"
                + "p".repeat(5_000)
                + "'}}]");

    assertThat(resource.notes().resumesAt()).isNull();
    assertThat(resource.notes().next()).isNull();
  }

  @Test
  void aReplacementAtTheTopIsNone() {
    assertThat(read("'replacementCancellation':{}").notes().replaced()).isFalse();
  }

  @Test
  void theBuyerIsNotKept() {
    assertThat(read("'subscribeWithGoogleInfo':{'emailAddress':'person@example.org'}").toString())
        .doesNotContain("person");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'kind':'androidpublisher#productPurchaseV2'}",
        "{'kind':'androidpublisher#subscriptionPurchaseV2','startTime':'secret'}",
        "{'kind':'androidpublisher#subscriptionPurchaseV2','lineItems':[{'productId':'session_pro',"
            + "'latestSuccessfulOrderId':'GPA.1','expiryTime':'secret'}]}",
        "{'kind':'androidpublisher#subscriptionPurchaseV2','linkedPurchaseToken':'secret\\u0000'}"
      })
  void anotherThingIsRefusedWithoutQuotingIt(String json) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    assertThatThrownBy(() -> SubscriptionResource.parse(body, PlayRecord.PRO))
        .isInstanceOf(BadRequest.class)
        .hasMessageNotContaining("secret");
  }
}
