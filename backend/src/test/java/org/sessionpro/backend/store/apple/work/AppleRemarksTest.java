package org.sessionpro.backend.store.apple.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.Payloads.SIGNED;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.Remark;
import org.sessionpro.backend.store.apple.Payloads;
import org.sessionpro.protocol.PaymentProvider;

/// What Apple says beside all that counts is kept for those who answer the buyer (`app-store.md` §2.4,
/// §2.5, §4; `decisions-stores.md` §3.2).
@ParameterizedClass
@EnumSource(Engine.class)
class AppleRemarksTest {
  private static final SubscriptionKey KEY =
      new SubscriptionKey(PaymentProvider.APP_STORE, Payloads.ORIGINAL);

  private static final String SOLD =
      ",'offerType':1,'offerDiscountType':'FREE_TRIAL','price':1990,'currency':'EUR',"
          + "'appTransactionId':'704000000000000001','subscriptionGroupIdentifier':'21500000'";

  @Parameter Engine engine;
  @TempDir Path folder;
  private IntakeRig it;

  @BeforeEach
  void open() {
    it = new IntakeRig(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private void receive(String type, String transaction, String renewal) {
    it.receive(
        Payloads.notification(
                UUID.randomUUID(),
                type,
                IntakeRig.PKI.sign(Payloads.transaction(transaction)),
                IntakeRig.PKI.sign(Payloads.renewal(renewal)))
            .replace("\"status\":1", "\"status\":1,\"consumptionRequestReason\":\"OTHER\""));
  }

  private Map<Remark, String> remarks() {
    Map<Remark, String> all = new EnumMap<>(Remark.class);
    it.rooms()
        .subscriptions()
        .stated(List.of(KEY))
        .getFirst()
        .remarks()
        .forEach(one -> all.put(one.remark(), String.valueOf(one.value())));
    return all;
  }

  private static String later(int seconds) {
    return ",'signedDate':" + SIGNED.plusSeconds(seconds).toEpochMilli();
  }

  @Test
  void everyRemarkIsKept() {
    receive(
        "REFUND",
        SOLD
            + ",'revocationDate':1772618500000,'revocationReason':1,"
            + "'revocationType':'REFUND_PRORATED','revocationPercentage':50000",
        ",'expirationIntent':2,'priceIncreaseStatus':1,"
            + "'appAccountToken':'d75a9801-82b1-4ab7-954b-fed3c964073a'");

    assertThat(remarks())
        .hasSameSizeAs(Remark.values())
        .containsEntry(Remark.EXPIRATION_INTENT, "2")
        .containsEntry(Remark.PRICE_INCREASE, "1")
        .containsEntry(Remark.NEXT_OWNER, "d75a9801-82b1-4ab7-954b-fed3c964073a")
        .containsEntry(Remark.OFFER_TYPE, "1")
        .containsEntry(Remark.OFFER_DISCOUNT, "FREE_TRIAL")
        .containsEntry(Remark.PRICE, "1990")
        .containsEntry(Remark.CURRENCY, "EUR")
        .containsEntry(Remark.APP_TRANSACTION, "704000000000000001")
        .containsEntry(Remark.SUBSCRIPTION_GROUP, "21500000")
        .containsEntry(Remark.REVOCATION_REASON, "1")
        .containsEntry(Remark.REVOCATION_TYPE, "REFUND_PRORATED")
        .containsEntry(Remark.REVOCATION_PERCENTAGE, "50000")
        .containsEntry(Remark.CONSUMPTION_REASON, "OTHER");
  }

  @Test
  void whatIsNotSaidAnyMoreIsForgotten() {
    receive("EXPIRED", SOLD, ",'expirationIntent':1");

    receive("SUBSCRIBED", SOLD.replace("'offerType':1,", "") + later(60), later(60));

    assertThat(remarks().keySet())
        .contains(Remark.PRICE)
        .doesNotContainAnyElementsOf(Set.of(Remark.EXPIRATION_INTENT, Remark.OFFER_TYPE));
  }

  @Test
  void whatIsToldLateChangesNothing() {
    receive("PRICE_INCREASE", SOLD + later(60), ",'priceIncreaseStatus':1" + later(60));

    receive("PRICE_INCREASE", SOLD.replace("1990", "990"), ",'priceIncreaseStatus':0");

    assertThat(remarks())
        .containsEntry(Remark.PRICE, "1990")
        .containsEntry(Remark.PRICE_INCREASE, "1");
  }

  @Test
  void whatIsSaidAgainOutlivesWhatWasSaidBetweenAndComesLate() {
    receive("SUBSCRIBED", SOLD, "");
    receive("SUBSCRIBED", SOLD + later(120), later(120));

    receive("SUBSCRIBED", SOLD.replace("1990", "990") + later(60), later(60));

    assertThat(remarks()).containsEntry(Remark.PRICE, "1990");
  }

  @Test
  void whatIsNotSaidAnyMoreIsNotBroughtBackByWhatComesLate() {
    receive("SUBSCRIBED", SOLD, "");
    receive("SUBSCRIBED", later(120), later(120));

    receive("EXPIRED", SOLD + later(60), ",'expirationIntent':1" + later(60));

    assertThat(remarks())
        .doesNotContainKeys(Remark.PRICE, Remark.OFFER_TYPE, Remark.EXPIRATION_INTENT);
  }

  /// A cycle that renews the first one.
  private static String renewed(int day) {
    long begins = SIGNED.plus(Duration.ofDays(day)).toEpochMilli();
    return ",'transactionId':'200000102499%04d','webOrderLineItemId':'200000011375%04d'"
            .formatted(day, day)
        + ",'purchaseDate':%d,'expiresDate':%d,'transactionReason':'RENEWAL'"
            .formatted(begins, begins + Duration.ofDays(30).toMillis());
  }

  @Test
  void theNewestSaleIsKeptAlthoughAnEarlierOneWasSpokenOfSince() {
    receive("REFUND_DECLINED", SOLD + later(60), later(60));

    receive("DID_RENEW", SOLD.replace("1990", "2990") + renewed(30) + later(30), later(30));
    assertThat(remarks()).containsEntry(Remark.PRICE, "2990");

    receive("REFUND_DECLINED", SOLD + later(90), later(90));
    assertThat(remarks()).containsEntry(Remark.PRICE, "2990");
  }

  private static String refunded(int seconds, int reason) {
    return ",'revocationDate':%d,'revocationReason':%d"
        .formatted(SIGNED.plusSeconds(seconds).toEpochMilli(), reason);
  }

  @Test
  void theLastRefundIsKeptAlthoughAnEarlierOneIsToldLater() {
    receive("DID_RENEW", renewed(30) + refunded(20, 1) + later(20), later(20));

    receive("REFUND", refunded(10, 0) + later(90), later(90));

    assertThat(remarks()).containsEntry(Remark.REVOCATION_REASON, "1");
  }

  @Test
  void noRemarkIsLogged() {
    try (AppStoreLog log = new AppStoreLog()) {
      receive("REFUND", SOLD, ",'appAccountToken':'d75a9801-82b1-4ab7-954b-fed3c964073a'");

      for (Level level : List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG)) {
        assertThat(log.at(level))
            .noneMatch(line -> line.contains("704000000000000001") || line.contains("d75a9801"));
      }
    }
  }
}
