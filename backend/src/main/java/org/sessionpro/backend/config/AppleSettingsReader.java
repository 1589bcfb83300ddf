package org.sessionpro.backend.config;

import static org.sessionpro.backend.config.StoreValues.named;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import org.sessionpro.backend.config.SettingSource.Given;

/// Reads the section `[apple]` (`decisions-stores.md` §6).
final class AppleSettingsReader {
  private static final String BUNDLE = "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";
  private static final String NUMBER = "[1-9][0-9]{0,17}";
  private static final String ID = "[A-Za-z0-9-]{1,100}";

  /// Tenths, of which the largest are 50.
  private static final Pattern RATE = Pattern.compile("([0-9]{1,2})(?:\\.([0-9]))?");

  private static final int MAX_RATE = 50;
  private static final int TENTHS = 10;

  /// Stands where a number is missing that the operator has been told of.
  private static final long NO_APP = 1;

  private static final List<Setting> FORMER_ROOTS =
      List.of(
          Setting.APPLE_ROOT_CERT_PATH,
          Setting.APPLE_ROOT_CERT_CA_G2_PATH,
          Setting.APPLE_ROOT_CERT_CA_G3_PATH);

  private static final List<Setting> KEY =
      List.of(Setting.APPLE_ISSUER_ID, Setting.APPLE_KEY_ID, Setting.APPLE_KEY_PATH);

  private final SettingsReader reader;
  private final StoreValues values;
  private final boolean dev;

  /// @param reader that finds values and gathers problems
  AppleSettingsReader(SettingsReader reader, boolean dev) {
    this.reader = reader;
    this.values = new StoreValues(reader, "the App Store", dev);
    this.dev = dev;
  }

  /// Empty while the App Store is switched off.
  Optional<AppleSettings> settings() {
    if (!values.isEnabled(Setting.APPLE, Setting.APPLE_PLATFORM)) {
      return Optional.empty();
    }
    Environment environment = environment();
    return Optional.of(
        new AppleSettings(
            app(environment),
            key(),
            trust(environment),
            catalogue(),
            values.root(Setting.APPLE_API_BASE_URL, environment.api(), "Apple"),
            catchUp(environment),
            reader.value(
                Setting.APPLE_MAX_REQUESTS_PER_SECOND,
                AppleSettingsReader::rate,
                Rate.unset(environment))));
  }

  private Environment environment() {
    Optional<Given> given = reader.either(Setting.APPLE_ENVIRONMENT, Setting.APPLE_SANDBOX_ENV);
    boolean byName = given.equals(reader.given(Setting.APPLE_ENVIRONMENT));
    return reader.value(
        given,
        text -> byName ? environment(text) : sandbox(SettingsReader.zeroOrOne(text)),
        Environment.PRODUCTION);
  }

  private static Environment sandbox(boolean sandbox) {
    return sandbox ? Environment.SANDBOX : Environment.PRODUCTION;
  }

