package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.cli.TimeText;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.Explanation;
import org.sessionpro.backend.entitlement.Explanation.CreditRun;
import org.sessionpro.backend.entitlement.Explanation.Part;
import org.sessionpro.backend.entitlement.Explanation.ProofAnswer;
import org.sessionpro.backend.entitlement.Explanation.ProofTerm;
import org.sessionpro.backend.entitlement.Explanation.Result;
import org.sessionpro.backend.entitlement.Explanation.Role;
import org.sessionpro.backend.entitlement.Explanation.Rule;
import org.sessionpro.backend.entitlement.Explanation.Standing;
import org.sessionpro.backend.entitlement.Explanation.Upcoming;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.UserStatus;

/// What `pro account explain` prints.
///
/// @param ids how identifiers are shown
/// @param asOf what is known is known up to here; null if everything is
/// @param takenAt when another service was taken over, before which nothing is known; null for never
/// @param now our clock, which instants are set against
record ExplanationReport(
    ShownIds ids,
    PaymentColumns columns,
    @Nullable Instant asOf,
    @Nullable Instant takenAt,
    Instant now) {

  /// The report of an explanation.
  ///
  /// @param account as it is shown; null if there is none
  /// @param timeline the facts that it rests on
  Report of(Explanation explained, @Nullable String account, List<TimelineEntry> timeline) {
    Report head = Report.empty().moment("at_ts", explained.at(), now).moment("as_of_ts", asOf, now);
    Report named = account == null ? head.absent("account") : head.text("account", account);
    if (asOf != null && takenAt != null && asOf.isBefore(takenAt)) {
      return withTables(beforeImport(named), explained, timeline);
    }
    Report standing =
        named
            .text("user_status", userStatus(explained.standing()).code())
            .text("standing", FactWords.code(explained.standing()));
    return withTables(
        withProof(withResult(standing, explained), explained.proof()), explained, timeline);
  }

  /// Who was served then, another service knew.
  private static Report beforeImport(Report report) {
    Report named = report.absent("user_status").text("standing", "before_import");
    return withoutTerm(
        withoutResult(named, "before import: another service was in charge").absent("proof"));
  }

  private static UserStatus userStatus(Standing standing) {
    return switch (standing) {
      case NEVER -> UserStatus.NEVER;
      case ACTIVE -> UserStatus.ACTIVE;
      case ENDED, REVOKED -> UserStatus.EXPIRED;
    };
  }

  private Report withResult(Report report, Explanation explained) {
    Result result = explained.result();
    if (result == null) {
      return withoutResult(report, "no payment is bound to an owner");
    }
    Entitlement entitlement = result.entitlement();
    Report decided =
        report.text("rule", rule(result.rule())).text("why", why(explained.standing(), result));
    return PaymentColumns.number(decided, "carrier", carrier(result.rule()))
        .moment("expiry_ts", entitlement.expiry(), now)
        .span("store_grace_duration", entitlement.grace())
        .flag("auto_renewing", entitlement.renewing())
        .moment("coverage_end_ts", result.coverageEnd(), now)
        .moment("settled_ts", result.settledAt(), now)
        .moment("credits_checkpoint_ts", result.checkpoint(), now)
        .number("generation", explained.generations().getLast().generation().ordinal());
  }

  private static Report withoutResult(Report report, String why) {
    return report
        .absent("rule")
        .text("why", why)
        .absent("carrier")
        .absent("expiry_ts")
        .absent("store_grace_duration")
        .absent("auto_renewing")
        .absent("coverage_end_ts")
        .absent("settled_ts")
        .absent("credits_checkpoint_ts")
        .absent("generation");
  }

  private static String rule(Rule rule) {
    return switch (rule) {
      case Rule.TermCarries _ -> "term_carries";
      case Rule.CreditsFollow _ -> "credits_follow";
      case Rule.CreditsCarry _ -> "credits_carry";
      case Rule.NothingCounts _ -> "nothing_counts";
    };
  }

  private static @Nullable PaymentId carrier(Rule rule) {
    return switch (rule) {
      case Rule.TermCarries(PaymentId carrier) -> carrier;
      case Rule.CreditsFollow(PaymentId carrier, _) -> carrier;
      case Rule.CreditsCarry _, Rule.NothingCounts _ -> null;
    };
  }

  private static String why(Standing standing, Result result) {
    String term =
        switch (result.rule()) {
          case Rule.TermCarries(PaymentId carrier) ->
              "payment " + carrier.value() + " covers longest";
          case Rule.CreditsFollow(PaymentId carrier, var credits) ->
              "payment "
                  + carrier.value()
                  + " covers longest, then credits of "
                  + TimeText.of(credits);
          case Rule.CreditsCarry(var credits) ->
              "no term covers, credits of " + TimeText.of(credits) + " run";
          case Rule.NothingCounts _ -> "no payment counts";
        };
    return standing == Standing.REVOKED ? "the generation is revoked; " + term : term;
  }

  private Report withProof(Report report, ProofAnswer proof) {
    return switch (proof) {
      case ProofAnswer.Issued(ProofTerm term) -> withProof(report, "issued", term);
      case ProofAnswer.Expired(ProofTerm term) ->
          withProof(report, ErrorCode.SUBSCRIPTION_EXPIRED.slug(), term);
      case ProofAnswer.NotSubscribed _ -> withProof(report, ErrorCode.NOT_SUBSCRIBED.slug(), null);
      case ProofAnswer.Revoked _ -> withProof(report, ErrorCode.REVOKED.slug(), null);
      case ProofAnswer.RateLimited _ -> withProof(report, ErrorCode.RATE_LIMITED.slug(), null);
    };
  }

  private Report withProof(Report report, String answer, @Nullable ProofTerm term) {
    Report answered = report.text("proof", answer);
    return term == null
        ? withoutTerm(answered)
        : answered
            .text("proof_bound", FactWords.code(term.bound()))
            .moment("proof_expiry_ts", term.expiry(), now)
            .moment("proof_earliest_ts", term.earliest(), now)
            .moment("proof_latest_ts", term.latest(), now)
            .moment("proof_last_request_ts", term.lastRequest(), now);
  }

  private static Report withoutTerm(Report report) {
    return report
        .absent("proof_bound")
        .absent("proof_expiry_ts")
        .absent("proof_earliest_ts")
        .absent("proof_latest_ts")
        .absent("proof_last_request_ts");
  }

  private Report withTables(Report report, Explanation explained, List<TimelineEntry> timeline) {
    return report
        .rows(
            "payments",
            columns.identities(
                explained.payments().stream().map(Part::payment).toList(), explained))
        .rows("parts", explained.payments().stream().map(p -> part(p, explained.at())).toList())
        .rows("credits", explained.credits().stream().map(ExplanationReport::credit).toList())
        .rows("generations", GenerationRows.of(explained, ids))
        .rows("waiting", explained.waiting().stream().map(PaymentColumns::waiting).toList())
        .rows("next", explained.upcoming().stream().map(this::upcoming).toList())
        .rows("facts", timeline.stream().map(TimelineEntry::row).toList());
  }

  private static Report part(Part part, Instant at) {
    Report row =
        Report.empty()
            .number("id", part.payment().id().value())
            .text("status", PaymentColumns.status(part.payment().payment(), at))
            .text("role", role(part.role()));
    return PaymentColumns.number(row, "because_of", becauseOf(part.role()))
        .moment("purchased_ts", part.payment().purchasedAt())
        .moment("term_end_ts", part.payment().payment().termEnd())
        .moment("coverage_end_ts", part.coverageEnd());
  }

  private static String role(Role role) {
    return switch (role) {
      case Role.Carries _ -> "carries";
      case Role.Outlasted _ -> "outlasted";
      case Role.EndedBeforeCredits _ -> "ended_before_credits";
      case Role.OlderCycle _ -> "older_cycle";
      case Role.Superseded _ -> "superseded";
      case Role.RevokedBeforeStart _ -> "revoked_before_start";
      case Role.LiveCredit _ -> "live_credit";
      case Role.RevokedCredit _ -> "revoked_credit";
      case Role.Termless _ -> "termless";
    };
  }

  private static @Nullable PaymentId becauseOf(Role role) {
    return switch (role) {
      case Role.Outlasted(PaymentId winner) -> winner;
      case Role.OlderCycle(PaymentId counting) -> counting;
      case Role.RevokedBeforeStart(PaymentId counting) -> counting;
      case Role.Carries _,
          Role.EndedBeforeCredits _,
          Role.Superseded _,
          Role.LiveCredit _,
          Role.RevokedCredit _,
          Role.Termless _ ->
          null;
    };
  }

  private static Report credit(CreditRun run) {
    return Report.empty()
        .number("id", run.id().value())
        .text("state", FactWords.code(run.state()))
        .span("granted_duration", run.granted())
        .span("remaining_duration", run.remaining())
        .moment("from_ts", run.from())
        .moment("until_ts", run.until());
  }

  private Report upcoming(Upcoming upcoming) {
    Report row = Report.empty().moment("when_ts", upcoming.at(), now);
    return switch (upcoming) {
      case Upcoming.OfAccount one ->
          row.text("event", FactWords.code(one.event())).text("of", "account");
      case Upcoming.OfPayment one ->
          row.text("event", FactWords.code(one.event()))
              .text("of", "payment " + one.payment().value());
      case Upcoming.OfGeneration one ->
          row.text("event", FactWords.code(one.event())).text("of", "generation " + one.ordinal());
    };
  }
}
