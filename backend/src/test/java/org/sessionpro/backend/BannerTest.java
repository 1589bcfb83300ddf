package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.Configuration;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.crypto.Crypto;

class BannerTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Map<String, String> GOOGLE =
      Map.of(
          "WITH_PROVIDER_GOOGLE_PLAY", "1",
          "GOOGLE_PACKAGE_NAME", "org.example.app",
          "GOOGLE_CLOUD_PROJECT_ID", "project",
          "GOOGLE_CLOUD_SUBSCRIPTION_NAME", "play",
          "GOOGLE_SUBSCRIPTION_PRODUCT_ID", "session_pro",
          "GOOGLE_CLOUD_APP_CREDENTIALS_PATH", "/google.json");
  private static final Map<String, String> APPLE =
      Map.of(
          "WITH_PROVIDER_APP_STORE", "1",
          "APPLE_BUNDLE_ID", "org.example.app",
          "APPLE_SANDBOX_ENV", "1");

  @TempDir private Path folder;

  @Test
  void aServerWithoutAnythingSaysSo() {
    assertThat(notes(Map.of()))
        .contains(
            "no configuration file",
            "ledger sqlite:///data/pro.db",
            "no log file",
            "no session webhooks",
            "Google Play is switched off",
            "the App Store is switched off",
            "signing key " + ServerKey.development(CRYPTO).publicKey().hex());
  }

  @Test
  void noPasswordIsSaid() {
    assertThat(notes(Map.of("DB_URL", "postgresql://pro:s3cret@db/pro")))
        .contains("ledger postgresql://***@db:5432/pro");
  }

  @Test
  void storesSayWhatTheyAre() {
    assertThat(notes(GOOGLE))
        .contains(
            "Google Play: app org.example.app, notifications from"
                + " projects/project/subscriptions/play, base plans 3, one-time products 0");
    assertThat(notes(APPLE))
        .contains("App Store: app org.example.app, Sandbox, subscriptions 3, one-time products 0");
  }

  @Test
  void filesAndWebhooksAreNamed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("pro.ini"),
            """
            [base]
            log_path = /var/log/pro.log
            [session_webhook.0]
            enabled = yes
            url = https://hooks.example.org/s3cret
            name = Alerts
            [session_webhook.1]
            enabled = no
            url = https://hooks.example.org/s3cret
            name = Silent
            """);

    assertThat(notes(Map.of("INI_PATH", file.toString())))
        .contains("configuration " + file, "log file /var/log/pro.log", "session webhooks Alerts");
  }

  @Test
  void whatIsForTestsOnlyIsAWarning() {
    assertThat(
            warnings(
                Map.of(
                    "UNSAFE_LOGGING", "1",
                    "PROVIDER_DRY_RUN", "1",
                    "DEV_ENDPOINTS", "1",
                    "OPS_PORT", "0",
                    "OPS_BIND", "0.0.0.0",
                    "PLATFORM_TESTING_ENV", "1")))
        .contains(
            "unsafe logging: keys and ids are logged as they are; never where there are real users",
            "dry run: no store is asked or told anything; what one sends by itself counts",
            "anybody who reaches /dev/add_payment makes payments, and proofs with them",
            "operations are open to whoever reaches 0.0.0.0")
        .anyMatch(it -> it.startsWith("SESH_PRO_BACKEND_PLATFORM_TESTING_ENV (environment)"));
  }

  @Test
  void storesThatAreNotTheRealOnesAreWarnings() {
    Map<String, String> google = new HashMap<>(GOOGLE);
    google.put("GOOGLE_API_ROOT_URL", "http://127.0.0.1:1/");
    google.put("GOOGLE_ACCEPT_TEST_PURCHASES", "1");
    Map<String, String> apple = new HashMap<>(APPLE);
    apple.put("APPLE_API_BASE_URL", "http://127.0.0.1:1/");
    apple.put("APPLE_ALLOW_CUSTOM_ROOTS", "1");
    apple.put("DEV", "1");

    assertThat(warnings(google))
        .contains(
            "Google Play is asked at http://127.0.0.1:1/ and https://pubsub.googleapis.com/, which"
                + " are not Google's own",
            "purchases of licence testers count");
    assertThat(warnings(apple))
        .contains(
            "development mode: the signing key is public, anybody can forge proofs",
            "the App Store is asked at http://127.0.0.1:1/, which is not Apple's own",
            "what the App Store sends may rest on certificates that are not Apple's",
            "the App Store is never asked, for there is no key for that: what it does not send is"
                + " not found");
  }

  @Test
  void webhooksAreToldThatAnInstanceStarts() {
    assertThat(banner(Map.of()).text())
        .startsWith("Starting up instance:\nSession Pro backend ")
        .contains("\nno configuration file\n");
  }

  private static List<String> notes(Map<String, String> variables) {
    return lines(variables, false);
  }

  private static List<String> warnings(Map<String, String> variables) {
    return lines(variables, true);
  }

  private static List<String> lines(Map<String, String> variables, boolean warnings) {
    return banner(variables).lines().stream()
        .filter(line -> line.isWarning() == warnings)
        .map(Banner.Line::text)
        .toList();
  }

  private static Banner banner(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>();
    variables.forEach((name, value) -> environment.put("SESH_PRO_BACKEND_" + name, value));
    Configuration configuration =
        SettingsReader.configuration(SettingSource.all(Map.of(), environment));
    return Banner.of(configuration, CRYPTO, ServerKey.development(CRYPTO));
  }
}
