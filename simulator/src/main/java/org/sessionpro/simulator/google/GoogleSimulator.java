package org.sessionpro.simulator.google;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.sessionpro.simulator.Ticker;
import org.sessionpro.simulator.VirtualClock;
import org.sessionpro.simulator.google.api.AccessTokens;
import org.sessionpro.simulator.google.api.GoogleService;
import org.sessionpro.simulator.google.api.ReadLog;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.pubsub.Delivery;
import org.sessionpro.simulator.google.pubsub.MessageQueue;
import org.sessionpro.simulator.google.script.GoogleStage;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.LoopbackServer;

/// A Google Play of one's own, with its Pub/Sub and its OAuth server. Usable in the same process,
/// through [#desk()], or over HTTP, through [#serve(int, Map)].
public final class GoogleSimulator {
  private final VirtualClock clock;
  private final PlayStore store;
  private final MessageQueue queue;
  private final Delivery delivery;
  private final AccessTokens tokens;
  private final ReadLog reads = new ReadLog();
  private final FrontDesk desk;
  private final AtomicReference<URI> url = new AtomicReference<>(URI.create("http://localhost"));

  /// A simulator with a service account of its own.
  ///
  /// @param clock the simulated time
  /// @param system the system's clock, by which OAuth lives
  public GoogleSimulator(GoogleSettings settings, VirtualClock clock, InstantSource system) {
    this(
        settings,
        clock,
        system,
        new ServiceAccount("server@simulated.iam.example", "simulated-key-1"));
  }

  /// A simulator that lets a known service account in.
  ///
  /// @param clock the simulated time
  /// @param system the system's clock, by which OAuth lives
  public GoogleSimulator(
      GoogleSettings settings, VirtualClock clock, InstantSource system, ServiceAccount account) {
    this.clock = clock;
    this.queue = new MessageQueue(clock);
    this.delivery = new Delivery(settings.catalogue().packageName(), queue, settings.seed());
    this.store =
        new PlayStore(settings.catalogue(), clock, delivery, settings.quirks(), settings.seed());
    this.tokens = new AccessTokens(account, system);
    this.desk =
        new FrontDesk(
            new GoogleService(
                new GoogleService.Parts(store, queue, tokens, reads, clock),
                new GoogleService.Manner(settings.quirks(), settings.seed(), settings.pullWait()),
                url::get),
            clock);
  }

  public VirtualClock clock() {
    return clock;
  }

  public PlayStore store() {
    return store;
  }

  public MessageQueue queue() {
    return queue;
  }

  public Delivery delivery() {
    return delivery;
  }

  public AccessTokens tokens() {
    return tokens;
  }

  /// What a server has been shown.
  public ReadLog reads() {
    return reads;
  }

  /// Where requests are answered, broken and counted.
  public FrontDesk desk() {
    return desk;
  }

  /// A stage for scripts to play on.
  public GoogleStage stage() {
    return new GoogleStage(store, delivery, queue, tokens, desk);
  }

  /// Serves it on this machine, until what this returns is closed.
  ///
  /// @param port 0 is any free one
  /// @param others further desks, by the beginning of their paths
  /// @throws UncheckedIOException if the port is taken
  public Served serve(int port, Map<String, FrontDesk> others) {
    Map<String, FrontDesk> desks = new HashMap<>(others);
    desks.put("/", desk);
    LoopbackServer server = LoopbackServer.start(port, desks);
    url.set(server.url());
    return new Served(server, Ticker.start(store::catchUp));
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
