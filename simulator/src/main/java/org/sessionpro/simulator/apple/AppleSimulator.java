package org.sessionpro.simulator.apple;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.Ticker;
import org.sessionpro.simulator.VirtualClock;
import org.sessionpro.simulator.apple.api.ApiKey;
import org.sessionpro.simulator.apple.api.AppleService;
import org.sessionpro.simulator.apple.api.NotificationHistory;
import org.sessionpro.simulator.apple.delivery.Delivery;
import org.sessionpro.simulator.apple.document.Documents;
import org.sessionpro.simulator.apple.pki.Ocsp;
import org.sessionpro.simulator.apple.pki.Pki;
import org.sessionpro.simulator.apple.script.AppleStage;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.LoopbackServer;

/// An App Store of one's own, with its Server API, its certificates and their responder. Usable in the
/// same process, through [#desk()] and a [org.sessionpro.simulator.apple.delivery.Webhook], or over
/// HTTP, through [#serve(int, Map)].
public final class AppleSimulator {
  private final VirtualClock clock;
  private final AppleKeys keys;
  private final Documents documents;
  private final Delivery delivery;
  private final AppStore store;
  private final AppleService service;
  private final FrontDesk desk;

  /// A simulator with keys of its own, or with those that are kept where `settings` say.
  ///
  /// @param clock the simulated time
  /// @param system the system's clock, by which bearers and certificates live
  public AppleSimulator(AppleSettings settings, VirtualClock clock, InstantSource system) {
    this(settings, clock, system, keys(settings.keys(), system));
  }

  /// A simulator with known keys.
  ///
  /// @param clock the simulated time
  /// @param system the system's clock, by which bearers live
  public AppleSimulator(
      AppleSettings settings, VirtualClock clock, InstantSource system, AppleKeys keys) {
    this.clock = clock;
    this.keys = keys;
    this.documents = new Documents(settings.catalogue(), settings.environment(), keys.pki());
    this.delivery = new Delivery(documents, settings.seed());
    this.store = new AppStore(settings.catalogue(), clock, delivery, settings.seed());
    this.service =
        new AppleService(
            new AppleService.Parts(
                store, delivery.log(), documents, keys.api(), new Ocsp(keys.pki()), clock, system));
    this.desk = new FrontDesk(service, clock);
  }

  private static AppleKeys keys(@Nullable Path kept, InstantSource system) {
    return kept == null ? AppleKeys.generate(system) : AppleKeys.open(kept, system);
  }

  public VirtualClock clock() {
    return clock;
  }

  public AppStore store() {
    return store;
  }

  public Delivery delivery() {
    return delivery;
  }

  public Documents documents() {
    return documents;
  }

  public Pki pki() {
    return keys.pki();
  }

  /// What lets a server in.
  public ApiKey key() {
    return keys.api();
  }

  /// What it tells of the past.
  public NotificationHistory notifications() {
    return service.notifications();
  }

  /// Where requests are answered, broken and counted.
  public FrontDesk desk() {
    return desk;
  }

  /// Does everything that is due by now, and delivers what there is to tell.
  public void catchUp() {
    store.catchUp();
    delivery.deliver(clock.instant());
  }

  /// A stage for scripts to play on.
  public AppleStage stage() {
    return new AppleStage(this);
  }

  /// Serves it on this machine, until what this returns is closed. Notifications go where
  /// [Delivery#deliverTo] says.
  ///
  /// @param port 0 is any free one
  /// @param others further desks, by the beginning of their paths
  /// @throws UncheckedIOException if the port is taken
  public Served serve(int port, Map<String, FrontDesk> others) {
    Map<String, FrontDesk> desks = new HashMap<>(others);
    desks.put("/", desk);
    LoopbackServer server = LoopbackServer.start(port, desks);
    keys.serveAt(server.url());
    return new Served(server, Ticker.start(this::catchUp));
  }

  /// A simulator that is being served.
  public static final class Served implements AutoCloseable {
    private final LoopbackServer server;
    private final Ticker ticker;

    private Served(LoopbackServer server, Ticker ticker) {
      this.server = server;
      this.ticker = ticker;
    }

    /// Where it is, without a slash at the end.
    public URI url() {
      return server.url();
    }

    @Override
    public void close() {
      ticker.close();
      server.close();
    }
  }
}
