package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.apple.AppleSandbox.genuine;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.TransactionId;

/// Notifications that Apple really sent, believed by nothing but Apple's root. They are no part of the
/// project, and where they are not at hand this is left out.
class RealPayloadsTest {
  private final AppleSignedData data = AppleSandbox.reader();

  @ParameterizedTest
  @CsvSource({
    "S0-did-renew,DID_RENEW,,1759302518835,1,2000001024998954,2000000113755461,"
        + "1759302552000,1759302732000,RENEWAL,true",
    "S1.1-subscribed-resubscribe,SUBSCRIBED,RESUBSCRIBE,1759388776941,1,2000001025686313,"
        + "2000000113844706,1759388767000,1759388947000,PURCHASE,true",
    "S1.2-auto-renew-disabled,DID_CHANGE_RENEWAL_STATUS,AUTO_RENEW_DISABLED,1759388855473,1,"
        + "2000001025686313,2000000113844706,1759388767000,1759388947000,PURCHASE,false",
    "S1.3-expired-voluntary,EXPIRED,VOLUNTARY,1759389041604,2,2000001025686313,2000000113844706,"
        + "1759388767000,1759388947000,PURCHASE,false"
  })
  void whatAppleSentIsBelievedAndRead(
      String file,
      String type,
      @Nullable String subtype,
      long signedAt,
      int status,
      String transaction,
      String lineItem,
      long purchasedAt,
      long expiresAt,
      TransactionInfo.Reason reason,
      boolean renewing)
      throws IOException {
    SignedText payload = AppleSandbox.orSkip().payload(file + ".json");

    Notification notification = genuine(data.notification(payload));
    assertThat(notification.type()).isEqualTo(type);
    assertThat(notification.subtype()).isEqualTo(subtype);
    assertThat(notification.signedAt()).isEqualTo(Instant.ofEpochMilli(signedAt));
    assertThat(notification.status()).isEqualTo(status);
    NotificationParts parts = genuine(NotificationParts.of(notification, data));
    TransactionId original = new TransactionId("2000001024993299");
    TransactionInfo.ProductId product = new TransactionInfo.ProductId("com.getsession.org.pro_sub");
    assertThat(parts)
        .usingRecursiveComparison()
        .ignoringFields("transaction.remarks", "renewal.remarks")
        .isEqualTo(
            new NotificationParts(
                new TransactionInfo(
                    new TransactionInfo.Names(
                        original, new TransactionId(transaction), new OrderId(lineItem)),
                    product,
                    TransactionInfo.Type.AUTO_RENEWABLE,
                    Instant.ofEpochMilli(purchasedAt),
                    Instant.ofEpochMilli(expiresAt),
                    Instant.ofEpochMilli(signedAt),
                    reason,
                    TransactionInfo.Ownership.PURCHASED,
                    null,
                    false,
                    null,
                    1,
                    Remarks.NONE),
                new RenewalInfo(
                    original,
                    product,
                    renewing,
                    status == 2 ? false : null,
                    null,
                    Instant.ofEpochMilli(signedAt))));
  }
}
