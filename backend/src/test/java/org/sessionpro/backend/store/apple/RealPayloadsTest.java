package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.App;
import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.config.AppleSettings.Trust;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// Notifications that Apple really sent, believed by nothing but Apple's root. They are no part of the
/// project, and where they are not at hand this is left out.
class RealPayloadsTest {
  /// Beside the project, or beside a folder that it is in.
  private static final Path FOLDER = Path.of("shared", "data", "apple-sandbox");

  private final AppleSettings settings = settings();
  private final AppleSignedData data =
      new AppleSignedData(settings, RootCertificates.of(settings), () -> Instant.EPOCH);

  private static AppleSettings settings() {
    AppleSettings base = Payloads.settings();
    return new AppleSettings(
        new App(
            new BundleId("com.loki-project.loki-messenger"), 1_470_168_868L, Environment.SANDBOX),
        null,
        new Trust(List.of(), false, false),
        base.catalogue(),
        base.api(),
        base.catchUp(),
        base.rate());
  }

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
    Path path = find(FOLDER.resolve(file + ".json"));
    assumeTrue(path != null, "the notifications are not at hand");

    Notification notification =
        value(data.notification(signedPayload(Objects.requireNonNull(path))));
    assertThat(notification.type()).isEqualTo(type);
    assertThat(notification.subtype()).isEqualTo(subtype);
    assertThat(notification.signedAt()).isEqualTo(Instant.ofEpochMilli(signedAt));
    assertThat(notification.status()).isEqualTo(status);
    NotificationParts parts = value(NotificationParts.of(notification, data));
    TransactionId original = new TransactionId("2000001024993299");
    TransactionInfo.ProductId product = new TransactionInfo.ProductId("com.getsession.org.pro_sub");
    assertThat(parts)
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
                    1),
                new RenewalInfo(
                    original,
                    product,
                    renewing,
                    status == 2 ? false : null,
                    null,
                    Instant.ofEpochMilli(signedAt))));
  }

  private static @Nullable Path find(Path file) {
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      if (Files.isReadable(above.resolve(file))) {
        return above.resolve(file);
      }
    }
    return null;
  }

  private static SignedText signedPayload(Path file) throws IOException {
    JsonValue text =
        JsonObject.parse(Files.readAllBytes(file)).member("signedPayload").orElseThrow();
    return new SignedText(((JsonValue.Text) text).value());
  }

  private static <T> T value(SignedData.Verified<T> verified) {
    assertThat(verified).isInstanceOf(Genuine.class);
    return ((Genuine<T>) verified).value();
  }
}
