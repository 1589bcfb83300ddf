package org.sessionpro.backend.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.ReadVoids;
import org.sessionpro.backend.jobs.ScanAcknowledgements;
import org.sessionpro.backend.jobs.SweepRenewals;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.google.GoogleWithoutSockets;
import org.sessionpro.backend.store.google.VoidList;
import org.sessionpro.backend.store.google.work.Asking;
import org.sessionpro.backend.store.google.work.GoogleWork;
import org.sessionpro.backend.store.google.work.NotificationPull;
import org.sessionpro.backend.store.google.work.Notifications;
import org.sessionpro.backend.store.google.work.VoidsHeard;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.script.Stage;

/// A simulated Google Play, and the parts of a server that it concerns. Nothing limits how often those
/// ask it: that is real time, and tested elsewhere.
final class GoogleStorefront implements Storefront {
  /// Shared, for its keys take long to make.
  private static final ServiceAccount ACCOUNT =
      new ServiceAccount("server@simulated.iam.example", "simulated-key-1");

  private final GoogleSimulator google;
  private final Shown.Arrived shown;
  private final Ledgers ledgers;
  private final Rooms rooms;
  private final GoogleWithoutSockets way;
  private final Notifications notifications;
  private final NotificationPull pull;

  GoogleStorefront(
      SimulatedClock clock, Ledgers ledgers, Rooms rooms, Path folder, long seed, Quirk... quirks) {
    this.google =
        new GoogleSimulator(
            new GoogleSettings(
                SessionCatalogue.catalogue(), Set.of(quirks), seed, Duration.ofMillis(1)),
            clock,
            InstantSource.system(),
            ACCOUNT);
    this.shown = new Shown.Arrived(google);
    this.ledgers = ledgers;
    this.rooms = rooms;
    this.way =
        new GoogleWithoutSockets(
            google.desk(),
            GoogleWithoutSockets.writeCredentials(folder, ACCOUNT),
            clock,
            shown::note);
    this.notifications =
        new Notifications(new PackageName(SessionCatalogue.PACKAGE.value()), rooms);
    this.pull = new NotificationPull(way.pubSub(), notifications, clock);
  }

  GoogleSimulator simulator() {
    return google;
  }

  /// What has arrived of what Play showed.
  Shown shown() {
    return shown;
  }

  @Override
  public StoreProvider provider() {
    return StoreProvider.GOOGLE;
  }

  @Override
  public Stage stage() {
    return google.stage();
  }

  @Override
  public boolean receive() {
    return google.queue().due() > 0 && !pull.once().isEmpty();
  }

  @Override
  public Map<WorkKind, WorkHandler> handlers() {
    return GoogleWork.handlers(
        new Asking(way.play(), way.play()),
        catalogue(),
        new Continuation(Books.ALLOWANCE),
        notifications,
        rooms);
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

  @Override
  public List<Job> jobs() {
    return List.of(
        SweepRenewals.job(
            StoreProvider.GOOGLE,
            rooms.subscriptions(),
            rooms.inbox(),
            rooms.clock(),
            Workplace.SWEEP,
            Workplace.LEASE),
        ReadVoids.job(
            new VoidList(way.play()),
            new VoidsHeard(rooms),
            new Leases(ledgers.database()),
            Duration.ofHours(6),
            rooms.clock(),
            Workplace.LEASE),
        ScanAcknowledgements.job(
            rooms.subscriptions(), rooms.inbox(), rooms.clock(), Workplace.LEASE));
  }
}
