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
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.jobs.PullNotifications;
import org.sessionpro.backend.jobs.ReadVoids;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.google.GoogleClients;
import org.sessionpro.backend.store.google.PlayActs.Preference;
import org.sessionpro.backend.store.google.StartUpCheck;
import org.sessionpro.backend.store.google.StartUpCheck.Verdict;
import org.sessionpro.backend.store.google.work.NotificationPull;
import org.sessionpro.backend.store.google.work.NotificationPull.Pulled;
import org.sessionpro.backend.store.google.work.Notifications;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro google`: how this server and Google Play get along. What is owed is worked on by a running
/// server; see [InboxCommands] for the rest of it.
@Command(name = "google", description = "Google Play: the connection, and what is owed to it.")
public final class GoogleCommands {
  /// As long as the longest pull, and a moment to keep what came.
  private static final Duration PULL = Duration.ofMinutes(3);

  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public GoogleCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "status",
      description = {
        "Shows who pulls notifications, when the list of voided purchases was read, and how much is owed.",
        "Asks the ledger only, and changes nothing."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  enabled                whether the settings of this command switch Google Play on",
        "  pulling                whether some process pulls notifications now",
        "  pulling_until_ts       until when it has said that it does",
        "  voids_read_ts          when the list of voided purchases was read to its end last",
        OwedItems.MEMBERS_1,
        OwedItems.MEMBERS_2
      })
  int status(@Mixin SettingsOptions options, @Mixin OutputOptions output) {
    Settings settings = options.read(shell.environment());
    try (OpenedInbox opened = new OpenedInbox(settings, clock)) {
      Instant now = clock.instant();
      Optional<LeaseState> pull = opened.lease(PullNotifications.NAME);
      Optional<LeaseState> voids = opened.lease(ReadVoids.NAME);
      Report report =
          Report.empty()
              .flag("enabled", settings.jobs().stores().google() != null)
              .flag("pulling", pull.filter(it -> it.until().isAfter(now)).isPresent())
              .moment("pulling_until_ts", pull.map(LeaseState::until).orElse(null), now)
              .moment("voids_read_ts", voids.map(it -> it.lastSuccess()).orElse(null), now);
      report = OwedItems.of(opened, StoreProvider.GOOGLE, now).counted(report);
      return shell.print(report, output);
    }
  }

  @Command(
      name = "parked",
      description = {
        "Lists what was given up for now or fails until somebody mends it, and why; the most urgent",
        "first."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  total                  how many there are",
        InboxRow.MEMBERS
      })
  int parked(
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    try (OpenedInbox opened = new OpenedInbox(options.read(shell.environment()), clock)) {
      return shell.print(opened.parked(StoreProvider.GOOGLE, ids), output);
    }
  }

  @Command(
      name = "reconcile",
      description = {
        "Has a purchase compared with Google's record of it. A running server does it within a second.",
        GoogleAct.PLANNED
      },
      footer = {"", "Members with --json: owed (items), applied."})
  int reconcile(
      @Parameters(paramLabel = "TOKEN", description = "The purchase token.") String token,
      @Option(names = "--one-time", description = "It was bought once; it is no subscription.")
          boolean oneTime,
      @Mixin ApplyOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    WorkKind kind = oneTime ? WorkKind.ONE_TIME : WorkKind.RECONCILE;
    try (OpenedInbox opened = new OpenedInbox(options.read(shell.environment()), clock)) {
      return shell.print(opened.reconcile(StoreProvider.GOOGLE, kind, token, act.apply()), output);
    }
  }

  @Command(
      name = "review",
      description = {
        "Lists the refunds that Google asks about; each answer is due within a day of the question.",
        "With an ID and --preference, says what would be answered, and answers it with --apply."
      },
      footer = {
        "",
        "Members with --json, of a list:",
        "",
        "  total                  how many there are",
        InboxRow.MEMBERS,
        "",
        "Members with --json, of an answer: effect (in words), applied."
      })
  int review(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "Id of the message with the question.")
          @Nullable String id,
      @Option(
              names = "--preference",
              paramLabel = "P",
              description = "What Google should do: ${COMPLETION-CANDIDATES}.")
          @Nullable Preference preference,
      @Option(names = "--sampled", description = "The buyer could try it before.") boolean sampled,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin ActOptions doing,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    String reason = doing.reason();
    Settings settings = options.read(shell.environment());
    try (OpenedInbox opened = new OpenedInbox(settings, clock)) {
      if (id == null) {
        List<StoredWork> open = RefundReviews.open(opened);
        Report report = Report.empty().number("total", open.size());
        ShownIds ids = ShownIds.of(unmasked, shell, crypto);
        return shell.print(report.rows("items", opened.rows(open, ids)), output);
      }
      if (preference == null) {
        throw CommandFailed.misused("say with --preference what Google should do");
      }
      RefundReviews.Question question =
          RefundReviews.question(opened, id, GoogleReach.settings(settings));
      GoogleAct act =
          new GoogleAct(
              "answer about the refund: " + preference,
              acts -> question.answer(acts, preference, sampled),
              question.order().value(),
              () -> question.close(opened, preference));
      return shell.print(act.report(doing.apply(), reason, settings, clock), output);
    }
  }

  @Command(
      name = "ping",
      description = {
        "Asks Google whether it lets the service account in, and whether everything is set up as the",
        "server needs it. Exit status 1 if the server would not start."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  findings               fatal (whether a server would not start with it), finding"
      })
  int ping(@Mixin SettingsOptions options, @Mixin OutputOptions output) {
    GoogleSettings google = GoogleReach.outside(options.read(shell.environment()));
    try (GoogleClients clients = GoogleReach.clients(google, clock)) {
      Verdict verdict = StartUpCheck.run(clients, google, clock.instant());
      List<Report> rows =
          verdict.findings().stream()
              .map(it -> Report.empty().flag("fatal", it.fatal()).text("finding", it.text()))
              .toList();
      shell.print(Report.empty().rows("findings", rows), output);
      if (verdict.fatal().isEmpty()) {
        return ExitCode.OK.number();
      }
      shell.error("a server would not start with this");
      return ExitCode.FAILED.number();
    }
  }

  @Command(
      name = "pull-once",
      description = {
        "Takes what waits in Pub/Sub, a hundred messages at most, and keeps it for a server to work on.",
        "Fails while another process pulls. " + GoogleAct.PLANNED
      },
      footer = {
        "",
        "Members with --json: kept, repeated (both null in a plan), applied.",
      })
  int pullOnce(
      @Mixin ApplyOptions act, @Mixin SettingsOptions options, @Mixin OutputOptions output) {
    Settings settings = options.read(shell.environment());
    GoogleSettings google = GoogleReach.outside(settings);
    if (!act.apply()) {
      return shell.print(
          Report.empty().absent("kept").absent("repeated").flag("applied", false), output);
    }
    try (OpenedInbox opened = new OpenedInbox(settings, clock)) {
      Leases leases = opened.leases();
      LeaseHolder holder = LeaseHolder.drawn(new SecureRandom());
      Instant now = clock.instant();
      if (leases.take(PullNotifications.NAME, holder, now, now.plus(PULL))
          instanceof Leases.Attempt.Refused(Instant until)) {
        throw CommandFailed.because("another process pulls, at least until " + until);
      }
      try (GoogleClients clients = GoogleReach.clients(google, clock)) {
        return shell.print(report(pull(opened, settings, google, clients)), output);
      } finally {
        leases.release(holder, clock.instant());
      }
    }
  }

  private Pulled pull(
      OpenedInbox opened, Settings settings, GoogleSettings google, GoogleClients clients) {
    opened.ledger().stores().requireFor(google.packageName());
    Rooms rooms = opened.rooms(settings.log(), crypto);
    return new NotificationPull(
            clients.pubSub(), new Notifications(google.packageName(), rooms), clock)
        .once();
  }

  private static Report report(Pulled pulled) {
    if (!(pulled.answer() instanceof StoreAnswer.Answer<?>)) {
      throw CommandFailed.because(
          "Pub/Sub gave no messages: " + pulled.answer().getClass().getSimpleName());
    }
    if (pulled.fault() != null) {
      throw CommandFailed.because("messages could not be kept, and were given back");
    }
    return Report.empty()
        .number("kept", pulled.kept())
        .number("repeated", pulled.repeated())
        .flag("applied", true);
  }
}
