package org.sessionpro.backend.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.Endpoints;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.config.GoogleSettings.Queue;
import org.sessionpro.backend.config.SettingSource.Given;
import org.sessionpro.protocol.Plan;

/// Reads the section `[google]` (`decisions-stores.md` §6).
final class GoogleSettingsReader {
  private static final String APP = "[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+";
  private static final String CLOUD_NAME = "[A-Za-z][A-Za-z0-9._~+%:-]{2,254}";
  private static final String STORE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,149}";

  private final SettingsReader reader;
  private final boolean dev;

  /// @param reader that finds values and gathers problems
  GoogleSettingsReader(SettingsReader reader, boolean dev) {
    this.reader = reader;
    this.dev = dev;
  }

  /// Empty while Google Play is switched off.
  Optional<GoogleSettings> settings() {
    if (!isEnabled()) {
      return Optional.empty();
    }
    return Optional.of(
        new GoogleSettings(
            new PackageName(
                required(
                    Setting.GOOGLE_PACKAGE_NAME,
                    named(APP, "must be the name of an Android app"),
                    "")),
            new Queue(
                required(
                    Setting.GOOGLE_CLOUD_PROJECT_ID,
                    named(CLOUD_NAME, "must be the id of a Google Cloud project"),
                    ""),
                required(
                    Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME,
                    named(
                        CLOUD_NAME, "must be the name of a Pub/Sub subscription, without its path"),
                    "")),
            required(Setting.GOOGLE_CLOUD_APP_CREDENTIALS_PATH, SettingsReader::path, Path.of("")),
            catalogue(),
            new Endpoints(
                root(Setting.GOOGLE_API_ROOT_URL, Endpoints.GOOGLE.play()),
                root(Setting.GOOGLE_PUBSUB_ROOT_URL, Endpoints.GOOGLE.pubSub())),
            Duration.ofSeconds(
                reader.integer(
                    Setting.GOOGLE_VOID_LIST_INTERVAL,
                    0,
                    (int) GoogleSettings.MAX_VOID_LIST_INTERVAL.toSeconds(),
                    (int) GoogleSettings.DEFAULT_VOID_LIST_INTERVAL.toSeconds())),
            reader.integer(
                Setting.GOOGLE_MAX_REQUESTS_PER_SECOND,
                1,
                GoogleSettings.MAX_REQUESTS_PER_SECOND,
                GoogleSettings.DEFAULT_REQUESTS_PER_SECOND)));
  }

  private boolean isEnabled() {
    Optional<Given> present = reader.given(Setting.GOOGLE);
    Optional<Given> former = reader.given(Setting.GOOGLE_PLATFORM);
    if (present.isPresent() && former.isPresent()) {
      reader.refuse(
          former.get(), "must not be set beside " + present.get().name() + ": they are the same");
    }
    return reader.value(present.or(() -> former), SettingsReader::zeroOrOne, false);
  }

  private Catalogue catalogue() {
    ProductId subscription =
        new ProductId(
            required(
                Setting.GOOGLE_SUBSCRIPTION_PRODUCT_ID,
                named(STORE_NAME, "must be the id of a product"),
                ""));
    return new Catalogue(
        subscription,
        reader.value(
            Setting.GOOGLE_BASE_PLANS,
            text -> plans(text, BasePlanId::new),
            Catalogue.defaultBasePlans()),
        reader.value(
            Setting.GOOGLE_ONE_TIME_PRODUCTS, GoogleSettingsReader::oneTimeProducts, Map.of()),
        reader.value(Setting.GOOGLE_ACCEPT_TEST_PURCHASES, SettingsReader::zeroOrOne, false));
  }

  private <T> T required(Setting setting, Function<String, T> rule, T unset) {
    if (reader.given(setting).isEmpty()) {
      reader.miss(setting, "must be set while Google Play is switched on");
    }
    return reader.value(setting, rule, unset);
  }

  private static Function<String, String> named(String pattern, String rule) {
    return text -> {
      if (!text.matches(pattern)) {
        throw new IllegalArgumentException(rule);
      }
      return text;
    };
  }

  private static Map<ProductId, Plan> oneTimeProducts(String text) {
    Map<ProductId, Plan> products = plans(text, ProductId::new);
    products.values().forEach(Catalogue::length);
    return products;
  }

  private static <K> Map<K, Plan> plans(String text, Function<String, K> type) {
    String rule =
        "must be a list of id=plan, separated by commas, each id once, such as a=1m,b=30d";
    Map<K, Plan> plans = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      String[] parts = entry.strip().split("=", -1);
      boolean wellFormed = parts.length == 2 && parts[0].matches(STORE_NAME);
      Plan plan =
          Plan.ofCode(wellFormed ? parts[1] : "")
              .orElseThrow(() -> new IllegalArgumentException(rule));
      if (plans.put(type.apply(parts[0]), plan) != null) {
        throw new IllegalArgumentException(rule);
      }
    }
    return plans;
  }

  /// Elsewhere than Google only this machine, or any safe place in development mode.
  private URI root(Setting setting, URI google) {
    return reader.value(
        setting,
        text -> {
          URI root = uri(text.endsWith("/") ? text : text + "/");
          boolean allowed =
              root.equals(google) || Endpoints.isLocal(root) || (dev && Endpoints.isSafe(root));
          if (!allowed || root.getUserInfo() != null || root.getQuery() != null) {
            throw new IllegalArgumentException(
                dev
                    ? "must be an HTTPS URL, or one on this machine"
                    : "must be Google's own URL, or one on this machine");
          }
          return root;
        },
        google);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("must be a URL", malformed);
    }
  }
}
