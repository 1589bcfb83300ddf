package org.sessionpro.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.http.ops.StoreNumbers;
import org.sessionpro.backend.inbox.InboxWorkers;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.Upkeep;
import org.sessionpro.backend.inbox.WorkLog;
import org.sessionpro.backend.jobs.CheckGoogle;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.JobState;
import org.sessionpro.backend.jobs.PullNotifications;
import org.sessionpro.backend.jobs.ReadVoids;
import org.sessionpro.backend.jobs.ScanAcknowledgements;
import org.sessionpro.backend.jobs.Scheduler;
import org.sessionpro.backend.jobs.SweepRenewals;
import org.sessionpro.backend.proof.Acknowledger;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.google.GoogleClients;
import org.sessionpro.backend.store.google.StartUpCheck;
import org.sessionpro.backend.store.google.StartUpCheck.Finding;
import org.sessionpro.backend.store.google.StartUpCheck.Verdict;
import org.sessionpro.backend.store.google.StartUpCheck.Weight;
import org.sessionpro.backend.store.google.VoidList;
import org.sessionpro.backend.store.google.work.Asking;
import org.sessionpro.backend.store.google.work.AwaitedAcknowledgement;
import org.sessionpro.backend.store.google.work.GoogleWork;
import org.sessionpro.backend.store.google.work.NotificationPull;
import org.sessionpro.backend.store.google.work.Notifications;
import org.sessionpro.backend.store.google.work.VoidsHeard;
import org.sessionpro.backend.store.google.work.WitnessedApp;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Google Play's part of a running server: it pulls notifications, works on what is owed, and looks for
/// what nobody announced.
final class GoogleProvider implements AutoCloseable {
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  private final GoogleSettings settings;
  private final Surroundings surroundings;
  private final GoogleClients clients;
  private final StoreGate gate;
  private final InboxWorkers workers;
  private final PullNotifications pull;
  private final Scheduler pulling;
  private final List<Job> jobs;
  private final boolean unanswered;

  /// @param unanswered whether Google has not yet said how it is set up
  private GoogleProvider(
      GoogleSettings settings,
      Surroundings surroundings,
      GoogleClients clients,
      boolean unanswered) {
    this.unanswered = unanswered;
    this.settings = settings;
    this.surroundings = surroundings;
    this.clients = clients;
    Rooms rooms = surroundings.rooms();
    this.gate =
        new StoreGate(
            new StoreGate.Rate(settings.maxRequestsPerSecond(), Duration.ofSeconds(1)),
            rooms.clock());
    WitnessedApp play = new WitnessedApp(clients.play(), this::tieToApp);
    Asking asking = Asking.through(gate, play, rooms.clock());
    Notifications notifications = new Notifications(settings.packageName(), rooms);
    this.workers =
        new InboxWorkers(
            StoreProvider.GOOGLE,
            GoogleWork.handlers(
                asking, settings.catalogue(), surroundings.continuation(), notifications, rooms),
            surroundings.settings().inbox().workersPerProvider(),
            rooms.inbox(),
            new WorkLog(rooms.mask()),
            rooms.clock(),
            InboxWorkers.Rhythm.of(surroundings.settings().tick()));
    this.pull =
        new PullNotifications(
            new NotificationPull(clients.pubSub(), notifications, rooms.clock()), rooms.clock());
    this.pulling =
        new Scheduler(
            List.of(pull.job(surroundings.settings().lease())),
            surroundings.leases(),
            LeaseHolder.drawn(surroundings.random()),
            rooms.clock(),
            surroundings.settings().tick());
    this.jobs = jobs(asking);
  }

  /// Makes ready to work with Google Play, and asks it whether that will do.
  ///
  /// @throws RuntimeException whose message is for the operator, if it will not; nothing stays open then
  static GoogleProvider open(GoogleSettings settings, Surroundings surroundings) {
    surroundings.ledger().stores().requireFor(settings.packageName());
    GoogleClients clients =
        GoogleClients.open(settings, GoogleClients.Limits.STANDARD, surroundings.clock());
    try {
      Verdict verdict = StartUpCheck.run(clients, settings, surroundings.clock().instant());
      verdict.findings().stream().filter(it -> !it.fatal()).forEach(GoogleProvider::tell);
      List<Finding> fatal = verdict.fatal();
      fatal.forEach(it -> LOG.error("{}", it.text()));
      if (!fatal.isEmpty()) {
        throw CommandFailed.because(fatal.getFirst().text());
      }
      if (verdict.knowsApp()) {
        surroundings.ledger().stores().belongTo(settings.packageName());
      }
      return new GoogleProvider(settings, surroundings, clients, verdict.isUnanswered());
    } catch (RuntimeException failed) {
      clients.close();
      throw failed;
    }
  }

