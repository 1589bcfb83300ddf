package org.sessionpro.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.ops.StoreNumbers;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.backend.inbox.InboxWorkers;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.Upkeep;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.inbox.WorkLog;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.SweepRenewals;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.store.apple.AppleClients;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.TransactionInfo;
import org.sessionpro.backend.store.apple.work.AppleNotifications;
import org.sessionpro.backend.store.apple.work.AppleWork;
import org.sessionpro.backend.store.apple.work.Asking;
import org.sessionpro.backend.store.apple.work.CatchUp;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.Plan;
import org.slf4j.Logger;

/// The App Store's part of a running server: it takes notifications, works on what is owed, and looks
/// for what did not arrive. Without a key for Apple's API it works on what Apple sends, and nothing else.
final class AppleProvider implements AutoCloseable {
  private static final Logger LOG = LoggerName.APP_STORE.logger();

  private final AppleSettings settings;
  private final Surroundings surroundings;
  private final AppleClients clients;
  private final @Nullable StoreGate gate;
  private final AppleNotifications notifications;
  private final AppleWork work;
  private final InboxWorkers workers;
  private final List<Job> jobs;

  private AppleProvider(AppleSettings settings, Surroundings surroundings, AppleClients clients) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.clients = clients;
    Rooms rooms = surroundings.rooms();
    AppStoreApi api = clients.api();
    StoreGate gate = api == null ? null : gate(settings.rate(), rooms);
    Asking asking = api == null || gate == null ? null : Asking.through(gate, api, rooms.clock());
    this.gate = gate;
    this.notifications = new AppleNotifications(clients.signed(), asking != null, rooms);
    this.work = new AppleWork(clients.signed(), asking, products(settings.catalogue()), rooms);
    this.workers = workers(work.handlers());
    this.jobs = asking == null ? List.of() : jobs(asking);
  }

  private static StoreGate gate(AppleSettings.Rate rate, Rooms rooms) {
    return new StoreGate(new StoreGate.Rate(rate.requests(), rate.within()), rooms.clock());
  }

  private static Products products(AppleSettings.Catalogue catalogue) {
    return new Products(named(catalogue.subscriptions()), named(catalogue.oneTime()));
  }

  private static Map<TransactionInfo.ProductId, Plan> named(
      Map<AppleSettings.ProductId, Plan> plans) {
    return plans.entrySet().stream()
        .collect(
            Collectors.toMap(
                it -> new TransactionInfo.ProductId(it.getKey().value()), Map.Entry::getValue));
  }

  private InboxWorkers workers(Map<WorkKind, WorkHandler> handlers) {
    Rooms rooms = surroundings.rooms();
    return new InboxWorkers(
        StoreProvider.APPLE,
        handlers,
        surroundings.settings().inbox().workersPerProvider(),
        rooms.inbox(),
        new WorkLog(rooms.mask()),
        rooms.clock(),
        InboxWorkers.Rhythm.of(surroundings.settings().tick()));
  }

  /// Makes ready to work with the App Store. Asks nobody.
  ///
  /// @throws RuntimeException whose message is for the operator, if a file that the settings name cannot
  ///     be used, or the ledger holds the purchases of another app or environment; nothing stays open
  ///     then
  static AppleProvider open(AppleSettings settings, Surroundings surroundings) {
    surroundings.ledger().stores().belongTo(settings.app());
    AppleClients clients =
        AppleClients.open(settings, AppleClients.Limits.STANDARD, surroundings.clock());
    clients
        .roots()
        .all()
        .forEach(
            root -> LOG.info("what Apple signs rests on {} ({})", root.fingerprint(), root.name()));
    return new AppleProvider(settings, surroundings, clients);
  }

  private List<Job> jobs(Asking asking) {
    Rooms rooms = surroundings.rooms();
    Duration lease = surroundings.settings().lease();
    Duration sweep = surroundings.settings().inbox().sweepInterval();
    List<Job> all = new ArrayList<>();
    // As many as half of the rate can look at before the next sweep; each look is two requests.
    int most = (int) Math.max(1, settings.rate().in(sweep) / 4);
    all.add(
        SweepRenewals.job(
            StoreProvider.APPLE,
            rooms.subscriptions(),
            rooms.inbox(),
            rooms.clock(),
            new SweepRenewals.Pace(sweep, most),
            lease));
    all.add(
        CatchUpNotifications.job(
            new CatchUp(asking.announced(), notifications, settings, rooms),
            surroundings.leases(),
            settings.catchUp().interval(),
            lease));
    return List.copyOf(all);
  }

  /// What is to be done again and again, on one process of all.
  List<Job> jobs() {
    return jobs;
  }

  /// What goes on between this process and the App Store.
  StoreNumbers numbers() {
    return new StoreNumbers(
        StoreProvider.APPLE,
        gate,
        List.of(
            new StoreNumbers.Way("webhook", notifications.delivered()),
            new StoreNumbers.Way("list", notifications.listed())),
        new StoreNumbers.Oddities(notifications.refused(), work.findings()),
        workers);
  }

  /// Where Apple delivers its notifications.
  Route webhook(HttpLimits limits) {
    return new AppleWebhook(notifications, surroundings.clock()).route(limits);
  }

  /// Begins to work, which happens in the background.
  void start() {
    Set<String> mapped =
        Stream.concat(
                settings.catalogue().subscriptions().keySet().stream(),
                settings.catalogue().oneTime().keySet().stream())
            .map(AppleSettings.ProductId::value)
            .collect(Collectors.toSet());
    int back =
        surroundings
            .rooms()
            .inbox()
            .upkeep()
            .bringBackAtStart(
                StoreProvider.APPLE,
                new Upkeep.Known(ProductVersion.current(), mapped, false),
                surroundings.clock().instant());
    if (back > 0) {
      LOG.info("parked items that are tried again: {}", back);
    }
    workers.start();
  }

  /// Stops: lets items come to an end, and ends every request; within 5 s.
  @Override
  public void close() {
    workers.close();
    clients.close();
  }
}
