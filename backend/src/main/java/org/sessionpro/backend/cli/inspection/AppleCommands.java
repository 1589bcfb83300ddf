package org.sessionpro.backend.cli.inspection;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.ActOptions;
import org.sessionpro.backend.cli.ApplyOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.ExitCode;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Lease;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.store.apple.AppStoreApi.TestResult;
import org.sessionpro.backend.store.apple.AppStoreApi.TestToken;
import org.sessionpro.backend.store.apple.AppleClients;
import org.sessionpro.backend.store.apple.NotificationList.End;
import org.sessionpro.backend.store.apple.work.AppleNotifications;
import org.sessionpro.backend.store.apple.work.Asking;
import org.sessionpro.backend.store.apple.work.CatchUp;
import org.sessionpro.backend.store.apple.work.CatchUp.CaughtUp;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro apple`: how this server and the App Store get along. What is owed is worked on by a running
/// server; see [InboxCommands] for the rest of it.
@Command(name = "apple", description = "The App Store: the connection, and what is owed to it.")
public final class AppleCommands {
  /// Kept up between pages.
  private static final Duration LEASE = Duration.ofMinutes(3);

  /// Between two questions what became of a test notification, in real time.
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final int MOST_LOOKS = 40;

  /// What Apple calls a delivery that was answered as it should be.
  private static final String DELIVERED = "SUCCESS";

  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public AppleCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "status",
      description = {
        "Shows when the list of Apple's notifications was read last, and how much is owed. Asks the",
        "ledger only, and changes nothing."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  enabled                whether the settings of this command switch the App Store on",
        "  environment            Production or Sandbox; null while it is switched off",
        "  asks                   whether there is a key for Apple's API",
        "  caught_up_ts           when the list of notifications was read to its end last",
        "  failed_ts              when a reading failed last",
        OwedItems.MEMBERS_1,
        OwedItems.MEMBERS_2
      })
  int status(@Mixin SettingsOptions options, @Mixin OutputOptions output) {
    Settings settings = options.read(shell.environment());
    AppleSettings apple = settings.jobs().stores().apple();
    try (OpenedInbox opened = new OpenedInbox(settings, clock)) {
      Instant now = clock.instant();
      Optional<LeaseState> lease = opened.lease(CatchUpNotifications.NAME);
      Report report = Report.empty().flag("enabled", apple != null);
      report =
          apple == null
              ? report.absent("environment")
              : report.text("environment", apple.app().environment().text());
      report =
          report
              .flag("asks", apple != null && apple.key() != null)
              .moment("caught_up_ts", lease.map(LeaseState::lastSuccess).orElse(null), now)
              .moment("failed_ts", lease.map(LeaseState::lastFailure).orElse(null), now);
      report = OwedItems.of(opened, StoreProvider.APPLE, now).counted(report);
      return shell.print(report, output);
    }
  }

  /// What is to become of items that are parked.
  enum Fate {
    RETRY,
    DROP
  }

  @Command(
      name = "parked",
      description = {
        "Lists what was given up for now or fails until somebody mends it, and why; the most urgent",
        "first. With retry, has those ids or all that was given up worked on at once; with drop, takes",
        "those ids away for good, as 'pro inbox' does.",
        GoogleAct.PLANNED
      },
      footer = {
        "",
        "Members with --json, of a list:",
        "",
        "  total                  how many there are",
        InboxRow.MEMBERS,
        "",
        "Members with --json, with retry: retried (items), applied.",
        "",
        "Members with --json, with drop, in this order:",
        "",
        Drops.MEMBERS_1,
        Drops.MEMBERS_2,
        Drops.MEMBERS_3,
        Drops.MEMBERS_4
      })
  int parked(
      @Parameters(
              index = "0",
              arity = "0..1",
              paramLabel = "retry|drop",
              description = "What is to become of it.")
          @Nullable Fate fate,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "ID",
              description = InboxCommands.KEY)
          @Nullable List<String> keys,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    List<String> named = keys == null ? List.of() : keys;
    if (fate == Fate.DROP && named.isEmpty()) {
      throw CommandFailed.misused("name the ids of what is to be dropped");
    }
    String reason = fate == Fate.DROP ? act.reason() : "";
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    try (OpenedInbox opened = new OpenedInbox(options.read(shell.environment()), clock)) {
      Report report =
          switch (fate) {
            case null -> opened.parked(StoreProvider.APPLE, ids);
            case RETRY -> opened.retry(opened.parked(StoreProvider.APPLE, named), act.apply());
            case DROP -> {
              Drops drops = new Drops(opened, it -> it.parked() != null, act.apply(), reason);
              named.stream()
                  .distinct()
                  .forEach(key -> drops.add(new Filter(StoreProvider.APPLE, null, null, key)));
              yield drops.report();
            }
          };
      return shell.print(report, output);
    }
  }

  @Command(
      name = "reconcile",
      description = {
        "Has a subscription compared with Apple's record of it. A running server does it within a second.",
        GoogleAct.PLANNED
      },
      footer = {"", "Members with --json: owed (items), applied."})
  int reconcile(
      @Parameters(
              paramLabel = "TX",
              description = "Any transaction id of it, or its original transaction id.")
          String transaction,
      @Mixin ApplyOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    try (OpenedInbox opened = new OpenedInbox(options.read(shell.environment()), clock)) {
      return shell.print(
          opened.reconcile(StoreProvider.APPLE, WorkKind.RECONCILE, transaction, act.apply()),
          output);
    }
  }

  @Command(
      name = "ping",
      description = {
        "Has Apple send a test notification to the server that is registered there, and tells what came",
        "of it. Exit status 1 if Apple does not let us in, or the server did not take it."
      },
      footer = {"", "Members with --json: delivery (in Apple's words)."})
  int ping(@Mixin SettingsOptions options, @Mixin OutputOptions output) {
    AppleSettings apple = AppleReach.outside(options.read(shell.environment()));
    try (AppleClients clients = AppleReach.clients(apple, clock)) {
      AppStoreApi api = AppleReach.api(clients);
      TestToken token = requireAnswer(api.requestTest());
      String delivery = delivery(api, token);
      shell.print(
          Report.empty().text("delivery", delivery == null ? "not tried yet" : delivery), output);
      if (DELIVERED.equals(delivery)) {
        return ExitCode.OK.number();
      }
      shell.error("the test notification was not delivered");
      return ExitCode.FAILED.number();
    }
  }

  private static <T> T requireAnswer(StoreAnswer<T> answer) {
    if (answer instanceof Answer<T>(T value)) {
      return value;
    }
    String reason = answer instanceof Refused<T> refused ? " " + refused.reason() : "";
    throw CommandFailed.because(
        "Apple sends no test notification: " + answer.getClass().getSimpleName() + reason);
  }

  /// Asks until Apple has tried it.
  private static @Nullable String delivery(AppStoreApi api, TestToken token) {
    for (int look = 0; look < MOST_LOOKS; look++) {
      StoreAnswer<TestResult> answer = api.testResult(token);
      if (!(answer instanceof NotFound<TestResult>)) {
        String delivery = requireAnswer(answer).delivery();
        if (delivery != null) {
          return delivery;
        }
      }
      pause();
    }
    return null;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw CommandFailed.because("interrupted");
    }
  }

  @Command(
      name = "catch-up",
      description = {
        "Reads the list of what Apple sent since it was read last, and keeps what did not arrive for a",
        "server to work on. Fails while another process does so. " + GoogleAct.PLANNED
      },
      footer = {
        "",
        "Members with --json: kept, repeated (both null in a plan), applied.",
      })
  int catchUp(
      @Mixin ApplyOptions act, @Mixin SettingsOptions options, @Mixin OutputOptions output) {
    Settings settings = options.read(shell.environment());
    AppleSettings apple = AppleReach.outside(settings);
    try (OpenedInbox opened = new OpenedInbox(settings, clock);
        AppleClients clients = AppleReach.clients(apple, clock)) {
      AppStoreApi api = AppleReach.api(clients);
      if (!act.apply()) {
        return shell.print(
            Report.empty().absent("kept").absent("repeated").flag("applied", false), output);
      }
      opened.ledger().stores().belongTo(apple.app());
      CatchUp catchUp = catchUp(opened.rooms(settings.log(), crypto), apple, clients, api);
      return shell.print(report(underLease(opened.leases(), catchUp)), output);
    }
  }

  private CatchUp catchUp(Rooms rooms, AppleSettings apple, AppleClients clients, AppStoreApi api) {
    StoreGate gate =
        new StoreGate(new StoreGate.Rate(apple.rate().requests(), apple.rate().within()), clock);
    return new CatchUp(
        Asking.through(gate, api, clock).announced(),
        new AppleNotifications(clients.signed(), true, rooms),
        apple,
        rooms);
  }

  private CaughtUp underLease(Leases leases, CatchUp catchUp) {
    LeaseHolder holder = LeaseHolder.drawn(new SecureRandom());
    Instant now = clock.instant();
    return switch (leases.take(CatchUpNotifications.NAME, holder, now, now.plus(LEASE))) {
      case Leases.Attempt.Refused(Instant until) ->
          throw CommandFailed.because("another process catches up, at least until " + until);
      case Leases.Attempt.Taken(Lease lease) -> {
        try (Progress progress = new Progress(shell)) {
          progress.at(0, "the list is read");
          CaughtUp result =
              catchUp.run(
                  CatchUpNotifications.readAt(leases),
                  () -> isRenewed(leases, lease),
                  (kept, repeated) ->
                      progress.at(
                          (long) kept + repeated,
                          "the list is read: %d new, %d known".formatted(kept, repeated)));
          leases.recordRun(lease, result.isComplete(), clock.instant());
          yield result;
        } finally {
          leases.release(holder, clock.instant());
        }
      }
    };
  }

  private boolean isRenewed(Leases leases, Lease lease) {
    Instant now = clock.instant();
    return leases.renew(lease, now, now.plus(LEASE)).isPresent();
  }

  private static Report report(CaughtUp result) {
    return switch (result.end()) {
      case End.Failed(StoreAnswer<?> answer) ->
          throw CommandFailed.because(
              "the list was not read to its end: " + answer.getClass().getSimpleName());
      case End.Stopped _ -> throw CommandFailed.because("another process has taken over");
      case End.Read _ ->
          Report.empty()
              .number("kept", result.kept())
              .number("repeated", result.repeated())
              .flag("applied", true);
    };
  }
}
