package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Effect;
import org.sessionpro.backend.ledger.Effect.Concerned;
import org.sessionpro.backend.ledger.Effect.State;

/// What an act makes, or would make, of accounts: one row each.
///
/// @param ids how identifiers are shown
record EffectReport(RenewalAllowance allowance, ShownIds ids) {
  static final String MEMBERS_1 = "  applied                whether it was done, or only planned";
  static final String MEMBERS_2 =
      "  accounts               account, payments_before, payments, expiry_before_ts, expiry_ts,";
  static final String MEMBERS_3 =
      "                         coverage_end_before_ts, coverage_end_ts, revoked (its proofs in";
  static final String MEMBERS_4 =
      "                         circulation are), generation (that it goes on under; null if under none)";

  /// Whether it was done, and the accounts.
  Report appended(Report report, Effect effect, boolean applied) {
    List<Report> rows = effect.accounts().stream().map(this::row).toList();
    return report.flag("applied", applied).rows("accounts", rows);
  }

  private Report row(Concerned one) {
    State after = one.after();
    Report row =
        Report.empty()
            .text("account", ids.of(one.key()))
            .number("payments_before", payments(one.before()))
            .number("payments", payments(after))
            .moment("expiry_before_ts", instant(one.before(), EffectReport::expiry))
            .moment("expiry_ts", instant(after, EffectReport::expiry))
            .moment("coverage_end_before_ts", instant(one.before(), this::coverageEnd))
            .moment("coverage_end_ts", instant(after, this::coverageEnd))
            .flag("revoked", one.isRevoked());
    return after == null || after.account().generation().isRevoked()
        ? row.absent("generation")
        : row.number("generation", after.account().generation().ordinal());
  }

  private static long payments(@Nullable State state) {
    return state == null ? 0 : state.payments();
  }

  private static @Nullable Instant instant(
      @Nullable State state, Function<State, Instant> instant) {
    return state == null ? null : instant.apply(state);
  }

  private static Instant expiry(State state) {
    return state.account().entitlement().expiry();
  }

  private Instant coverageEnd(State state) {
    return state.account().entitlement().coverageEnd(allowance);
  }
}