  /// Apple has others, in which nothing is signed.
  private static Environment environment(String text) {
    return Arrays.stream(Environment.values())
        .filter(it -> it.text().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be Production or Sandbox"));
  }

  private App app(Environment environment) {
    BundleId bundle =
        new BundleId(
            values.required(
                Setting.APPLE_BUNDLE_ID, named(BUNDLE, "must be the bundle id of an app"), ""));
    Optional<Given> id = reader.given(Setting.APPLE_APP_ID);
    if (environment == Environment.PRODUCTION && id.isEmpty()) {
      reader.miss(
          Setting.APPLE_APP_ID,
          "must be set while the App Store is switched on, outside of its sandbox");
    }
    long number =
        reader.value(
            id,
            text -> Long.parseLong(named(NUMBER, "must be the number of an app").apply(text)),
            NO_APP);
    return new App(
        bundle, environment == Environment.SANDBOX && id.isEmpty() ? null : number, environment);
  }

  private @Nullable ApiKey key() {
    if (KEY.stream().allMatch(it -> reader.given(it).isEmpty())) {
      return null;
    }
    KEY.stream()
        .filter(it -> reader.given(it).isEmpty())
        .forEach(
            it -> reader.miss(it, "must be set where another part of the key of Apple's API is"));
    String rule = "must be what App Store Connect shows beside the key";
    return new ApiKey(
        reader.value(Setting.APPLE_ISSUER_ID, named(ID, rule), ""),
        reader.value(Setting.APPLE_KEY_ID, named(ID, rule), ""),
        reader.value(Setting.APPLE_KEY_PATH, SettingsReader::path, Path.of("")));
  }

  private Trust trust(Environment environment) {
    boolean custom =
        reader.value(Setting.APPLE_ALLOW_CUSTOM_ROOTS, SettingsReader::zeroOrOne, false);
    if (custom && !dev) {
      reader
          .given(Setting.APPLE_ALLOW_CUSTOM_ROOTS)
          .ifPresent(it -> reader.refuse(it, "must not be 1 outside development mode"));
    }
    return new Trust(
        roots(),
        custom,
        reader.value(
            Setting.APPLE_ONLINE_CHECKS,
            SettingsReader::zeroOrOne,
            environment == Environment.PRODUCTION));
  }

  /// By the names of the first source that has any: those of earlier servers are overridden one by one.
  private List<Root> roots() {
    for (SettingSource source : reader.sources()) {
      Optional<Given> given = source.find(Setting.APPLE_ROOT_CERTIFICATES);
      List<Given> former = FORMER_ROOTS.stream().flatMap(it -> source.find(it).stream()).toList();
      if (given.isPresent()) {
        former.forEach(it ->
            reader.refuse(
                it, "must not be set beside " + given.get().name() + ", which replaces it"));
        return reader.value(given, SettingsReader::paths, List.<Path>of()).stream()
            .map(it -> new Root(Setting.APPLE_ROOT_CERTIFICATES, it))
            .toList();
      }
      if (!former.isEmpty()) {
        return formerRoots();
      }
    }
    return List.of();
  }

  private List<Root> formerRoots() {
    List<Root> roots = new ArrayList<>();
    for (Setting setting : FORMER_ROOTS) {
      reader
          .value(setting, text -> Stream.of(SettingsReader.path(text)), Stream.<Path>empty())
          .forEach(it -> roots.add(new Root(setting, it)));
    }
    return roots;
  }

  private Catalogue catalogue() {
    return new Catalogue(
        reader.value(
            Setting.APPLE_PRODUCTS,
            text -> StoreValues.plans(text, ProductId::new),
            Catalogue.defaultSubscriptions()),
        reader.value(
            Setting.APPLE_ONE_TIME_PRODUCTS,
            text -> StoreValues.oneTimeProducts(text, ProductId::new),
            Map.of()));
  }

  private CatchUp catchUp(Environment environment) {
    return new CatchUp(
        values.seconds(
            Setting.APPLE_CATCH_UP_INTERVAL,
            CatchUp.MIN_INTERVAL,
            CatchUp.MAX_INTERVAL,
            CatchUp.DEFAULT_INTERVAL),
        values.seconds(
            Setting.APPLE_CATCH_UP_WINDOW,
            CatchUp.MIN_WINDOW,
            CatchUp.reach(environment),
            CatchUp.defaultWindow(environment)));
  }

  /// In whole requests within as few seconds as that takes.
  private static Rate rate(String text) {
    Matcher number = RATE.matcher(text);
    int tenths =
        number.matches()
            ? TENTHS * Integer.parseInt(number.group(1))
                + (number.group(2) == null ? 0 : Integer.parseInt(number.group(2)))
            : 0;
    if (tenths < 1 || tenths > TENTHS * MAX_RATE) {
      throw new IllegalArgumentException("must be a number from 0.1 to " + MAX_RATE);
    }
    int seconds = TENTHS / greatestDivisor(tenths, TENTHS);
    return new Rate(tenths * seconds / TENTHS, Duration.ofSeconds(seconds));
  }

  private static int greatestDivisor(int one, int other) {
    return other == 0 ? one : greatestDivisor(other, one % other);
  }
}
