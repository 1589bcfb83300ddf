package org.sessionpro.backend.store.apple;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.App;
import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.AppleSettings.Catalogue;
import org.sessionpro.backend.config.AppleSettings.CatchUp;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.config.AppleSettings.Rate;
import org.sessionpro.backend.config.AppleSettings.Root;
import org.sessionpro.backend.config.AppleSettings.Trust;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.store.BoundedHttp;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.api.ApiKey;
import org.sessionpro.simulator.apple.catalogue.ProductId;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;
import org.sessionpro.simulator.apple.control.ConfigurationFiles;

/// Our real way to Apple, but for the sockets: it leads to a simulator in this process.
public final class AppleWithoutSockets {
  private static final URI NOWHERE = URI.create("http://localhost");
  private static final int MAX_BODY = 6 << 20;

  private final AppleSettings settings;
  private final SignedData signed;
  private final AppStoreApi api;

  /// @param folder for the root certificate and the key
  public AppleWithoutSockets(AppleSimulator apple, Path folder, InstantSource clock) {
    ConfigurationFiles.write(folder, NOWHERE, apple);
    AppleSettings.ApiKey key =
        new AppleSettings.ApiKey(ApiKey.ISSUER, ApiKey.ID, folder.resolve(ApiKey.fileName()));
    this.settings = settings(folder.resolve(ConfigurationFiles.ROOT), key);
    this.signed = new AppleSignedData(settings, RootCertificates.of(settings), clock);
    BoundedHttp http =
        new BoundedHttp(new DeskClient(apple.desk()), Duration.ofSeconds(15), MAX_BODY);
    this.api = new AppleServerApi(new AppleTransport(settings, key, http), clock);
  }

  private static AppleSettings settings(Path root, AppleSettings.ApiKey key) {
    return new AppleSettings(
        new App(
            new BundleId(SessionCatalogue.BUNDLE.value()),
            SessionCatalogue.APP_ID,
            Environment.PRODUCTION),
        key,
        new Trust(List.of(new Root(Setting.APPLE_ROOT_CERT_PATH, root)), true, false),
        new Catalogue(
            mapped(SessionCatalogue.mappedPlans()), mapped(SessionCatalogue.mappedProducts())),
        NOWHERE.resolve("/"),
        new CatchUp(Duration.ofMinutes(5), Duration.ofDays(30)),
        new Rate(50, Duration.ofSeconds(1)));
  }

  private static Map<AppleSettings.ProductId, Plan> mapped(Map<ProductId, Plan> plans) {
    return plans.entrySet().stream()
        .collect(
            Collectors.toMap(
                one -> new AppleSettings.ProductId(one.getKey().value()), Map.Entry::getValue));
  }

  public AppleSettings settings() {
    return settings;
  }

  public SignedData signed() {
    return signed;
  }

  public AppStoreApi api() {
    return api;
  }

  public Products products() {
    return new Products(
        named(settings.catalogue().subscriptions()), named(settings.catalogue().oneTime()));
  }

  private static Map<TransactionInfo.ProductId, Plan> named(
      Map<AppleSettings.ProductId, Plan> plans) {
    return plans.entrySet().stream()
        .collect(
            Collectors.toMap(
                one -> new TransactionInfo.ProductId(one.getKey().value()), Map.Entry::getValue));
  }
}
