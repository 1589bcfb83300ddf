package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.Endpoints;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.config.GoogleSettings.Queue;
import org.sessionpro.protocol.Plan;

/// The section `[google]` (`decisions-stores.md` §6).
class GoogleSettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "WITH_PROVIDER_GOOGLE_PLAY", "1",
          "GOOGLE_PACKAGE_NAME", "org.example.messenger",
          "GOOGLE_CLOUD_PROJECT_ID", "some-project",
          "GOOGLE_CLOUD_SUBSCRIPTION_NAME", "play-sub",
          "GOOGLE_SUBSCRIPTION_PRODUCT_ID", "session_pro",
          "GOOGLE_CLOUD_APP_CREDENTIALS_PATH", "/etc/pro/google.json");

  private static List<SettingSource> environment(Map<String, String> changes) {
    Map<String, String> variables = new HashMap<>();
    REQUIRED.forEach((name, value) -> variables.put("SESH_PRO_BACKEND_" + name, value));
    changes.forEach((name, value) -> variables.put("SESH_PRO_BACKEND_" + name, value));
    return List.of(SettingSource.environment(variables));
  }

  private static GoogleSettings read(Map<String, String> changes) {
    return SettingsReader.readGoogle(environment(changes)).orElseThrow();
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new GoogleSettings(
                new PackageName("org.example.messenger"),
                new Queue("some-project", "play-sub"),
                Path.of("/etc/pro/google.json"),
                new Catalogue(
                    new ProductId("session_pro"),
                    Map.of(
                        new BasePlanId("session-pro-1-month"), new Plan("1m"),
                        new BasePlanId("session-pro-3-months"), new Plan("3m"),
                        new BasePlanId("session-pro-12-months"), new Plan("1y")),
                    Map.of(),
                    false),
                Endpoints.GOOGLE,
                Duration.ofHours(6),
                10));
    assertThat(read(Map.of()).queue().name())
        .isEqualTo("projects/some-project/subscriptions/play-sub");
  }

  @Test
  void aNameThatIsNoSettingIsRefusedAndNamed() {
    assertThatThrownBy(() -> read(Map.of("GOOGLE_BASEPLANS", "secret=1m")))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("SESH_PRO_BACKEND_GOOGLE_BASEPLANS (environment) must not be set")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aNameThatIsNoSettingIsRefusedThoughGoogleIsOff() {
    assertThatThrownBy(() ->
            SettingsReader.read(
                List.of(
                    SettingSource.environment(Map.of("SESH_PRO_BACKEND_GOOGLE_CREDENTIALS", "x")))))
        .hasMessageContaining("SESH_PRO_BACKEND_GOOGLE_CREDENTIALS");
  }

  @Test
  void aMapReplacesTheDefault() {
    Catalogue catalogue =
        read(Map.of(
                "GOOGLE_BASE_PLANS", "six=6m, long=400d",
                "GOOGLE_ONE_TIME_PRODUCTS", "gift=30d,month=1m",
                "GOOGLE_ACCEPT_TEST_PURCHASES", "1"))
            .catalogue();

    assertThat(catalogue.basePlans())
        .isEqualTo(
            Map.of(
                new BasePlanId("six"), new Plan("6m"), new BasePlanId("long"), new Plan("400d")));
    assertThat(catalogue.oneTime())
        .isEqualTo(
            Map.of(new ProductId("gift"), new Plan("30d"), new ProductId("month"), new Plan("1m")));
    assertThat(catalogue.acceptsTestPurchases()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1m,30", "3m,90", "1y,365", "7d,7"})
  void aPieceOfAOneTimeProductRunsAsLongAsItsPlanSays(String plan, int days) {
    assertThat(Catalogue.length(new Plan(plan))).isEqualTo(Duration.ofDays(days));
  }

  @Test
  void itIsOffUnlessSwitchedOn() {
    assertThat(SettingsReader.readGoogle(List.of(SettingSource.environment(Map.of())))).isEmpty();
    assertThat(SettingsReader.readGoogle(environment(Map.of("WITH_PROVIDER_GOOGLE_PLAY", "0"))))
        .isEmpty();
  }

  @Test
  void theFormerSwitchWorks() {
    Map<String, String> variables = new HashMap<>();
    REQUIRED.forEach((name, value) -> variables.put("SESH_PRO_BACKEND_" + name, value));
    variables.remove("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY");
    variables.put("SESH_PRO_BACKEND_WITH_PLATFORM_GOOGLE", "1");

    assertThat(SettingsReader.readGoogle(List.of(SettingSource.environment(variables))))
        .isPresent();
  }

  @Test
  void bothSwitchesTogetherAreRefused() {
    assertThatThrownBy(() -> read(Map.of("WITH_PLATFORM_GOOGLE", "1")))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("WITH_PLATFORM_GOOGLE")
        .hasMessageContaining("they are the same");
  }

  @Test
  void everythingThatIsMissingIsToldAtOnceAmongOtherMistakes() {
    List<SettingSource> sources =
        List.of(
            SettingSource.environment(
                Map.of(
                    "SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY", "1",
                    "SESH_PRO_BACKEND_GOOGLE_API_ROOT_URL", "http://example.org",
                    "SESH_PRO_BACKEND_PORT", "many")));

    ConfigurationError error =
        catchThrowableOfType(ConfigurationError.class, () -> SettingsReader.read(sources));

    assertThat(error.problems())
        .extracting(ConfigurationError.Problem::name)
        .containsExactlyInAnyOrder(
            "SESH_PRO_BACKEND_PORT",
            "SESH_PRO_BACKEND_GOOGLE_PACKAGE_NAME",
            "SESH_PRO_BACKEND_GOOGLE_CLOUD_PROJECT_ID",
            "SESH_PRO_BACKEND_GOOGLE_CLOUD_SUBSCRIPTION_NAME",
            "SESH_PRO_BACKEND_GOOGLE_SUBSCRIPTION_PRODUCT_ID",
            "SESH_PRO_BACKEND_GOOGLE_CLOUD_APP_CREDENTIALS_PATH",
            "SESH_PRO_BACKEND_GOOGLE_API_ROOT_URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GOOGLE_PACKAGE_NAME|messenger",
        "GOOGLE_CLOUD_PROJECT_ID|a b",
        "GOOGLE_CLOUD_SUBSCRIPTION_NAME|projects/x/subscriptions/y",
        "GOOGLE_SUBSCRIPTION_PRODUCT_ID|pro/1",
        "GOOGLE_BASE_PLANS|a",
        "GOOGLE_BASE_PLANS|a=1m,a=3m",
        "GOOGLE_BASE_PLANS|a=month",
        "GOOGLE_BASE_PLANS|a=1m,",
        "GOOGLE_ONE_TIME_PRODUCTS|a=6m",
        "GOOGLE_ONE_TIME_PRODUCTS|a=lifetime",
        "GOOGLE_ACCEPT_TEST_PURCHASES|yes",
        "GOOGLE_ACCEPT_TEST_PURCHASES|''",
        "GOOGLE_VOID_LIST_INTERVAL|-1",
        "GOOGLE_MAX_REQUESTS_PER_SECOND|0",
        "GOOGLE_MAX_REQUESTS_PER_SECOND|51",
        "GOOGLE_API_ROOT_URL|https://example.org/",
        "GOOGLE_API_ROOT_URL|ftp://localhost/",
        "GOOGLE_PUBSUB_ROOT_URL|http://user@localhost/",
        "GOOGLE_PUBSUB_ROOT_URL|::"
      })
  void aMistakeIsToldByItsName(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageStartingWith("SESH_PRO_BACKEND_" + name + " (environment) must ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8123", "http://localhost:1/", "http://[::1]:9"})
  void aServerOnThisMachineMayStandForGoogle(String root) {
    assertThat(read(Map.of("GOOGLE_API_ROOT_URL", root)).endpoints().play())
        .isEqualTo(URI.create(root.endsWith("/") ? root : root + "/"));
  }

  @Test
  void inDevelopmentModeSoMayAnySafeOne() {
    assertThat(
            read(Map.of("DEV", "1", "GOOGLE_PUBSUB_ROOT_URL", "https://example.org"))
                .endpoints()
                .pubSub())
        .isEqualTo(URI.create("https://example.org/"));
  }
}
