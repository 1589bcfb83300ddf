package org.sessionpro.backend;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.BackupSettings;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.HttpSettings;
import org.sessionpro.backend.config.JobSettings;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.http.AccessListener;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.HttpServer;
import org.sessionpro.backend.http.RequestMeter;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.clients.ClientEndpoints;
import org.sessionpro.backend.http.dev.AddPayment;
import org.sessionpro.backend.http.dev.DevRoutes;
import org.sessionpro.backend.http.dev.Revoke;
import org.sessionpro.backend.http.onion.OnionRoute;
import org.sessionpro.backend.http.v0.AddProPayment;
import org.sessionpro.backend.http.v0.GetProDetails;
import org.sessionpro.backend.http.v0.SetPaymentRefundRequested;
import org.sessionpro.backend.http.v1.GetPaymentDetails;
import org.sessionpro.backend.http.v1.GetProStatus;
import org.sessionpro.backend.http.v1.ServerStatusPage;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.jobs.BackUpLedger;
import org.sessionpro.backend.jobs.DrainCredits;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.PruneRevocations;
import org.sessionpro.backend.jobs.Scheduler;
import org.sessionpro.backend.jobs.TendInbox;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.PaymentLog;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.proof.Acknowledger;
import org.sessionpro.backend.proof.PaymentAdder;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.proof.ServerKeys;
import org.sessionpro.backend.revocation.Revocations;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.development.DevelopmentMint;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.Logging;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.v1.PaymentCursors;

/// A running server: the floors wired together, from the database up to the socket.
final class Backend implements AutoCloseable {
  /// While Google does not answer, one of so many requests at work may wait for it.
  private static final int SHARE_OF_WAITERS = 8;

  /// Of everything but the database: a little longer than requests in flight are waited for.
  private static final Duration LONGEST_STOP = Duration.ofMillis(8_500);

  private final Ledger ledger;
  private final ServerKeys keys;
  private final RouteTable routes;
  private final HttpServer http;
  private final Scheduler scheduler;
  private final Providers providers;
  private final @Nullable Operations ops;

  private Backend(
      Ledger ledger,
      ServerKeys keys,
      RouteTable routes,
      HttpServer http,
      Scheduler scheduler,
      Providers providers,
      @Nullable Operations ops) {
    this.ledger = ledger;
    this.keys = keys;
    this.routes = routes;
    this.http = http;
    this.scheduler = scheduler;
    this.providers = providers;
    this.ops = ops;
  }

  /// Opens the ledger, in a folder that is made if it is absent, reads or makes the key, and listens.
  /// Jobs run from [#startJobs()] on.
  ///
  /// @param crypto asked for once the ledger is open, or before its tables are made or changed: it takes a while to be tested
  /// @param keysLoaded told of the keys as soon as there are any, whatever becomes of the start
  /// @throws RuntimeException if any of it is impossible; nothing stays open then
  static Backend start(
      Settings settings,
      Supplier<Crypto> crypto,
      InstantSource clock,
      Consumer<ServerKeys> keysLoaded) {
    Database database = KeyBeforeTables.open(settings, crypto);
    Crypto tested;
    try {
      tested = crypto.get();
    } catch (RuntimeException failed) {
      database.close();
      throw failed;
    }
    return start(settings, database, tested, clock, keysLoaded);
  }

  /// As above, on a database that is open already. It is closed with the server, or if there comes to
  /// be none.
  static Backend start(
      Settings settings,
      Database database,
      Crypto crypto,
      InstantSource clock,
      Consumer<ServerKeys> keysLoaded) {
    SecureRandom random = new SecureRandom();
    RenewalAllowance allowance =
        new RenewalAllowance(settings.entitlement().renewalLatencyAllowance());
    Tools tools = new Tools(crypto, random, mask(settings, crypto, random), clock);
    Rules rules =
        Rules.of(allowance, Draws.from(random))
            .watchedBy(Inbox::ownerFound)
            .toldTo(PaymentLog.masked(tools.mask()));
    Ledger ledger = new Ledger(database, rules);
    try {
      ServerKeys keys = ServerKeys.load(settings.keys(), ledger.owner().isEmpty(), crypto, random);
      keysLoaded.accept(keys);
      ledger.belongTo(keys.current().publicKey());
      ledger.imports(allowance).requireSealed();
      Inbox inbox =
          new Inbox(
              database,
              random,
              new InboxRules(settings.jobs().inbox().maxAttempts(), ProductVersion.current()));
      Parts parts = new Parts(ledger, inbox, keys, settings, tools);
      return start(settings, parts, database);
    } catch (RuntimeException failed) {
      ledger.close();
      throw failed;
    }
  }

