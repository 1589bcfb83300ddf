package org.sessionpro.backend.scenario;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.ReadVoids;
import org.sessionpro.backend.jobs.ScanAcknowledgements;
import org.sessionpro.backend.jobs.SweepRenewals;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Subscriptions;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.google.GoogleWithoutSockets;
import org.sessionpro.backend.store.google.VoidList;
import org.sessionpro.backend.store.google.work.Asking;
import org.sessionpro.backend.store.google.work.GoogleWork;
import org.sessionpro.backend.store.google.work.NotificationPull;
import org.sessionpro.backend.store.google.work.Notifications;
import org.sessionpro.backend.store.google.work.VoidsHeard;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.script.ScriptRunner;

/// A simulated Google Play, the parts of a server that it concerns, and the database between them, all
/// in this process and by a clock that stands still until it is moved.
final class Workplace implements AutoCloseable {
  private static final Instant T = Instant.parse("2026-01-31T10:00:00.250Z");
  private static final Duration LEASE = Duration.ofMinutes(1);

  /// Shared, for its keys take long to make.
  private static final ServiceAccount ACCOUNT =
      new ServiceAccount("server@simulated.iam.example", "simulated-key-1");

  private final SimulatedClock clock = new SimulatedClock(T);
  private final GoogleSimulator google;
  private final Ledgers ledgers;
  private final Books books;
  private final Shown.Arrived shown;
  private final LivingServer server;

  /// @param database that nobody else uses
  /// @param folder for the credentials
  Workplace(DatabaseUrl database, Path folder, long seed, Quirk... quirks) {
    this.google =
        new GoogleSimulator(
            new GoogleSettings(
                SessionCatalogue.catalogue(), Set.of(quirks), seed, Duration.ofMillis(1)),
            clock,
            InstantSource.system(),
            ACCOUNT);
    this.ledgers = new Ledgers(database);
    this.books = new Books(ledgers.database(), ledgers.ledger(), ledgers.inbox(), google, clock);
    this.shown = new Shown.Arrived(google);
    this.server =
        server(
            new GoogleWithoutSockets(
                google.desk(),
                GoogleWithoutSockets.writeCredentials(folder, ACCOUNT),
                clock,
                shown::note));
  }

  /// Nothing limits how often it asks: that is real time, and tested elsewhere.
  private LivingServer server(GoogleWithoutSockets way) {
    Subscriptions subscriptions = ledger().subscriptions();
    Rooms rooms =
        new Rooms(
            subscriptions,
            inbox(),
            IdentifierMask.withFreshKey(RunningBackend.CRYPTO, new SecureRandom()),
            clock);
    Notifications notifications =
        new Notifications(new PackageName(SessionCatalogue.PACKAGE.value()), rooms);
    List<Job> jobs =
        List.of(
            SweepRenewals.job(
                StoreProvider.GOOGLE,
                subscriptions,
                inbox(),
                clock,
                new SweepRenewals.Pace(Duration.ofMinutes(15), 1_000),
                LEASE),
            ReadVoids.job(
                new VoidList(way.play()),
                new VoidsHeard(rooms),
                new Leases(ledgers.database()),
                Duration.ofHours(6),
                clock,
                LEASE),
            ScanAcknowledgements.job(subscriptions, inbox(), clock, LEASE));
    return new LivingServer(
        this,
        new NotificationPull(way.pubSub(), notifications, clock),
        GoogleWork.handlers(
            new Asking(way.play(), way.play()),
            catalogue(),
            new Continuation(Books.ALLOWANCE),
            notifications,
            rooms),
        jobs);
  }

  private static Catalogue catalogue() {
    Map<BasePlanId, Plan> plans = new HashMap<>();
    SessionCatalogue.mappedPlans()
        .forEach((id, plan) -> plans.put(new BasePlanId(id.value()), plan));
    Map<ProductId, Plan> products = new HashMap<>();
    SessionCatalogue.mappedProducts()
        .forEach((id, plan) -> products.put(new ProductId(id.value()), plan));
    return new Catalogue(
        new ProductId(SessionCatalogue.SESSION_PRO.value()), plans, products, false);
  }

  ScriptRunner runner() {
    return new ScriptRunner(clock, List.of(google.stage()), server, RunningBackend.CRYPTO);
  }

  SimulatedClock clock() {
    return clock;
  }

  GoogleSimulator google() {
    return google;
  }

  Ledger ledger() {
    return ledgers.ledger();
  }

  Inbox inbox() {
    return ledgers.inbox();
  }

  /// What has arrived of what Play showed.
  Shown shown() {
    return shown;
  }

  Books books() {
    return books;
  }

  @Override
  public void close() {
    ledgers.close();
  }
}
