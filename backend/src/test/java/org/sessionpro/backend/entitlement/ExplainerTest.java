package org.sessionpro.backend.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.entitlement.Payments.T;
import static org.sessionpro.backend.entitlement.Payments.credit;
import static org.sessionpro.backend.entitlement.Payments.cycle;
import static org.sessionpro.backend.entitlement.Payments.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Explanation.AccountEvent;
import org.sessionpro.backend.entitlement.Explanation.CreditRun;
import org.sessionpro.backend.entitlement.Explanation.CreditState;
import org.sessionpro.backend.entitlement.Explanation.GenerationEvent;
import org.sessionpro.backend.entitlement.Explanation.ListingTimes;
import org.sessionpro.backend.entitlement.Explanation.Part;
import org.sessionpro.backend.entitlement.Explanation.PaymentEvent;
import org.sessionpro.backend.entitlement.Explanation.ProofAnswer;
import org.sessionpro.backend.entitlement.Explanation.ProofBound;
import org.sessionpro.backend.entitlement.Explanation.ProofTerm;
import org.sessionpro.backend.entitlement.Explanation.Result;
import org.sessionpro.backend.entitlement.Explanation.Role;
import org.sessionpro.backend.entitlement.Explanation.Rule;
import org.sessionpro.backend.entitlement.Explanation.Standing;
import org.sessionpro.backend.entitlement.Explanation.Upcoming;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;

class ExplainerTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ListingTimes LISTING =
      new ListingTimes(Duration.ofHours(26), Duration.ofDays(31));
  private static final ProofOffset NOON = new ProofOffset(43_200);
  private static final Generation FIRST =
      new Generation(1, new RevocationTag(ByteString.of(new byte[32])), T, null);

  private static Explanation explain(Instant at, RegisteredPayment... payments) {
    return explain(0, known(at, null, payments), at);
  }

  private static Explanation explain(long limit, Knowledge known, Instant at) {
    return new Explainer(RenewalAllowance.DEFAULT, limit, LISTING).explain(known, at);
  }

  private static Knowledge known(
      Instant settledAt, @Nullable ProofCounters counters, RegisteredPayment... payments) {
    return new Knowledge(settledAt, List.of(FIRST), NOON, List.of(payments), List.of(), counters);
  }

  private static RegisteredPayment revoked(
      RegisteredPayment payment, Instant at, RevokedFor reason) {
    return payment.apply(new Revoked(at, reason, false));
  }

  private static Result result(Explanation explained) {
    return Objects.requireNonNull(explained.result());
  }

  private static Role role(Explanation explained, int id) {
    return explained.payments().stream()
        .filter(part -> part.payment().id().value() == id)
        .map(Part::role)
        .findFirst()
        .orElseThrow();
  }

  private static PaymentId id(int value) {
    return new PaymentId(value);
  }

  @Test
  void aLonelyTermCarries() {
    Explanation explained = explain(day(1), cycle(1, "A", T, day(30), true));

    assertThat(result(explained))
        .isEqualTo(
            new Result(
                new Rule.TermCarries(id(1)),
                new Entitlement(day(30), null, true),
                day(30).plus(HOUR),
                day(1),
                null));
    assertThat(role(explained, 1)).isEqualTo(new Role.Carries());
    assertThat(explained.payments().getFirst().coverageEnd()).isEqualTo(day(30).plus(HOUR));
  }

  @Test
  void theTermThatCoversLongestWinsOverAnother() {
    Explanation explained =
        explain(day(1), cycle(1, "A", T, day(40), false), cycle(2, "B", T, day(30), true));

    assertThat(role(explained, 1)).isEqualTo(new Role.Carries());
    assertThat(role(explained, 2)).isEqualTo(new Role.Outlasted(id(1)));
  }

  @Test
  void onlyTheNewestCycleOfASubscriptionCounts() {
    Explanation explained =
        explain(day(31), cycle(1, "A", T, day(365), false), cycle(2, "A", day(30), day(60), true));

    assertThat(role(explained, 1)).isEqualTo(new Role.OlderCycle(id(2)));
    assertThat(result(explained).rule()).isEqualTo(new Rule.TermCarries(id(2)));
  }

  @Test
  void aRenewalRevokedBeforeItsStartGivesWayToTheCycleBefore() {
    RegisteredPayment renewal = cycle(2, "A", day(30), day(60), true);

    Explanation explained =
        explain(
            day(20),
            cycle(1, "A", T, day(30), false),
            revoked(renewal, day(20), RevokedFor.REFUND));

    assertThat(role(explained, 2)).isEqualTo(new Role.RevokedBeforeStart(id(1)));
    assertThat(role(explained, 1)).isEqualTo(new Role.Carries());
  }

  @Test
  void aSupersededCycleNeverCounts() {
    Explanation explained =
        explain(
            day(20),
            revoked(cycle(1, "A", T, day(365), true), day(10), RevokedFor.SUPERSEDED),
            cycle(2, "B", day(10), day(40), true));

    assertThat(role(explained, 1)).isEqualTo(new Role.Superseded());
  }

  @Test
  void aRefundedTermEndsWhereItWasRefunded() {
    Explanation explained =
        explain(day(61), revoked(cycle(1, "A", T, day(365), true), day(60), RevokedFor.REFUND));

    assertThat(result(explained).coverageEnd()).isEqualTo(day(60));
    assertThat(explained.standing()).isEqualTo(Standing.ENDED);
  }

  @Test
  void creditsFollowTheTermOneAfterTheOther() {
    Explanation explained =
        explain(
            day(5),
            cycle(1, "A", T, day(30), true),
            credit(3, day(2), Duration.ofDays(90)),
            credit(2, T, Duration.ofDays(30)));
    Instant start = day(30).plus(HOUR);

    assertThat(result(explained).rule())
        .isEqualTo(new Rule.CreditsFollow(id(1), Duration.ofDays(120)));
    assertThat(result(explained).checkpoint()).isEqualTo(day(5));
    assertThat(explained.credits())
        .containsExactly(
            waiting(2, Duration.ofDays(30), start, start.plus(Duration.ofDays(30))),
            waiting(
                3,
                Duration.ofDays(90),
                start.plus(Duration.ofDays(30)),
                start.plus(Duration.ofDays(120))));
    assertThat(result(explained).coverageEnd()).isEqualTo(start.plus(Duration.ofDays(120)));
    assertThat(role(explained, 2)).isEqualTo(new Role.LiveCredit());
  }

  private static CreditRun waiting(int id, Duration length, Instant from, Instant until) {
    return new CreditRun(id(id), CreditState.WAITING, length, length, from, until);
  }

  @Test
  void creditsCarryWhenNoTermReachesTheirCheckpoint() {
    Explanation explained =
        explain(day(45), cycle(1, "A", T, day(30), false), credit(2, day(10), Duration.ofDays(30)));

    assertThat(result(explained).rule()).isEqualTo(new Rule.CreditsCarry(Duration.ofDays(15)));
    assertThat(role(explained, 1)).isEqualTo(new Role.EndedBeforeCredits());
    assertThat(explained.credits())
        .containsExactly(
            new CreditRun(
                id(2),
                CreditState.RUNNING,
                Duration.ofDays(30),
                Duration.ofDays(15),
                null,
                day(60)));
    assertThat(result(explained).coverageEnd()).isEqualTo(day(60));
  }

  @Test
  void aCreditIsShownAsItIsAtTheInstantAskedAbout() {
    Knowledge known = known(T, null, credit(1, T, Duration.ofDays(30)));

    assertThat(explain(0, known, day(10)).credits())
        .containsExactly(
            new CreditRun(
                id(1),
                CreditState.RUNNING,
                Duration.ofDays(30),
                Duration.ofDays(20),
                null,
                day(30)));
    assertThat(explain(0, known, day(30)).credits())
        .extracting(CreditRun::state)
        .containsExactly(CreditState.SPENT);
  }

  @Test
  void aRevokedCreditEndsWhereItWasTakenBack() {
    Explanation explained =
        explain(day(11), revoked(credit(1, T, Duration.ofDays(30)), day(10), RevokedFor.REFUND));

    assertThat(role(explained, 1)).isEqualTo(new Role.RevokedCredit());
    assertThat(explained.credits())
        .containsExactly(
            new CreditRun(
                id(1),
                CreditState.REVOKED,
                Duration.ofDays(30),
                Duration.ofDays(20),
                null,
                day(10)));
    assertThat(result(explained).rule()).isEqualTo(new Rule.NothingCounts());
  }

  @Test
  void serviceRunsUpToTheVeryEndOfCoverage() {
    RegisteredPayment term = cycle(1, "A", T, day(30), true);
    Instant end = day(30).plus(HOUR);

    assertThat(explain(0, known(T, null, term), end).standing()).isEqualTo(Standing.ACTIVE);
    assertThat(explain(0, known(T, null, term), end.plusNanos(1_000)).standing())
        .isEqualTo(Standing.ENDED);
  }

  @Test
  void aProofIsBoundedByTheCapFirstAndByCoverageAtTheEnd() {
    RegisteredPayment year = cycle(1, "A", T, day(365), false);

    assertThat(explain(T, year).proof())
        .isEqualTo(
            new ProofAnswer.Issued(
                new ProofTerm(
                    ProofBound.ROLLING_CAP,
                    day(29).plus(ProofGrid.LEAD),
                    day(30).plus(ProofGrid.LEAD),
                    day(29).plus(Duration.ofHours(12)),
                    day(365).plus(Duration.ofHours(12)))));
    assertThat(explain(day(360), year).proof())
        .isEqualTo(
            new ProofAnswer.Issued(
                new ProofTerm(
                    ProofBound.COVERAGE_END,
                    day(365).plus(ProofGrid.LEAD),
                    day(366).plus(ProofGrid.LEAD),
                    day(365).plus(Duration.ofHours(12)),
                    day(365).plus(Duration.ofHours(12)))));
  }

  @Test
  void theLastProofIsIssuedInItsLastSecond() {
    RegisteredPayment term = cycle(1, "A", T, day(30), false);
    Instant last = day(30).plus(Duration.ofHours(12));

    assertThat(explain(last, term).proof()).isInstanceOf(ProofAnswer.Issued.class);
    assertThat(explain(last.plusNanos(1_000), term).proof())
        .isInstanceOf(ProofAnswer.Expired.class);
  }

  @Test
  void aLimitedAccountIsToldWhenItsWindowEnds() {
    ProofCounters three = new ProofCounters(9, 3, 0, day(1));
    RegisteredPayment term = cycle(1, "A", T, day(30), false);

    Explanation explained = explain(3, known(T, three, term), day(2));

    assertThat(explained.proof()).isEqualTo(new ProofAnswer.RateLimited(day(8)));
    assertThat(explained.upcoming())
        .contains(new Upcoming.OfAccount(day(8), AccountEvent.PROOF_WINDOW_ENDS));
  }

  @Test
  void withoutCountersNobodyIsLimited() {
    RegisteredPayment term = cycle(1, "A", T, day(30), false);

    assertThat(explain(3, known(T, null, term), day(2)).proof())
        .isInstanceOf(ProofAnswer.Issued.class);
  }

  @Test
  void aRevokedGenerationIsRefusedListedAndForgotten() {
    Generation revoked = new Generation(1, FIRST.tag(), T, day(3));
    RegisteredPayment term = cycle(1, "A", T, day(30), false);
    Knowledge known = new Knowledge(day(3), List.of(revoked), NOON, List.of(term), List.of(), null);

    Explanation explained = explain(0, known, day(3));

    assertThat(explained.standing()).isEqualTo(Standing.REVOKED);
    assertThat(explained.proof()).isEqualTo(new ProofAnswer.Revoked());
    assertThat(explained.upcoming())
        .contains(
            new Upcoming.OfGeneration(
                day(4).plus(Duration.ofHours(2)), GenerationEvent.REVOCATION_TAKES_EFFECT, 1),
            new Upcoming.OfGeneration(day(34), GenerationEvent.REVOCATION_UNLISTED, 1))
        .doesNotContain(new Upcoming.OfAccount(day(30), AccountEvent.PROOFS_END));
  }

  @Test
  void whatHappensNextIsListedSoonestFirst() {
    RegisteredPayment term = cycle(1, "A", T, day(30), true);
    RegisteredPayment voucher = credit(2, T, Duration.ofDays(30));
    Instant start = day(30).plus(HOUR);
    Instant end = day(60).plus(HOUR);

    assertThat(explain(day(1), term, voucher).upcoming())
        .containsExactly(
            new Upcoming.OfPayment(day(30), PaymentEvent.RENEWAL_DUE, id(1)),
            new Upcoming.OfPayment(start, PaymentEvent.CREDIT_STARTS, id(2)),
            new Upcoming.OfPayment(end, PaymentEvent.CREDIT_ENDS, id(2)),
            new Upcoming.OfAccount(end, AccountEvent.COVERAGE_ENDS),
            new Upcoming.OfAccount(day(60).plus(Duration.ofHours(12)), AccountEvent.PROOFS_END));
  }

  @Test
  void aCancelledTermEndsForGoodAndAFutureOneBegins() {
    Explanation explained = explain(T, cycle(1, "A", day(2), day(30), false));

    assertThat(explained.upcoming())
        .contains(
            new Upcoming.OfPayment(day(2), PaymentEvent.TERM_BEGINS, id(1)),
            new Upcoming.OfPayment(day(30), PaymentEvent.TERM_ENDS, id(1)));
  }

  @Test
  void nothingIsNextForWhatHasEnded() {
    assertThat(explain(day(100), cycle(1, "A", T, day(30), true)).upcoming()).isEmpty();
  }

  @Test
  void anAccountWithoutPaymentsIsAnsweredLikeNone() {
    Explanation explained =
        explain(0, new Knowledge(T, List.of(FIRST), NOON, List.of(), List.of(), null), T);

    assertThat(explained.standing()).isEqualTo(Standing.NEVER);
    assertThat(explained.result()).isNull();
    assertThat(explained.proof()).isEqualTo(new ProofAnswer.NotSubscribed());
  }

  /// Over random histories the reasons never contradict the fold.
  @Test
  void theReasonsAgreeWithTheFold() {
    SeededRuns.of(
        "explained.folds",
        3_000,
        random -> {
          List<RegisteredPayment> payments = registered(RandomHistory.bound(random));
          Instant at = T.plus(Duration.ofHours(random.nextInt(20_000)));
          Settlement settlement = new Settlement(RenewalAllowance.DEFAULT);

          Explanation explained =
              explain(0, known(at, null, payments.toArray(RegisteredPayment[]::new)), at);

          Instant expected = settlement.coverageEnd(payments, at);
          Result result = result(explained);
          assertThat(result.coverageEnd()).isEqualTo(expected == null ? at : expected);
          long carriers =
              explained.payments().stream()
                  .filter(part -> part.role() instanceof Role.Carries)
                  .count();
          boolean byTerm =
              result.rule() instanceof Rule.TermCarries
                  || result.rule() instanceof Rule.CreditsFollow;
          assertThat(carriers).isEqualTo(byTerm ? 1 : 0);
          assertThat(explained.payments()).hasSameSizeAs(payments);
        });
  }

  private static List<RegisteredPayment> registered(RandomHistory history) {
    int[] number = {0};
    return history.payments().entrySet().stream()
        .map(entry ->
            new RegisteredPayment(
                id(++number[0]), Payment.replay(entry.getKey(), entry.getValue())))
        .toList();
  }
}
