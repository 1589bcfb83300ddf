package org.sessionpro.backend.cli.inspection;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.ActOptions;
import org.sessionpro.backend.cli.ApplyOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Progress;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro inbox`: what is owed to stores, and what waits for somebody (`decisions-stores.md` §5).
@Command(
    name = "inbox",
    description = "What is owed to the stores: what waits, fails, or needs somebody.")
public final class InboxCommands {
  static final String KEY =
      "Id of a message, or the purchase token or original transaction that it is about.";
  private static final String PROVIDER = "google or apple.";
  private static final String KIND = "message, reconcile, one_time or acknowledge.";

  private static final String PLANNED = "Says what it would do, and does it with --apply.";

  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public InboxCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "list",
      description = {
        "Lists what is owed, what is urgent or parked first. Ids are digests that hold for one output.",
        "Changes nothing."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  total                  items that match, listed or not",
        InboxRow.MEMBERS
      })
  int list(
      @Option(names = "--provider", paramLabel = "P", description = PROVIDER)
          @Nullable StoreProvider provider,
      @Option(names = "--kind", paramLabel = "KIND", description = KIND) @Nullable WorkKind kind,
      @Option(
              names = "--reason",
              paramLabel = "REASON",
              description = "Only what is parked or fails for it: ${COMPLETION-CANDIDATES}.")
          @Nullable ParkReason reason,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many at most (default: 100).")
          int limit,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    if (limit < 1) {
      throw CommandFailed.misused("--limit must be at least 1");
    }
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    Filter filter = new Filter(provider, kind, reason, null);
    try (OpenedInbox opened = open(options)) {
      Report report = Report.empty().number("total", opened.inbox().inspection().count(filter));
      List<StoredWork> items = opened.inbox().inspection().list(filter, limit);
      return shell.print(report.rows("items", opened.rows(items, ids)), output);
    }
  }

  @Command(
      name = "show",
      description = "Shows what is owed under an id. Changes nothing.",
      footer = {"", "Members with --json, in this order:", "", InboxRow.MEMBERS})
  int show(
      @Parameters(paramLabel = "ID", description = KEY) String key,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    try (OpenedInbox opened = open(options)) {
      List<StoredWork> items = opened.named(new Filter(null, null, null, key));
      return shell.print(Report.empty().rows("items", opened.rows(items, ids)), output);
    }
  }

  @Command(
      name = "retry",
      description = {
        "Has items worked on at once, parked or not; a running server begins within a second. What",
        "failed stays counted: an item at its limit gets one try. Name an id, or a reason.",
        PLANNED
      },
      footer = {"", "Members with --json: retried (items), applied."})
  int retry(
      @Parameters(paramLabel = "ID", arity = "0..1", description = KEY) @Nullable String key,
      @Option(names = "--provider", paramLabel = "P", description = PROVIDER)
          @Nullable StoreProvider provider,
      @Option(names = "--kind", paramLabel = "KIND", description = KIND) @Nullable WorkKind kind,
      @Option(
              names = "--reason",
              paramLabel = "REASON",
              description = "Everything that is parked or fails for it: ${COMPLETION-CANDIDATES}.")
          @Nullable ParkReason reason,
      @Mixin ApplyOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    if (key == null && reason == null) {
      throw CommandFailed.misused("name the id of what is to be tried again, or a --reason");
    }
    try (OpenedInbox opened = open(options)) {
      List<StoredWork> items = opened.named(new Filter(provider, kind, reason, key));
      return shell.print(opened.retry(items, act.apply()), output);
    }
  }

  @Command(
      name = "drop",
      description = {
        "Takes items away for good. The id of a message stays, so that the store cannot send it again;",
        "any other item comes back with the next news about it. An id under which nothing is owed is",
        "named, and holds the others up no more than one that is gone by then; exit status 1 if",
        "nothing is owed under any.",
        PLANNED
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        Drops.MEMBERS_1,
        Drops.MEMBERS_2,
        Drops.MEMBERS_3,
        Drops.MEMBERS_4
      })
  int drop(
      @Parameters(paramLabel = "ID", arity = "1..*", description = KEY) List<String> keys,
      @Option(names = "--provider", paramLabel = "P", description = PROVIDER)
          @Nullable StoreProvider provider,
      @Option(names = "--kind", paramLabel = "KIND", description = KIND) @Nullable WorkKind kind,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    String reason = act.reason();
    try (OpenedInbox opened = open(options)) {
      Drops drops = new Drops(opened, _ -> true, act.apply(), reason);
      keys.stream().distinct().forEach(key -> drops.add(new Filter(provider, kind, null, key)));
      return shell.print(drops.report(), output);
    }
  }

  @Command(
      name = "reconcile",
      description = {
        "Has subscriptions compared with the store's record: one, or with --all every one that is live,",
        "renews, is being charged again, or ended within 60 days. A running server does it, as fast as",
        "the store allows.",
        PLANNED
      },
      footer = {"", "Members with --json: owed (items), applied."})
  int reconcile(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "Purchase token, or any transaction of the App Store.")
          @Nullable String key,
      @Option(names = "--provider", paramLabel = "P", required = true, description = PROVIDER)
          StoreProvider provider,
      @Option(names = "--all", description = "Every subscription.") boolean all,
      @Mixin ApplyOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    if (all == (key != null)) {
      throw CommandFailed.misused("name either one subscription or --all");
    }
    try (OpenedInbox opened = open(options);
        Progress progress = new Progress(shell)) {
      Report report =
          key == null
              ? opened.reconcileAll(provider, act.apply(), progress)
              : opened.reconcile(provider, WorkKind.RECONCILE, key, act.apply());
      return shell.print(report, output);
    }
  }

  private OpenedInbox open(SettingsOptions options) {
    return new OpenedInbox(options.read(shell.environment()), clock);
  }
}
