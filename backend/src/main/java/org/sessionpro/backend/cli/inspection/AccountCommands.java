package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.ActOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.entitlement.Explainer;
import org.sessionpro.backend.entitlement.Explanation;
import org.sessionpro.backend.entitlement.Explanation.ListingTimes;
import org.sessionpro.backend.entitlement.Generation;
import org.sessionpro.backend.ledger.Effect;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Sought;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.v1.RevocationList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro account`: what is known about one account, why it stands as it does, and how its proofs are
/// revoked.
@Command(name = "account", description = "What is known about one account, and why; revokes.")
public final class AccountCommands {
  private static final String KEY =
      "Master key (64 hex digits, 0x allowed), or the id of a payment: order, purchase token,"
          + " transaction, voucher, or payment id of protocol v1 (quote its bar).";

  private static final String CONVENTIONS_1 =
      "Members with --json, in this order; null where there is nothing. Instants (_ts) are UNIX";
  private static final String CONVENTIONS_2 =
      "seconds, lengths (_duration) seconds. Digests of ids hold for one output.";
  private static final String WAITS_FOR_1 =
      "waits_for: google_account_id, app_account_token, somebody_who_names_it, reinstatement,";
  private static final String WAITS_FOR_2 =
      "nothing. What waits for the owner is bound by the owner's next request.";

  private final Shell shell;
  private final Supplier<Crypto> crypto;
  private final InstantSource clock;

  /// @param crypto asked when a command runs: it loads native libraries
  public AccountCommands(Shell shell, Supplier<Crypto> crypto, InstantSource clock) {
    this.shell = shell;
    this.crypto = crypto;
    this.clock = clock;
  }

  @Command(
      name = "show",
      description = {
        "Shows what is stored about an account or an unclaimed payment, and where that is not what",
        "its facts make of it. Reads only, beside a running server."
      },
      footer = {
        "",
        CONVENTIONS_1,
        CONVENTIONS_2,
        "",
        "  account                the master key; null if nobody owns what was found",
        "  user_status            what clients are told now: never, active, expired",
        "  expiry_ts              end of the paid term with credits",
        "  coverage_end_ts        end of service: with grace and the renewal allowance",
        "  auto_renewing          whether the store will renew",
        "  store_grace_duration   the store's grace beyond the term",
        "  carrier                id of the payment whose term carries the coverage",
        "  credits_checkpoint_ts  credits are charged up to here",
        "  generation             number of the generation in use",
        "  proof_offset_duration  the account's phase of the daily grid of proof expiries",
        "  proofs_total           proofs ever counted; the server counts only with a limit set",
        "  proofs_window          those of the open window of seven days",
        "  proofs_late            those of them that were asked for after the paid term",
        "  proofs_window_start_ts when the window opened",
        "  payments               those of the account, then those without owner: id, asked (bears the",
        "                         id that was given), subscription, cycle, provider, plan",
        "  terms                  of those of the account: id, status, purchased_ts, expiry_ts,",
        "                         auto_renewing, store_grace_duration, granted_duration,",
        "                         remaining_duration (of a credit, at the checkpoint)",
        "  dealings               of the same: id, source, redeemed_ts, redeemed_how,",
        "                         refund_deadline_ts, acknowledgement, refund_requested_ts,",
        "                         revoked_ts, revoked_for",
        "  generations            generation, tag, issued_ts, revoked_ts, effective_ts (for clients of",
        "                         v1; two hours earlier for v0), unlisted_ts",
        "  waiting                of those without owner: id, waits_for, purchased_ts, expiry_ts,",
        "                         revoked_ts, acknowledgement",
        "  differences            between rows and facts: of, part, stored, replayed",
        "  subscriptions          what stores last said of them: subscription, state, next_product,",
        "                         stated_ts, resume_ts (of a pause), reconciled_ts (by our clock),",
        "                         test (whether a licence tester bought it)",
        "  remarks                what the App Store says beside, in its words and numbers:",
        "                         subscription, remark, value, remarked_ts (since when)",
        "",
        WAITS_FOR_1,
        WAITS_FOR_2
      })
  int show(
      @Parameters(paramLabel = "KEY", description = KEY, converter = SoughtConverter.class)
          Sought sought,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    Settings settings = options.read(shell.environment());
    Instant now = clock.instant();
    Report report =
        undamaged(() -> {
          try (Ledger ledger = ExistingLedger.open(settings)) {
            Inspected found = Inspected.find(ledger, sought);
            PaymentColumns columns = new PaymentColumns(ids, found.named());
            Explanation explained = explainer(settings).explain(found.asOf(Instant.MAX), now);
            return new AccountReport(ExistingLedger.allowance(settings), ids, columns, now)
                .of(found.account(), explained, ledger.subscriptions().stated(found.keys()));
          }
        });
    return shell.print(report, output);
  }

  @Command(
      name = "explain",
      description = {
        "Says why an account stands as it does at an instant: what was known, which rule decided,",
        "what a request for a proof gets, and what happens next. Reads only.",
        "",
        "Without --as-of everything that is known now is used. To see what was answered in the past,",
        "give both. The renewal allowance and the proof limit are those of the environment."
      },
      footer = {
        "",
        CONVENTIONS_1,
        CONVENTIONS_2,
        "",
        "  at_ts, as_of_ts        what was asked; as_of_ts is null if everything known is used",
        "  account                the master key; null if nobody owns what was found",
        "  user_status            what clients are told: never, active, expired",
        "  standing               never, active, ended, or revoked, which clients see as expired;",
        "                         before_import if --as-of is before another service was taken over:",
        "                         what that one answered is not known",
        "  rule                   what decided: term_carries, credits_follow (a term, then credits),",
        "                         credits_carry (no term reaches), nothing_counts",
        "  why                    the rule in words",
        "  carrier                id of the payment whose term carries the coverage",
        "  expiry_ts              end of the paid term with credits",
        "  store_grace_duration   the store's grace beyond the term",
        "  auto_renewing          whether the store will renew",
        "  coverage_end_ts        end of service: with grace and the renewal allowance",
        "  settled_ts             the instant this is computed for: the last change, or with a",
        "                         live credit the instant asked about",
        "  credits_checkpoint_ts  credits are charged up to here; null if none is left",
        "  generation             number of the generation in use",
        "  proof                  issued, or the refusal: not_subscribed, revoked,",
        "                         subscription_expired, rate_limited",
        "  proof_bound            what limits a proof: rolling_cap (29 days), coverage_end",
        "  proof_expiry_ts        until when it would be valid",
        "  proof_earliest_ts, proof_latest_ts",
        "                         between which that lies, by the account's place in the daily grid",
        "  proof_last_request_ts  when the last proof is issued if nothing changes",
        "  payments               those of the account, newest first, then those without owner: id,",
        "                         asked (bears the id that was given), subscription, cycle, provider,",
        "                         plan",
        "  parts                  of those of the account: id, status, role, because_of, purchased_ts,",
        "                         term_end_ts, coverage_end_ts. Roles: carries, outlasted,",
        "                         ended_before_credits, older_cycle, superseded,",
        "                         revoked_before_start, live_credit, revoked_credit, termless;",
        "                         because_of is the payment that counts instead",
        "  credits                in the order in which they run: id, state (running, waiting, spent,",
        "                         revoked), granted_duration, remaining_duration, from_ts, until_ts",
        "  generations            generation, tag, issued_ts, revoked_ts, effective_ts (for clients of",
        "                         v1; two hours earlier for v0), unlisted_ts",
        "  waiting                of those without owner: id, waits_for, purchased_ts, expiry_ts,",
        "                         revoked_ts, acknowledgement",
        "  next                   what happens by itself: when_ts, event, of. Events: coverage_ends,",
        "                         proofs_end, proof_window_ends, term_begins, renewal_due, term_ends,",
        "                         credit_starts, credit_ends, refund_window_ends,",
        "                         revocation_takes_effect, revocation_unlisted",
        "  facts                  the timeline: learned_ts (our clock), happened_ts (theirs), of (account,",
        "                         a payment, or a subscription as a whole), number, fact, detail",
        "",
        WAITS_FOR_1,
        WAITS_FOR_2
      })
  int explain(
      @Parameters(paramLabel = "KEY", description = KEY, converter = SoughtConverter.class)
          Sought sought,
      @Option(
              names = "--at",
              paramLabel = "INSTANT",
              converter = InstantConverter.class,
              description = "The instant asked about (default: now).")
          @Nullable Instant at,
      @Option(
              names = "--as-of",
              paramLabel = "INSTANT",
              converter = InstantConverter.class,
              description = "Use only what was learned by then, on our clock.")
          @Nullable Instant asOf,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    Settings settings = options.read(shell.environment());
    Instant now = clock.instant();
    Instant known = asOf == null ? Instant.MAX : asOf;
    Report report =
        undamaged(() -> {
          try (Ledger ledger = ExistingLedger.open(settings)) {
            Inspected found = Inspected.find(ledger, sought);
            Instant takenAt = ledger.inspection().takenAt().orElse(null);
            PaymentColumns columns = new PaymentColumns(ids, found.named());
            Explanation explained =
                explainer(settings).explain(found.asOf(known), at == null ? now : at);
            return new ExplanationReport(ids, columns, asOf, takenAt, now)
                .of(explained, shownAccount(found, ids), TimelineEntry.of(found, ids, known));
          }
        });
    return shell.print(report, output);
  }

  @Command(
      name = "payments",
      description = {
        "Lists the payments of an account that still run: terms that are not over, and credits of which",
        "something is left. Reads only."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  account                the master key; null if nobody owns what was found",
        "  payments               id, subscription, cycle, provider, plan, status, purchased_ts,",
        "                         expiry_ts (null while it is a credit), auto_renewing,",
        "                         remaining_duration (of a credit)"
      })
  int payments(
      @Parameters(paramLabel = "KEY", description = KEY, converter = SoughtConverter.class)
          Sought sought,
      @Option(names = "--all", description = "Those that are over or revoked, too.") boolean all,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    Settings settings = options.read(shell.environment());
    Instant now = clock.instant();
    Report report =
        undamaged(() -> {
          Inspected found = find(settings, sought);
          PaymentColumns columns = new PaymentColumns(ids, found.named());
          return columns.running(found, shownAccount(found, ids), all, now);
        });
    return shell.print(report, output);
  }

  @Command(
      name = "revoke",
      description = {
        "Revokes the proofs of an account that are in circulation: their tag goes on the list that",
        "everybody polls, for ever. Says what it would do, and does it with --apply.",
        "",
        "This is no ban: an account that something covers gets proofs under a new tag at once. It takes",
        "no payment away and moves no expiry."
      },
      footer = {
        "",
        "Members with --json, in this order:",
        "",
        "  tag                    what is revoked",
        "  effective_ts           from when peers refuse it: clients of v1; two hours earlier of v0",
        EffectReport.MEMBERS_1,
        EffectReport.MEMBERS_2,
        EffectReport.MEMBERS_3,
        EffectReport.MEMBERS_4
      })
  int revoke(
      @Parameters(paramLabel = "KEY", description = "Master key, 64 hex digits, 0x allowed.")
          MasterKey key,
      @Option(names = "--unmasked", description = ShownIds.UNMASKED) boolean unmasked,
      @Mixin ActOptions act,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    String reason = act.reason();
    ShownIds ids = ShownIds.of(unmasked, shell, crypto);
    Settings settings = options.read(shell.environment());
    Instant now = clock.instant();
    try (Ledger ledger = ExistingLedger.open(settings)) {
      Generation present = present(ledger, key);
      Effect effect = ledger.operator().revoke(key, reason, act.mode(), now);
      Report report =
          Report.empty()
              .text("tag", ids.of(present.tag()))
              .moment("effective_ts", now.plus(RevocationList.EFFECTIVE_DELAY), now);
      EffectReport effects = new EffectReport(ExistingLedger.allowance(settings), ids);
      return shell.print(effects.appended(report, effect, act.apply()), output);
    }
  }

  private static Generation present(Ledger ledger, MasterKey key) {
    Generation generation =
        ledger
            .account(key)
            .orElseThrow(() -> CommandFailed.because("no account is known by that key"))
            .generation();
    if (generation.isRevoked()) {
      throw CommandFailed.because("its proofs are revoked already, and nothing covers it since");
    }
    return generation;
  }

  /// What is damaged breaks a rule of the types that it is read into.
  private static Report undamaged(Supplier<Report> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException
        | IllegalStateException
        | NoSuchElementException
        | BadRequest damaged) {
      throw CommandFailed.because(
          "what is stored about it is damaged, see pro doctor: " + damaged.getMessage());
    }
  }

  private static @Nullable String shownAccount(Inspected found, ShownIds ids) {
    return found.account() == null ? null : ids.of(found.account().owner());
  }

  private static Inspected find(Settings settings, Sought sought) {
    try (Ledger ledger = ExistingLedger.open(settings)) {
      return Inspected.find(ledger, sought);
    }
  }

  private static Explainer explainer(Settings settings) {
    return new Explainer(
        ExistingLedger.allowance(settings),
        settings.entitlement().maxProofsPerWindow(),
        new ListingTimes(RevocationList.EFFECTIVE_DELAY, RevocationSnapshot.RETENTION));
  }
}
