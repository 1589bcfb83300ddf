package org.sessionpro.backend.cli.inspection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.sessionpro.backend.cli.ActOptions;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.OutputOptions;
import org.sessionpro.backend.cli.SettingsOptions;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.store.google.PlayActs.Canceler;
import org.sessionpro.backend.store.google.PlayActs.MoneyBack;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pro google-purchase`: what Google Play is to do with a purchase (`google-play.md` §6.4).
@Command(
    name = "google-purchase",
    description = "Has Google Play refund, revoke, cancel or defer a purchase.")
public final class GooglePurchaseCommands {
  private static final String ANNOUNCED = "What comes of it is announced to the server by Google.";
  private static final String TOKEN = "The purchase token.";
  private static final int MOST_DAYS = 365;

  private final Shell shell;
  private final InstantSource clock;

  public GooglePurchaseCommands(Shell shell, InstantSource clock) {
    this.shell = shell;
    this.clock = clock;
  }

  @Command(
      name = "refund",
      description = {"Gives the money of one order back. " + ANNOUNCED, GoogleAct.PLANNED},
      footer = {"", GoogleAct.MEMBERS})
  int refund(
      @Parameters(paramLabel = "ORDER", description = "The order id.") String order,
      @Option(names = "--revoke", description = "Take away what was bought, too.") boolean revoke,
      @Mixin ActOptions doing,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    OrderId id = id(order, OrderId::new);
    String effect = "give the money of the order back" + (revoke ? ", and take it away" : "");
    GoogleAct act = GoogleAct.of(effect, acts -> acts.refund(id, revoke), id);
    return show(act, doing, options, output);
  }

  @Command(
      name = "revoke",
      description = {"Takes a subscription away for good. " + ANNOUNCED, GoogleAct.PLANNED},
      footer = {"", GoogleAct.MEMBERS})
  int revoke(
      @Parameters(paramLabel = "TOKEN", description = TOKEN) String token,
      @Option(
              names = "--back",
              paramLabel = "B",
              required = true,
              description = "How much of the last payment goes back: ${COMPLETION-CANDIDATES}.")
          MoneyBack back,
      @Mixin ActOptions doing,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    PurchaseToken id = id(token, PurchaseToken::new);
    GoogleAct act =
        GoogleAct.of(
            "take the subscription away for good, and give money back: " + back,
            acts -> acts.revoke(id, back),
            id);
    return show(act, doing, options, output);
  }

  @Command(
      name = "cancel",
      description = {"Ends the renewal of a subscription. " + ANNOUNCED, GoogleAct.PLANNED},
      footer = {"", GoogleAct.MEMBERS})
  int cancel(
      @Parameters(paramLabel = "TOKEN", description = TOKEN) String token,
      @Option(
              names = "--as",
              paramLabel = "WHO",
              required = true,
              description =
                  "${COMPLETION-CANDIDATES}: what the buyer cancels the buyer can restart.")
          Canceler canceler,
      @Mixin ActOptions doing,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    PurchaseToken id = id(token, PurchaseToken::new);
    GoogleAct act =
        GoogleAct.of("end the renewal, as: " + canceler, acts -> acts.cancel(id, canceler), id);
    return show(act, doing, options, output);
  }

  @Command(
      name = "defer",
      description = {
        "Moves the next renewal, which costs the buyer nothing. " + ANNOUNCED,
        GoogleAct.PLANNED
      },
      footer = {"", GoogleAct.MEMBERS})
  int defer(
      @Parameters(paramLabel = "TOKEN", description = TOKEN) String token,
      @Option(names = "--days", paramLabel = "N", required = true, description = "1 to 365.")
          int days,
      @Mixin ActOptions doing,
      @Mixin SettingsOptions options,
      @Mixin OutputOptions output) {
    if (days < 1 || days > MOST_DAYS) {
      throw CommandFailed.misused("--days must be from 1 to " + MOST_DAYS);
    }
    PurchaseToken id = id(token, PurchaseToken::new);
    GoogleAct act =
        GoogleAct.of(
            "move the next renewal by " + days + " days",
            acts -> acts.defer(id, Duration.ofDays(days)),
            id);
    return show(act, doing, options, output);
  }

  private int show(GoogleAct act, ActOptions doing, SettingsOptions options, OutputOptions output) {
    String reason = doing.reason();
    Settings settings = options.read(shell.environment());
    return shell.print(act.report(doing.apply(), reason, settings, clock), output);
  }

  private static <T> T id(String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException impossible) {
      throw CommandFailed.misused("the id is none that a store gives");
    }
  }
}
