package org.sessionpro.backend.store.google;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.Endpoints;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.config.GoogleSettings.Queue;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.PubSubApi;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;

/// A simulated Google behind a real socket, and our way to it. Time-outs are short, but for those of
/// the answers that must come.
final class GoogleRig implements AutoCloseable {
  static final Instant T = Instant.parse("2026-03-04T10:00:03.412Z");
  static final String ALICE = "a1".repeat(32);

  /// Shared, for its keys take long to make.
  private static final org.sessionpro.simulator.google.api.ServiceAccount ACCOUNT =
      new org.sessionpro.simulator.google.api.ServiceAccount("server@example.org", "key-1");

  final SimulatedClock clock = new SimulatedClock(T);
  final GoogleSimulator simulator;
  final GoogleSimulator.Served served;
  final GoogleSettings settings;
  final GoogleClients clients;

  GoogleRig(Path folder, Quirk... quirks) {
    simulator =
        new GoogleSimulator(
            org.sessionpro.simulator.google.GoogleSettings.ofSeed(1).with(Set.of(quirks)),
            clock,
            InstantSource.system(),
            ACCOUNT);
    served = simulator.serve(0, Map.of());
    ConfigurationFiles.write(folder, served.url(), ACCOUNT);
    settings = settings(folder.resolve(ConfigurationFiles.CREDENTIALS));
    clients =
        GoogleClients.open(
            settings,
            new GoogleClients.Limits(
                Duration.ofSeconds(5), Duration.ofMillis(1_500), Duration.ofSeconds(3)),
            clock);
  }

  private GoogleSettings settings(Path credentials) {
    URI root = URI.create(served.url() + "/");
    return new GoogleSettings(
        new PackageName(SessionCatalogue.PACKAGE.value()),
        new Queue(PubSubApi.PROJECT, PubSubApi.SUBSCRIPTION),
        credentials,
        new Catalogue(
            new ProductId(SessionCatalogue.SESSION_PRO.value()),
            Map.of(new BasePlanId(SessionCatalogue.ONE_MONTH.value()), new Plan("1m")),
            Map.of(new ProductId(SessionCatalogue.CREDIT.value()), new Plan("30d")),
            false),
        new Endpoints(root, root),
        Duration.ofHours(6),
        10);
  }

  GoogleSettings settingsWith(Endpoints endpoints) {
    return new GoogleSettings(
        settings.packageName(),
        settings.queue(),
        settings.credentials(),
        settings.catalogue(),
        endpoints,
        settings.voidListInterval(),
        settings.maxRequestsPerSecond());
  }

  PlayStore store() {
    return simulator.store();
  }

  PurchaseToken buy() {
    return buy(ExternalIds.ofAccount(ALICE)).token();
  }

  Subscription buy(@Nullable ExternalIds ids) {
    return store()
        .buy(
            Purchase.of(
                new PlayAccount("buyer"),
                store().catalogue().sale(SessionCatalogue.ONE_MONTH),
                ids));
  }

  /// The next `times` requests of that kind go wrong.
  void fail(String endpoint, int times, Effect effect) {
    simulator.desk().faults().add(new Fault(endpoint, null, times, effect));
  }

  void refuse(String endpoint, int times, int status, String reason, @Nullable Duration after) {
    fail(endpoint, times, new Effect.Refused(status, reason, after));
  }

  /// How often that was asked for.
  int calls(String endpoint) {
    return simulator.desk().calls().since(0, endpoint, null).size();
  }

  @Override
  public void close() {
    clients.close();
    served.close();
  }
}