  private static Backend start(Settings settings, Parts parts, Database database) {
    Leases leases = new Leases(database);
    Providers providers =
        Providers.open(settings.jobs().stores(), surroundings(settings, parts, leases));
    try {
      RequestMeter meter = new RequestMeter();
      Service service = Service.of(settings, parts);
      RouteTable routes = routes(settings, parts, service, providers, meter);
      Scheduler scheduler = scheduler(settings, parts, leases, providers);
      HttpServer http =
          HttpServer.start(
              new InetSocketAddress(settings.http().bind(), settings.http().port()),
              routes,
              limits(settings.http()),
              meter);
      try {
        Watched watched = new Watched(database, leases, meter, http, scheduler, providers);
        Operations ops = watched.operations(settings, parts, service);
        return new Backend(parts.ledger(), parts.keys(), routes, http, scheduler, providers, ops);
      } catch (RuntimeException failed) {
        http.close();
        throw failed;
      }
    } catch (RuntimeException failed) {
      providers.close();
      throw failed;
    }
  }

  private static Surroundings surroundings(Settings settings, Parts parts, Leases leases) {
    return new Surroundings(
        parts.ledger(),
        parts.rooms(),
        leases,
        new Continuation(parts.allowance()),
        settings.jobs(),
        parts.random(),
        HttpLimits.WorkLimits.DEFAULT.atOnce() / SHARE_OF_WAITERS);
  }

  private static HttpLimits limits(HttpSettings settings) {
    return HttpLimits.DEFAULT
        .with(HttpLimits.BodyLimits.DEFAULT.withOnion(settings.onionMaxBodyBytes()))
        .withinDescriptors(OpenFiles.limit());
  }

  private static IdentifierMask mask(Settings settings, Crypto crypto, SecureRandom random) {
    return settings.log().unsafe()
        ? IdentifierMask.none()
        : IdentifierMask.withFreshKey(crypto, random);
  }

  /// What everybody works with.
  ///
  /// @param mask of everything that is logged: one, so that an identifier is the same in every line
  record Tools(Crypto crypto, SecureRandom random, IdentifierMask mask, InstantSource clock) {}

  /// What everything else is made of.
  record Parts(Ledger ledger, Inbox inbox, ServerKeys keys, Settings settings, Tools tools) {
    Crypto crypto() {
      return tools.crypto();
    }

    SecureRandom random() {
      return tools.random();
    }

    IdentifierMask mask() {
      return tools.mask();
    }

    InstantSource clock() {
      return tools.clock();
    }

    RenewalAllowance allowance() {
      return new RenewalAllowance(settings.entitlement().renewalLatencyAllowance());
    }

    Rooms rooms() {
      return new Rooms(ledger.subscriptions(), inbox, mask(), clock());
    }
  }

  private static Scheduler scheduler(
      Settings all, Parts parts, Leases leases, Providers providers) {
    JobSettings settings = all.jobs();
    List<Job> jobs = new ArrayList<>();
    jobs.add(
        PruneRevocations.job(parts.ledger(), Logging::announce, parts.clock(), settings.lease()));
    jobs.add(
        DrainCredits.job(
            parts.ledger(), settings.voucherProcessingWindow(), parts.clock(), settings.lease()));
    jobs.add(
        TendInbox.job(parts.inbox().upkeep(), settings.inbox(), parts.clock(), settings.lease()));
    BackupSettings backup = all.storage().backup();
    if (backup != null && all.storage().database() instanceof DatabaseUrl.Sqlite(Path file)) {
      jobs.add(BackUpLedger.job(file, backup, Logging::announce, parts.clock(), settings.lease()));
    }
    jobs.addAll(providers.jobs());
    jobs.addAll(DailyReports.jobs(parts));
    return new Scheduler(
        jobs, leases, LeaseHolder.drawn(parts.random()), parts.clock(), settings.tick());
  }

