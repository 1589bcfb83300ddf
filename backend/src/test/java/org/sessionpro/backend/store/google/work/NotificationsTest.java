package org.sessionpro.backend.store.google.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.store.google.PubSubApi;
import org.sessionpro.backend.store.google.PubSubApi.AckId;
import org.sessionpro.backend.store.google.PubSubApi.MessageId;
import org.sessionpro.backend.store.google.PubSubApi.Received;
import org.sessionpro.protocol.ByteString;

/// What is told of notifications, and what becomes of those that say something unheard of
/// (`google-play.md` §2.1, §6.2).
class NotificationsTest {
  @TempDir Path folder;
  private WorkRig it;
  private GoogleLog log;

  @BeforeEach
  void start() {
    it = new WorkRig(Engine.SQLITE, folder);
    log = new GoogleLog();
  }

  @AfterEach
  void stop() {
    log.close();
    it.close();
  }

  private void arrives(String version, String block) {
    String json =
        ("{'version':'" + version + "','packageName':'%s','eventTimeMillis':'1772618405120',%s}")
            .formatted(it.google().settings().packageName().value(), block);
    arrives(ByteString.of(json.replace('\'', '"').getBytes(UTF_8)));
  }

  private void arrives(ByteString data) {
    Notifications notifications =
        new Notifications(it.google().settings().packageName(), it.rooms());
    assertThat(notifications.keep(new Received(new AckId("a"), new MessageId("1"), data), it.now()))
        .isTrue();
  }

  private static String voided(int productType, int refundType) {
    return "'voidedPurchaseNotification':{'purchaseToken':'token','orderId':'GPA.1','productType':"
        + productType
        + ",'refundType':"
        + refundType
        + "}";
  }

  @Test
  void theVoidOfAPartOfASubscriptionIsTold() {
    arrives("1.0", voided(1, 2));

    assertThat(log.at(Level.ERROR))
        .singleElement()
        .asString()
        .contains("a part of a subscription was voided");
    assertThat(it.owed()).extracting(one -> one.item().kind()).containsExactly(WorkKind.RECONCILE);
  }

  @Test
  void theVoidOfSomethingUnknownIsTold() {
    arrives("1.0", voided(7, 1));

    assertThat(log.at(Level.ERROR)).singleElement().asString().contains("unknown product type 7");
  }

  @Test
  void aVoidOfAnUnknownKindIsKeptAndItsPurchaseIsLookedAt() {
    arrives("1.0", voided(1, 9));

    assertThat(it.parked()).containsExactly(ParkReason.UNKNOWN_BLOCK);
    assertThat(it.owed())
        .extracting(one -> one.item().kind())
        .containsExactlyInAnyOrder(WorkKind.MESSAGE, WorkKind.RECONCILE);
    assertThat(log.at(Level.ERROR)).singleElement().asString().contains("refundType");
  }

  @Test
  void anUnknownVersionIsToldAndReadAsIfItWereKnown() {
    arrives("2.0", voided(1, 1));

    assertThat(log.at(Level.WARN)).singleElement().asString().contains("version");
    assertThat(it.parked()).isEmpty();
    assertThat(it.owed()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "subscriptionNotification, 9999, subscription.unknown_9999",
    "oneTimeProductNotification, 3, one_time.3"
  })
  void aTypeThatNobodyHasHeardOfIsToldAndItsPurchaseIsLookedAt(
      String block, int type, String kind) {
    arrives("1.0", "'" + block + "':{'notificationType':" + type + ",'purchaseToken':'token'}");

    assertThat(log.at(Level.WARN))
        .containsExactly(
            "a notification is of a type that nobody has heard of, and its purchase is looked at: "
                + kind);
    assertThat(it.owed()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"subscriptionNotification, 22", "oneTimeProductNotification, 2"})
  void aTypeThatIsKnownIsNoWarning(String block, int type) {
    arrives("1.0", "'" + block + "':{'notificationType':" + type + ",'purchaseToken':'token'}");

    assertThat(log.at(Level.WARN)).isEmpty();
  }

  @Test
  void whatIsLongerThanAnyNotificationIsKeptForSomebody() {
    byte[] spaces = new byte[PubSubApi.MAX_DATA];
    Arrays.fill(spaces, (byte) ' ');

    arrives(ByteString.of(spaces));

    assertThat(it.parked()).containsExactly(ParkReason.UNDECODABLE);
    assertThat(log.at(Level.ERROR)).singleElement().asString().contains("longer than any");
  }

  @Test
  void anOrdinaryVoidIsNotTold() {
    arrives("1.0", voided(1, 1));

    assertThat(log.at(Level.ERROR)).isEmpty();
    assertThat(log.at(Level.WARN)).isEmpty();
  }
}
