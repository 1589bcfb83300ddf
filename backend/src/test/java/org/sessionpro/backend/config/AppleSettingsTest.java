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
import org.sessionpro.backend.config.AppleSettings.ApiKey;
import org.sessionpro.backend.config.AppleSettings.App;
import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.AppleSettings.Catalogue;
import org.sessionpro.backend.config.AppleSettings.CatchUp;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.config.AppleSettings.ProductId;
import org.sessionpro.backend.config.AppleSettings.Rate;
import org.sessionpro.backend.config.AppleSettings.Root;
import org.sessionpro.backend.config.AppleSettings.Trust;
import org.sessionpro.protocol.Plan;

/// The section `[apple]` (`decisions-stores.md` §6).
class AppleSettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "WITH_PROVIDER_APP_STORE", "1",
          "APPLE_BUNDLE_ID", "org.example.messenger",
          "APPLE_APP_ID", "1234567890");

  private static List<SettingSource> environment(Map<String, String> changes) {
    Map<String, String> variables = new HashMap<>();
    REQUIRED.forEach((name, value) -> variables.put("SESH_PRO_BACKEND_" + name, value));
    changes.forEach((name, value) -> variables.put("SESH_PRO_BACKEND_" + name, value));
    return List.of(SettingSource.environment(variables));
  }

  private static AppleSettings read(Map<String, String> changes) {
    return SettingsReader.readApple(environment(changes)).orElseThrow();
  }

  private static List<String> refused(Map<String, String> changes) {
    return catchThrowableOfType(ConfigurationError.class, () -> read(changes)).problems().stream()
        .map(it -> it.name().replace("SESH_PRO_BACKEND_", ""))
        .toList();
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new AppleSettings(
                new App(
                    new BundleId("org.example.messenger"), 1_234_567_890L, Environment.PRODUCTION),
                null,
                new Trust(List.of(), false, true),
                new Catalogue(
                    Map.of(
                        new ProductId("com.getsession.org.pro_sub_1_month"), new Plan("1m"),
                        new ProductId("com.getsession.org.pro_sub_3_months"), new Plan("3m"),
                        new ProductId("com.getsession.org.pro_sub_12_months"), new Plan("1y")),
                    Map.of()),
                URI.create("https://api.storekit.apple.com/"),
                new CatchUp(Duration.ofMinutes(5), Duration.ofDays(30)),
                new Rate(5, Duration.ofSeconds(1))));
  }

  @Test
  void theSandboxHasDefaultsOfItsOwn() {
    AppleSettings settings = read(Map.of("APPLE_SANDBOX_ENV", "1"));

    assertThat(settings.app().environment()).isEqualTo(Environment.SANDBOX);
    assertThat(settings.trust().onlineChecks()).isFalse();
    assertThat(settings.api()).isEqualTo(URI.create("https://api.storekit-sandbox.apple.com/"));
    assertThat(settings.catchUp().window()).isEqualTo(Duration.ofDays(15));
    assertThat(settings.rate()).isEqualTo(new Rate(1, Duration.ofSeconds(2)));
  }

  @Test
  void theSandboxNeedsNoNumberOfTheApp() {
    Map<String, String> variables =
        Map.of(
            "SESH_PRO_BACKEND_WITH_PROVIDER_APP_STORE", "1",
            "SESH_PRO_BACKEND_APPLE_BUNDLE_ID", "org.example.messenger",
            "SESH_PRO_BACKEND_APPLE_ENVIRONMENT", "Sandbox");

    assertThat(
            SettingsReader.readApple(List.of(SettingSource.environment(variables)))
                .orElseThrow()
                .app()
                .id())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"Production,PRODUCTION", "production,PRODUCTION", "Sandbox,SANDBOX"})
  void theEnvironmentHasAName(String name, Environment environment) {
    assertThat(read(Map.of("APPLE_ENVIRONMENT", name)).app().environment()).isEqualTo(environment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Xcode", "XCODE", "LocalTesting", "LOCAL_TESTING", "1"})
  void anEnvironmentInWhichNothingIsSignedIsRefused(String name) {
    assertThat(refused(Map.of("APPLE_ENVIRONMENT", name))).containsExactly("APPLE_ENVIRONMENT");
  }

  @Test
  void bothNamesOfTheEnvironmentTogetherAreRefused() {
    assertThat(refused(Map.of("APPLE_ENVIRONMENT", "Sandbox", "APPLE_SANDBOX_ENV", "1")))
        .containsExactly("APPLE_SANDBOX_ENV");
  }

  @Test
  void theKeyOfTheInterfaceIsReadAsAWhole() {
    assertThat(
            read(Map.of(
                    "APPLE_ISSUER_ID", "69a6de7f-03ab-47e3-e053-5b8c7c11a4d1",
                    "APPLE_KEY_ID", "2X9R4HXF34",
                    "APPLE_KEY_PATH", "/etc/pro/apple.p8"))
                .key())
        .isEqualTo(
            new ApiKey(
                "69a6de7f-03ab-47e3-e053-5b8c7c11a4d1",
                "2X9R4HXF34",
                Path.of("/etc/pro/apple.p8")));
  }

  @Test
  void aPartOfTheKeyAloneIsRefused() {
    assertThat(refused(Map.of("APPLE_KEY_ID", "2X9R4HXF34")))
        .containsExactly("APPLE_ISSUER_ID", "APPLE_KEY_PATH");
  }

  @Test
  void rootsAreFiles() {
    assertThat(read(Map.of("APPLE_ROOT_CERTIFICATES", "/a.cer, /b.pem")).trust().roots())
        .containsExactly(
            new Root(Setting.APPLE_ROOT_CERTIFICATES, Path.of("/a.cer")),
            new Root(Setting.APPLE_ROOT_CERTIFICATES, Path.of("/b.pem")));
  }

  @Test
  void theFormerNamesOfTheRootsWork() {
    assertThat(
            read(Map.of(
                    "APPLE_ROOT_CERT_PATH", "/root.cer",
                    "APPLE_ROOT_CERT_CA_G3_PATH", "/g3.cer"))
                .trust()
                .roots())
        .containsExactly(
            new Root(Setting.APPLE_ROOT_CERT_PATH, Path.of("/root.cer")),
            new Root(Setting.APPLE_ROOT_CERT_CA_G3_PATH, Path.of("/g3.cer")));
  }

  @Test
  void bothNamesOfTheRootsTogetherAreRefused() {
    assertThat(refused(Map.of("APPLE_ROOT_CERTIFICATES", "/a", "APPLE_ROOT_CERT_CA_G2_PATH", "/b")))
        .containsExactly("APPLE_ROOT_CERT_CA_G2_PATH");
  }

  @Test
  void otherRootsThanApplesAreForDevelopmentOnly() {
    assertThat(refused(Map.of("APPLE_ALLOW_CUSTOM_ROOTS", "1")))
        .containsExactly("APPLE_ALLOW_CUSTOM_ROOTS");
    assertThat(read(Map.of("APPLE_ALLOW_CUSTOM_ROOTS", "1", "DEV", "1")).trust().customRoots())
        .isTrue();
  }

  @Test
  void aMapReplacesTheDefault() {
    Catalogue catalogue =
        read(Map.of(
                "APPLE_PRODUCTS", "org.example.week=7d",
                "APPLE_ONE_TIME_PRODUCTS", "org.example.gift=30d"))
            .catalogue();

    assertThat(catalogue.subscriptions())
        .isEqualTo(Map.of(new ProductId("org.example.week"), new Plan("7d")));
    assertThat(catalogue.oneTime())
        .isEqualTo(Map.of(new ProductId("org.example.gift"), new Plan("30d")));
  }

  @ParameterizedTest
  @CsvSource({"5,5,1", "0.5,1,2", "2.5,5,2", "0.1,1,10", "50,50,1", "0.4,2,5"})
  void aRateMayBeLessThanOneInASecond(String text, int requests, int seconds) {
    assertThat(read(Map.of("APPLE_MAX_REQUESTS_PER_SECOND", text)).rate())
        .isEqualTo(new Rate(requests, Duration.ofSeconds(seconds)));
  }

  @Test
  void itIsOffUnlessSwitchedOn() {
    assertThat(SettingsReader.readApple(environment(Map.of("WITH_PROVIDER_APP_STORE", "0"))))
        .isEmpty();
    assertThat(SettingsReader.readApple(List.of(SettingSource.environment(Map.of())))).isEmpty();
  }

  @Test
  void theFormerSwitchWorks() {
    Map<String, String> variables =
        Map.of(
            "SESH_PRO_BACKEND_WITH_PLATFORM_APPLE", "1",
            "SESH_PRO_BACKEND_APPLE_BUNDLE_ID", "org.example.messenger",
            "SESH_PRO_BACKEND_APPLE_SANDBOX_ENV", "1");

    assertThat(SettingsReader.readApple(List.of(SettingSource.environment(variables)))).isPresent();
  }

  @Test
  void bothSwitchesTogetherAreRefused() {
    assertThat(refused(Map.of("WITH_PLATFORM_APPLE", "1"))).containsExactly("WITH_PLATFORM_APPLE");
  }

  @Test
  void aNameThatIsNoSettingIsRefusedThoughTheAppStoreIsOff() {
    assertThatThrownBy(() ->
            SettingsReader.read(
                List.of(SettingSource.environment(Map.of("SESH_PRO_BACKEND_APPLE_BUNDLE", "x")))))
        .hasMessageContaining("SESH_PRO_BACKEND_APPLE_BUNDLE (environment) must not be set");
  }

  @Test
  void everythingThatIsMissingIsToldAtOnceAmongOtherMistakes() {
    List<SettingSource> sources =
        List.of(
            SettingSource.environment(
                Map.of(
                    "SESH_PRO_BACKEND_WITH_PROVIDER_APP_STORE", "1",
                    "SESH_PRO_BACKEND_APPLE_KEY_ID", "2X9R4HXF34",
                    "SESH_PRO_BACKEND_APPLE_API_BASE_URL", "http://example.org",
                    "SESH_PRO_BACKEND_PORT", "many")));

    ConfigurationError error =
        catchThrowableOfType(ConfigurationError.class, () -> SettingsReader.read(sources));

    assertThat(error.problems())
        .extracting(ConfigurationError.Problem::name)
        .containsExactlyInAnyOrder(
            "SESH_PRO_BACKEND_PORT",
            "SESH_PRO_BACKEND_APPLE_BUNDLE_ID",
            "SESH_PRO_BACKEND_APPLE_APP_ID",
            "SESH_PRO_BACKEND_APPLE_ISSUER_ID",
            "SESH_PRO_BACKEND_APPLE_KEY_PATH",
            "SESH_PRO_BACKEND_APPLE_API_BASE_URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "APPLE_BUNDLE_ID|messenger",
        "APPLE_APP_ID|0",
        "APPLE_APP_ID|12a",
        "APPLE_PRODUCTS|a",
        "APPLE_ONE_TIME_PRODUCTS|a=lifetime",
        "APPLE_ONLINE_CHECKS|yes",
        "APPLE_SANDBOX_ENV|''",
        "APPLE_CATCH_UP_INTERVAL|59",
        "APPLE_CATCH_UP_WINDOW|15120001",
        "APPLE_MAX_REQUESTS_PER_SECOND|0",
        "APPLE_MAX_REQUESTS_PER_SECOND|50.1",
        "APPLE_MAX_REQUESTS_PER_SECOND|0.05",
        "APPLE_API_BASE_URL|https://example.org/",
        "APPLE_API_BASE_URL|https://api.storekit-sandbox.apple.com/"
      })
  void aMistakeIsToldByItsName(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageStartingWith("SESH_PRO_BACKEND_" + name + " (environment) must ");
  }

  @Test
  void aServerOnThisMachineMayStandForApple() {
    assertThat(read(Map.of("APPLE_API_BASE_URL", "http://127.0.0.1:8123")).api())
        .isEqualTo(URI.create("http://127.0.0.1:8123/"));
  }
}
