package org.sessionpro.backend.config;

import static org.sessionpro.backend.config.StoreValues.named;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.Endpoints;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.config.GoogleSettings.Queue;

/// Reads the section `[google]` (`decisions-stores.md` §6).
final class GoogleSettingsReader {
  private static final String APP = "[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+";
  private static final String CLOUD_NAME = "[A-Za-z][A-Za-z0-9._~+%:-]{2,254}";
  private static final String COMPANY = "Google";

  private final SettingsReader reader;
  private final StoreValues values;

  /// @param reader that finds values and gathers problems
  GoogleSettingsReader(SettingsReader reader, boolean dev) {
    this.reader = reader;
    this.values = new StoreValues(reader, "Google Play", dev);
  }

  /// Empty while Google Play is switched off.
  Optional<GoogleSettings> settings() {
    if (!values.isEnabled(Setting.GOOGLE, Setting.GOOGLE_PLATFORM)) {
      return Optional.empty();
    }
    return Optional.of(
        new GoogleSettings(
            new PackageName(
                values.required(
                    Setting.GOOGLE_PACKAGE_NAME,
                    named(APP, "must be the name of an Android app"),
                    "")),
            queue(),
            values.required(
                Setting.GOOGLE_CLOUD_APP_CREDENTIALS_PATH, SettingsReader::path, Path.of("")),
            catalogue(),
            new Endpoints(
                values.root(Setting.GOOGLE_API_ROOT_URL, Endpoints.GOOGLE.play(), COMPANY),
                values.root(Setting.GOOGLE_PUBSUB_ROOT_URL, Endpoints.GOOGLE.pubSub(), COMPANY)),
            values.seconds(
                Setting.GOOGLE_VOID_LIST_INTERVAL,
                Duration.ZERO,
                GoogleSettings.MAX_VOID_LIST_INTERVAL,
                GoogleSettings.DEFAULT_VOID_LIST_INTERVAL),
            reader.integer(
                Setting.GOOGLE_MAX_REQUESTS_PER_SECOND,
                1,
                GoogleSettings.MAX_REQUESTS_PER_SECOND,
                GoogleSettings.DEFAULT_REQUESTS_PER_SECOND)));
  }

  private Queue queue() {
    return new Queue(
        values.required(
            Setting.GOOGLE_CLOUD_PROJECT_ID,
            named(CLOUD_NAME, "must be the id of a Google Cloud project"),
            ""),
        values.required(
            Setting.GOOGLE_CLOUD_SUBSCRIPTION_NAME,
            named(CLOUD_NAME, "must be the name of a Pub/Sub subscription, without its path"),
            ""));
  }

  private Catalogue catalogue() {
    ProductId subscription =
        new ProductId(
            values.required(Setting.GOOGLE_SUBSCRIPTION_PRODUCT_ID, StoreValues.product(), ""));
    return new Catalogue(
        subscription,
        reader.value(
            Setting.GOOGLE_BASE_PLANS,
            text -> StoreValues.plans(text, BasePlanId::new),
            Catalogue.defaultBasePlans()),
        reader.value(
            Setting.GOOGLE_ONE_TIME_PRODUCTS,
            text -> StoreValues.oneTimeProducts(text, ProductId::new),
            Map.of()),
        reader.value(Setting.GOOGLE_ACCEPT_TEST_PURCHASES, SettingsReader::zeroOrOne, false));
  }
}