  private static void tell(Finding finding) {
    if (finding.weight() == Weight.UNANSWERED) {
      LOG.error("{} It is asked again in a minute.", finding.text());
    } else {
      LOG.warn("{}", finding.text());
    }
  }

  private List<Job> jobs(Asking asking) {
    Rooms rooms = surroundings.rooms();
    Duration lease = surroundings.settings().lease();
    Duration sweep = surroundings.settings().inbox().sweepInterval();
    List<Job> all = new ArrayList<>();
    // As many as half of the rate can look at before the next sweep.
    int most = (int) Math.max(1, settings.maxRequestsPerSecond() * sweep.toSeconds() / 2);
    all.add(
        SweepRenewals.job(
            StoreProvider.GOOGLE,
            rooms.subscriptions(),
            rooms.inbox(),
            rooms.clock(),
            new SweepRenewals.Pace(sweep, most),
            lease));
    all.add(ScanAcknowledgements.job(rooms.subscriptions(), rooms.inbox(), rooms.clock(), lease));
    if (settings.voidListInterval().isPositive()) {
      all.add(
          ReadVoids.job(
              new VoidList(asking.swept()),
              new VoidsHeard(rooms),
              surroundings.leases(),
              settings.voidListInterval(),
              rooms.clock(),
              lease));
    }
    if (unanswered) {
      all.add(
          CheckGoogle.job(
              () -> StartUpCheck.run(clients, settings, rooms.clock().instant()),
              this::tieToApp,
              lease));
    }
    return List.copyOf(all);
  }

  /// From now on the ledger takes purchases of no other app.
  private void tieToApp() {
    surroundings.ledger().stores().belongTo(settings.packageName());
  }

  /// What is to be done again and again, on one process of all.
  List<Job> jobs() {
    return jobs;
  }

  /// How those of them go that are not among [#jobs()].
  List<JobState> states() {
    return pulling.states();
  }

  /// What goes on between this process and Google Play.
  StoreNumbers numbers() {
    StoreNumbers.Way way = new StoreNumbers.Way("pull", pull.counts());
    return new StoreNumbers(StoreProvider.GOOGLE, gate, List.of(way), null, workers);
  }

  /// Tells Google of purchases that customers wait for.
  Acknowledger acknowledger() {
    return new AwaitedAcknowledgement(surroundings.rooms(), surroundings.waiters());
  }

  /// How far the pulls have come.
  PullNotifications.Progress pulls() {
    return pull.progress();
  }

  /// Begins to pull and to work, which happens in the background.
  void start() {
    Set<String> mapped =
        Stream.concat(
                settings.catalogue().basePlans().keySet().stream()
                    .map(GoogleSettings.BasePlanId::value),
                settings.catalogue().oneTime().keySet().stream()
                    .map(GoogleSettings.ProductId::value))
            .collect(Collectors.toSet());
    Upkeep.Known known =
        new Upkeep.Known(
            ProductVersion.current(), mapped, settings.catalogue().acceptsTestPurchases());
    int back =
        surroundings
            .rooms()
            .inbox()
            .upkeep()
            .bringBackAtStart(StoreProvider.GOOGLE, known, surroundings.clock().instant());
    if (back > 0) {
      LOG.info("parked items that are tried again: {}", back);
    }
    workers.start();
    pulling.start();
  }

  /// Stops: cuts the pull short and lets items come to an end, both at once, and ends every request;
  /// within 7 s.
  @Override
  public void close() {
    Thread pulls = Thread.ofVirtual().name("stop pulling").start(pulling::close);
    workers.close();
    try {
      pulls.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    clients.close();
  }
}