  private static RouteTable routes(
      Settings settings,
      Parts parts,
      Service service,
      Providers providers,
      AccessListener listener) {
    HttpLimits limits = limits(settings.http());
    List<Route> routes =
        new ArrayList<>(
            endpoints(settings, parts, service, providers.acknowledger()).routes(limits));
    routes.addAll(providers.routes(limits));
    if (settings.development().endpoints()) {
      routes.addAll(development(parts).routes(limits));
    }
    RouteTable table = RouteTable.of(routes);
    OnionServer onion =
        new OnionServer(
            parts.crypto(),
            parts.keys().current().onion(),
            parts.keys().previousOnion(),
            parts.random());
    return table.with(OnionRoute.to(table, onion, limits.bodies().onion(), listener));
  }

  private static DevRoutes development(Parts parts) {
    DevelopmentMint mint = new DevelopmentMint(parts.ledger(), parts.random());
    return new DevRoutes(
        new AddPayment(parts.ledger(), mint, parts.clock()),
        new Revoke(parts.ledger(), parts.clock()));
  }

  private static ClientEndpoints endpoints(
      Settings settings, Parts parts, Service service, Acknowledger acknowledger) {
    ServerKey key = parts.keys().current();
    Crypto crypto = parts.crypto();
    Ledger ledger = parts.ledger();
    InstantSource clock = parts.clock();
    ProofIssuer issuer = service.issuer();
    Revocations revocations = service.revocations();
    return new ClientEndpoints(
        new ClientEndpoints.V0(
            new AddProPayment(
                crypto,
                key.publicKey(),
                new PaymentAdder(ledger, acknowledger, issuer, new ProofLog(parts.mask()), clock),
                settings.dev(),
                clock),
            new org.sessionpro.backend.http.v0.GenerateProProof(
                crypto, key.publicKey(), issuer, clock),
            new GetProDetails(
                crypto,
                ledger,
                owner -> parts.inbox().isInTrouble(() -> ledger.subscriptions().of(owner)),
                parts.allowance(),
                clock),
            new SetPaymentRefundRequested(crypto, ledger, settings.dev(), clock),
            new org.sessionpro.backend.http.v0.GetProRevocations(
                revocations::current, settings.entitlement().v0RepeatRevocationsMax())),
        new ClientEndpoints.V1(
            new org.sessionpro.backend.http.v1.GenerateProProof(
                crypto, key.publicKey(), issuer, parts.allowance(), clock),
            new GetProStatus(crypto, ledger, parts.allowance(), clock),
            new GetPaymentDetails(
                crypto, ledger, new PaymentCursors(crypto, key.seed(), parts.random()), clock),
            new org.sessionpro.backend.http.v1.GetProRevocations(revocations::current),
            new ServerStatusPage(ProductVersion.current(), key.publicKey(), clock)));
  }

  /// Where clients reach this server, with the actual port.
  InetSocketAddress address() {
    return http.address();
  }

  /// Where whoever runs this server reaches it, with the actual port; empty for nowhere.
  Optional<InetSocketAddress> opsAddress() {
    return Optional.ofNullable(ops).map(Operations::address);
  }

  ServerKeys keys() {
    return keys;
  }

  /// What this server serves, for those who ask it without a socket.
  RouteTable routes() {
    return routes;
  }

  /// What it serves to whoever runs it, for those who ask it without a socket; empty for nothing.
  Optional<RouteTable> opsRoutes() {
    return Optional.ofNullable(ops).map(Operations::routes);
  }

  /// What this server knows; closed with it.
  Ledger ledger() {
    return ledger;
  }

  /// Begins to run jobs in the background, each unless another process does, and to work with stores.
  void startJobs() {
    providers.start();
    scheduler.start();
  }

  /// Says to those who run the server that it is about to end, and goes on for as long as the settings
  /// give them to notice.
  void drain() {
    if (ops != null) {
      ops.drain();
    }
  }

  /// Stops accepting, finishes requests in flight, what jobs have begun and what is worked on for
  /// stores, all at once, and closes the database, whatever has ended by then; within 9 s.
  @Override
  public void close() {
    List<Thread> stops =
        Stream.<Runnable>of(http::close, scheduler::close, providers::close)
            .map(Thread.ofVirtual()::start)
            .toList();
    long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
    try {
      for (Thread stop : stops) {
        var _ = stop.join(Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0)));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    ledger.close();
    if (ops != null) {
      ops.close();
    }
  }
}
