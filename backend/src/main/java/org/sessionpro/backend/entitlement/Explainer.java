package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.entitlement.Explanation.CreditRun;
import org.sessionpro.backend.entitlement.Explanation.Listing;
import org.sessionpro.backend.entitlement.Explanation.ListingTimes;
import org.sessionpro.backend.entitlement.Explanation.Part;
import org.sessionpro.backend.entitlement.Explanation.ProofAnswer;
import org.sessionpro.backend.entitlement.Explanation.ProofBound;
import org.sessionpro.backend.entitlement.Explanation.ProofTerm;
import org.sessionpro.backend.entitlement.Explanation.Result;
import org.sessionpro.backend.entitlement.Explanation.Standing;

/// Says of an account which rule decided how it stands, and what happens next. Decides nothing
/// itself: every answer comes from the fold, the schedule and the grid that the service runs on.
public final class Explainer {
  private final RenewalAllowance allowance;
  private final Settlement settlement;
  private final long maxProofs;
  private final ListingTimes listing;

  /// @param maxProofs proofs that an account gets in seven days; 0 for any number
  public Explainer(RenewalAllowance allowance, long maxProofs, ListingTimes listing) {
    this.allowance = allowance;
    this.settlement = new Settlement(allowance);
    this.maxProofs = maxProofs;
    this.listing = listing;
  }

  /// Explains how an account stands at `at`, by what is known.
  public Explanation explain(Knowledge known, Instant at) {
    List<Listing> generations = known.generations().stream().map(this::listing).toList();
    ProofOffset offset = known.offset();
    if (generations.isEmpty() || offset == null || known.bound().isEmpty()) {
      return nothing(known, generations, at);
    }
    Reckoning reckoned = reckoned(known, at);
    FoldReasons reasons = new FoldReasons(reckoned.payments(), reckoned.checkpoint(), allowance);
    Result result = result(reasons, reckoned);
    List<CreditRun> credits =
        new CreditRuns(settlement, known.bound())
            .at(at, reckoned, reasons.creditsFrom(reckoned.at()));
    Generation current = known.generations().getLast();
    ProofAnswer proof = proof(known, current, offset, result, at);
    Forecast forecast =
        new Forecast(at)
            .withGenerations(generations)
            .withWaiting(known.waiting())
            .withPayments(known.bound(), reasons.counting())
            .withCredits(credits)
            .withAccount(result, current, term(offset, result, at))
            .withProof(proof);
    return new Explanation(
        at,
        standing(current, result, at),
        result,
        parts(reasons, reckoned.payments(), settlement.reckon(known.bound(), at, at).payments()),
        credits,
        generations,
        known.waiting(),
        proof,
        forecast.events());
  }

  /// Of a key without account, or an account without payments, which is answered alike.
  private static Explanation nothing(Knowledge known, List<Listing> generations, Instant at) {
    Forecast forecast = new Forecast(at).withGenerations(generations).withWaiting(known.waiting());
    return new Explanation(
        at,
        Standing.NEVER,
        null,
        List.of(),
        List.of(),
        generations,
        known.waiting(),
        new ProofAnswer.NotSubscribed(),
        forecast.events());
  }

  /// As the service computes its answers: an account with a live credit anew at the instant asked
  /// about, any other when it last changed.
  private Reckoning reckoned(Knowledge known, Instant at) {
    Reckoning settled = settlement.reckon(known.bound(), known.settledAt(), known.settledAt());
    return settled.checkpoint() == null ? settled : settlement.reckon(known.bound(), at, at);
  }

  private Listing listing(Generation generation) {
    Instant revoked = generation.revokedAt();
    return revoked == null
        ? new Listing(generation, null, null)
        : new Listing(
            generation, revoked.plus(listing.effectiveAfter()), revoked.plus(listing.listedFor()));
  }

  private Result result(FoldReasons reasons, Reckoning reckoned) {
    Entitlement entitlement = reckoned.entitlementOr(reckoned.at());
    return new Result(
        reasons.rule(),
        entitlement,
        entitlement.coverageEnd(allowance),
        reckoned.at(),
        reckoned.checkpoint());
  }

  private static Standing standing(Generation current, Result result, Instant at) {
    if (current.isRevoked()) {
      return Standing.REVOKED;
    }
    return at.isAfter(result.coverageEnd()) ? Standing.ENDED : Standing.ACTIVE;
  }

  /// @param settled as they were folded, which decided their parts
  /// @param present the same payments as they are at the instant asked about
  private static List<Part> parts(
      FoldReasons reasons, List<RegisteredPayment> settled, List<RegisteredPayment> present) {
    return present.stream()
        .sorted(EntitlementFold.NEWEST_FIRST)
        .map(one -> {
          RegisteredPayment then =
              settled.stream().filter(p -> p.id().equals(one.id())).findFirst().orElseThrow();
          return new Part(one, reasons.roleOf(then), reasons.coverageEnd(then));
        })
        .toList();
  }

  private ProofAnswer proof(
      Knowledge known, Generation current, ProofOffset offset, Result result, Instant at) {
    if (current.isRevoked()) {
      return new ProofAnswer.Revoked();
    }
    ProofTerm term = term(offset, result, at);
    if (at.isAfter(term.expiry())) {
      return new ProofAnswer.Expired(term);
    }
    ProofCounters counters = known.counters();
    Instant windowStart = counters == null ? null : counters.windowStart();
    if (maxProofs > 0
        && counters != null
        && windowStart != null
        && counters.issue(at, result.entitlement().expiry(), maxProofs).isEmpty()) {
      return new ProofAnswer.RateLimited(windowStart.plus(ProofCounters.WINDOW));
    }
    return new ProofAnswer.Issued(term);
  }

  private static ProofTerm term(ProofOffset offset, Result result, Instant at) {
    Instant coverageEnd = result.coverageEnd();
    Instant capped = at.plus(ProofGrid.CLAMP);
    boolean rolling = capped.isBefore(coverageEnd);
    Instant earliest = (rolling ? capped : coverageEnd).plus(ProofGrid.LEAD);
    return new ProofTerm(
        rolling ? ProofBound.ROLLING_CAP : ProofBound.COVERAGE_END,
        earliest,
        earliest.plus(ProofGrid.PERIOD),
        ProofGrid.expiry(at, coverageEnd, offset),
        ProofGrid.expiry(coverageEnd, coverageEnd, offset));
  }
}
