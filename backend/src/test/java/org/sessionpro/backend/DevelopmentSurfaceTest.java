package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.DevelopmentSettings;
import org.sessionpro.backend.config.EntitlementSettings;
import org.sessionpro.backend.config.HttpSettings;
import org.sessionpro.backend.config.JobSettings;
import org.sessionpro.backend.config.KeySettings;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.config.StorageSettings;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.clients.StrictClients;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.SealedOnion;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;

/// What a server in development mode offers, and any other does not (`wire-v1.md` §13,
/// `decisions.md` §6).
class DevelopmentSurfaceTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);
  private static final SigningKey MASTER = CRYPTO.signingKey(Seed.fromHex("01".repeat(Seed.SIZE)));
  private static final SigningKey ROTATING =
      CRYPTO.signingKey(Seed.fromHex("02".repeat(Seed.SIZE)));
  private static final PaymentTx.Google PAYMENT =
      new PaymentTx.Google(new PurchaseToken("DEV.1"), new OrderId("DEV.1"));

  @TempDir Path folder;
  private final PrintStream standardError = System.err;

  @AfterEach
  void restore() {
    System.setErr(standardError);
    Logging.start(new LogSettings(LogLevel.WARNING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/add_payment", "/dev/revoke"})
  void theRoutesExistInDevelopmentOnly(String path) throws Exception {
    try (Backend dev = start(true);
        Backend other = start(false)) {
      assertThat(post(dev, path, "{}".getBytes(StandardCharsets.UTF_8)).text())
          .contains("invalid_request");
      assertThat(post(other, path, "{}".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(404);
      assertThat(StrictClients.send(dev.address(), "GET", path, "", new byte[0]).status())
          .isEqualTo(405);
    }
  }

  @Test
  void theRoutesExistUnderDryRunToo() throws Exception {
    try (Backend server = start(new DevelopmentSettings(false, null, true))) {
      assertThat(post(server, "/dev/add_payment", "{}".getBytes(StandardCharsets.UTF_8)).text())
          .contains("invalid_request");
    }
  }

  @Test
  void clientsCannotAskWhetherItIsQuiet() throws Exception {
    try (Backend dev = start(true)) {
      assertThat(StrictClients.send(dev.address(), "GET", "/dev/quiet", "", new byte[0]).status())
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/add_payment", "/dev/revoke"})
  void theRoutesDoNotExistInsideAnOnion(String path) throws Exception {
    try (Backend dev = start(true)) {
      OnionRequest inner =
          new OnionRequest("POST", path, Optional.empty(), Map.of(), ByteString.of(new byte[0]));
      ByteString key = dev.keys().current().onion().publicKey();
      SealedOnion onion =
          new OnionClient(CRYPTO, key, new SecureRandom()).seal(inner, Aead.AES_256_GCM);

      RawClient.Answer outer = post(dev, "/oxen/v4/lsrpc", onion.outerBody());

      assertThat(onion.open(outer.body().toByteArray()).code()).isEqualTo(404);
    }
  }

  @Test
  void everyDevelopmentCallIsLoggedWithoutWhomItConcerns() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    Logging.start(new LogSettings(LogLevel.WARNING));
    String master = "ab".repeat(32);
    try (Backend dev = start(true)) {
      post(
          dev,
          "/dev/add_payment",
          "{\"master_pkey\":\"%s\",\"provider\":\"stf\",\"plan\":\"1M\"}"
              .formatted(master)
              .getBytes(StandardCharsets.UTF_8));
      post(dev, "/dev/revoke", "no JSON".getBytes(StandardCharsets.UTF_8));
    }
    Logging.stop();

    assertThat(log.toString(StandardCharsets.UTF_8).lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("WARNING").containsPattern(call("/dev/add_payment")),
            line -> assertThat(line).contains("WARNING").containsPattern(call("/dev/revoke")));
  }

  private static String call(String path) {
    return "development call " + path + " \\(reference [0-9a-f]{16}\\)$";
  }

  @Test
  void paymentsComeIntoBeingByBeingAddedInDevelopmentOnly() throws Exception {
    byte[] add = AddProPaymentRequest.sign(CRYPTO, MASTER, ROTATING, PAYMENT).toJson();
    try (Backend dev = start(true);
        Backend other = start(false)) {
      assertThat(post(dev, AddProPaymentRequest.PATH, add).text()).endsWith("\"status\":0}");
      assertThat(post(other, AddProPaymentRequest.PATH, add).text()).endsWith("\"status\":101}");
    }
  }

  @Test
  void refundsOfGoogleAreNotedInDevelopmentOnly() throws Exception {
    byte[] refund =
        SetPaymentRefundRequestedRequest.sign(CRYPTO, MASTER, NOW, NOW, PAYMENT).toJson();
    try (Backend dev = start(true);
        Backend other = start(false)) {
      assertThat(post(dev, SetPaymentRefundRequestedRequest.PATH, refund).text())
          .contains("\"updated\":false");
      assertThat(post(other, SetPaymentRefundRequestedRequest.PATH, refund).text())
          .endsWith("\"status\":2}");
    }
  }

  private Backend start(boolean dev) {
    return start(new DevelopmentSettings(dev, null));
  }

  private Backend start(DevelopmentSettings development) {
    Settings settings =
        new Settings(
            development,
            new HttpSettings(InetAddress.getLoopbackAddress(), 0),
            new StorageSettings(
                folder.resolve("data"),
                new DatabaseUrl.Sqlite(folder.resolve(development.on() + ".db"))),
            new KeySettings(new SigningKeySource.Development(), List.of()),
            new EntitlementSettings(Duration.ofHours(1), 0, 1_000),
            new JobSettings(Duration.ofDays(1), Duration.ofMinutes(1)),
            new LogSettings(LogLevel.WARNING));
    return Backend.start(settings, () -> CRYPTO, () -> NOW, _ -> {});
  }

  private static RawClient.Answer post(Backend backend, String path, byte[] body) throws Exception {
    return StrictClients.post(backend.address(), path, "", body);
  }
}
