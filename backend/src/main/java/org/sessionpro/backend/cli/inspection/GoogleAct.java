package org.sessionpro.backend.cli.inspection;

import java.time.InstantSource;
import java.util.function.Function;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.backend.ledger.OperatorAct.Kind;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.google.GoogleClients;
import org.sessionpro.backend.store.google.PlayActs;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.protocol.StoreId;

/// Something that Google is to do, planned or applied.
///
/// @param effect in words, of what follows "would" or "did"
/// @param target the id of what it is done to
/// @param afterwards once Google has done it
record GoogleAct(
    String effect, Function<PlayActs, StoreAnswer<Done>> deed, String target, Runnable afterwards) {
  static final String PLANNED = "Says what it would do, and does it with --apply.";

  static final String MEMBERS = "Members with --json: effect (in words), applied.";

  /// After which nothing is left to do.
  static GoogleAct of(String effect, Function<PlayActs, StoreAnswer<Done>> deed, StoreId target) {
    return new GoogleAct(effect, deed, target.value(), () -> {});
  }

  /// What would be done, or what was. That Google is asked to is noted before, because it may do so
  /// without an answer.
  ///
  /// @throws CommandFailed if it was to be applied and Google did not do it
  Report report(boolean apply, String reason, Settings settings, InstantSource clock) {
    if (apply) {
      GoogleSettings google = GoogleReach.outside(settings);
      note(reason, settings, clock);
      try (GoogleClients clients = GoogleReach.clients(google, clock)) {
        requireDone(deed.apply(clients.acts()));
      }
      afterwards.run();
    }
    return Report.empty().text("effect", effect).flag("applied", apply);
  }

  private void note(String reason, Settings settings, InstantSource clock) {
    try (Ledger ledger = ExistingLedger.open(settings)) {
      ledger
          .operator()
          .note(new OperatorAct(Kind.STORE_ASKED, target, effect, reason, clock.instant()));
    }
  }

  private static void requireDone(StoreAnswer<Done> answer) {
    String trouble =
        switch (answer) {
          case StoreAnswer.Answer<Done> _ -> "";
          case StoreAnswer.NotFound<Done> _ -> "it does not know it";
          case StoreAnswer.Gone<Done> _ -> "it has forgotten it";
          case StoreAnswer.Throttled<Done> _ -> "it wants to be asked less";
          case StoreAnswer.Unauthorized<Done> _ -> "the service account may not do that";
          case StoreAnswer.TryLater<Done> _ ->
              "there was no usable answer, and it may be done all the same";
          case StoreAnswer.Refused<Done>(int status, String reason) ->
              ("it refuses that: " + status + " " + reason).strip();
        };
    if (!trouble.isEmpty()) {
      throw CommandFailed.because("Google did not say that it is done: " + trouble);
    }
  }
}
