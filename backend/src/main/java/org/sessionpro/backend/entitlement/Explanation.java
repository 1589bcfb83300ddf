package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why an account stands as it does at an instant, and what happens next: the reasons of the fold,
/// of the credits and of the proof grid as values. Made by [Explainer].
///
/// @param at the instant asked about
/// @param result null if there is no account
/// @param payments every payment of the account with its part in the fold, newest purchase first
/// @param credits in the order in which they are consumed
/// @param generations in their order; the last one is in use
/// @param waiting payments without owner
/// @param upcoming what happens after `at` if nothing more is learned, soonest first
public record Explanation(
    Instant at,
    Standing standing,
    @Nullable Result result,
    List<Part> payments,
    List<CreditRun> credits,
    List<Listing> generations,
    List<Waiting> waiting,
    ProofAnswer proof,
    List<Upcoming> upcoming) {
  public Explanation {
    payments = List.copyOf(payments);
    credits = List.copyOf(credits);
    generations = List.copyOf(generations);
    waiting = List.copyOf(waiting);
    upcoming = List.copyOf(upcoming);
  }

  /// How the account stands (`entitlement.md` §12). Clients see the last two as one: expired.
  public enum Standing {
    /// Nothing was ever bound to the key.
    NEVER,
    /// Service runs.
    ACTIVE,
    /// Coverage has ended.
    ENDED,
    /// The generation in use is revoked and nothing usable was left to go on with.
    REVOKED
  }

  /// What the fold found.
  ///
  /// @param rule what decided
  /// @param settledAt the instant that it is computed for: the one asked about if a credit is live,
  ///     else when the account last changed
  /// @param checkpoint as `settledAt`; null if there is no live credit
  public record Result(
      Rule rule,
      Entitlement entitlement,
      Instant coverageEnd,
      Instant settledAt,
      @Nullable Instant checkpoint) {}

  /// What decided the entitlement (`entitlement.md` §6.2).
  public sealed interface Rule {
    /// The term of `carrier` covers longest (step 4).
    record TermCarries(PaymentId carrier) implements Rule {}

    /// The term of `carrier` covers longest, and credits follow where its coverage ends (step 6).
    record CreditsFollow(PaymentId carrier, Duration credits) implements Rule {}

    /// No term reaches the instant up to which credits are charged, so they run from there (step 6).
    record CreditsCarry(Duration credits) implements Rule {}

    /// Neither a term nor a credit counts: coverage ended when that was found (§6.3).
    record NothingCounts() implements Rule {}
  }

  /// What a payment contributes, and if nothing, why.
  ///
  /// @param payment as it is at the instant asked about
  /// @param coverageEnd where its own term stops covering; null for what has no term
  public record Part(RegisteredPayment payment, Role role, @Nullable Instant coverageEnd) {}

  /// The part of one payment in the fold.
  public sealed interface Role {
    /// Its term covers longest.
    record Carries() implements Role {}

    /// It counts for its subscription, but the term of `winner` covers as long or longer.
    record Outlasted(PaymentId winner) implements Role {}

    /// Its term covers longest of all, but not as far as credits are charged: they carry.
    record EndedBeforeCredits() implements Role {}

    /// A newer cycle of its subscription counts.
    record OlderCycle(PaymentId counting) implements Role {}

    /// The store upgraded the subscription to another.
    record Superseded() implements Role {}

    /// It was revoked at or before its own start, so the cycle before it counts.
    record RevokedBeforeStart(PaymentId counting) implements Role {}

    /// A length that is still to be consumed.
    record LiveCredit() implements Role {}

    /// A length that was taken back.
    record RevokedCredit() implements Role {}

    /// Neither a term nor a length is known.
    record Termless() implements Role {}
  }

  /// How a credit is consumed.
  ///
  /// @param remaining at the instant asked about
  /// @param from when it will start to run, or started and has not run yet; null once it ran
  /// @param until when its length runs, or ran, out, or was taken back
  public record CreditRun(
      PaymentId id,
      CreditState state,
      Duration granted,
      Duration remaining,
      @Nullable Instant from,
      Instant until) {}

  /// Whether a credit is being consumed.
  public enum CreditState {
    /// Nothing else covers, so its length runs down.
    RUNNING,
    /// A subscription or an older credit comes first.
    WAITING,
    SPENT,
    REVOKED
  }

  /// A generation, and what clients are told of its revocation.
  ///
  /// @param effective when its proofs stop being valid for everybody; null while it stands
  /// @param unlisted when the revocation leaves the list, because no proof can be left; null while
  ///     it stands
  public record Listing(
      Generation generation, @Nullable Instant effective, @Nullable Instant unlisted) {}

  /// How long a revocation takes to matter, and how long it is listed.
  public record ListingTimes(Duration effectiveAfter, Duration listedFor) {}

  /// What a request for a proof at the instant asked about would get (`entitlement.md` §9).
  public sealed interface ProofAnswer {
    /// Refused: there is no account.
    record NotSubscribed() implements ProofAnswer {}

    /// Refused: the generation in use is revoked.
    record Revoked() implements ProofAnswer {}

    /// Refused: even the last proof has run out.
    record Expired(ProofTerm term) implements ProofAnswer {}

    /// Refused: the account drew as many proofs as it may before `windowEnd`.
    record RateLimited(Instant windowEnd) implements ProofAnswer {}

    /// Signed.
    record Issued(ProofTerm term) implements ProofAnswer {}
  }

  /// Until when a proof would be valid.
  ///
  /// @param bound what limits it
  /// @param earliest the expiry if the account's grid point lay at once behind the bound
  /// @param latest the expiry if it lay as far behind as possible, one grid period
  /// @param expiry by the account's own grid, between the two
  /// @param lastRequest the last instant at which a proof is issued at all
  public record ProofTerm(
      ProofBound bound, Instant earliest, Instant latest, Instant expiry, Instant lastRequest) {}

  /// What limits a proof.
  public enum ProofBound {
    /// The rolling cap, 29 days from the request.
    ROLLING_CAP,
    /// The end of the account's coverage.
    COVERAGE_END
  }

  /// Something that happens by itself.
  public sealed interface Upcoming {
    Instant at();

    /// Something of the account as a whole.
    record OfAccount(Instant at, AccountEvent event) implements Upcoming {}

    /// Something of one payment.
    record OfPayment(Instant at, PaymentEvent event, PaymentId payment) implements Upcoming {}

    /// Something of one generation.
    record OfGeneration(Instant at, GenerationEvent event, int ordinal) implements Upcoming {}
  }

  /// What happens to an account.
  public enum AccountEvent {
    COVERAGE_ENDS,
    /// From then on requests for a proof are refused as expired.
    PROOFS_END,
    /// From then on a limited account may draw proofs again.
    PROOF_WINDOW_ENDS
  }

  /// What happens to a payment.
  public enum PaymentEvent {
    TERM_BEGINS,
    /// The term ends and the store says that it will renew.
    RENEWAL_DUE,
    /// The term ends for good.
    TERM_ENDS,
    CREDIT_STARTS,
    CREDIT_ENDS,
    /// The owner can no longer get the money back from the store without asking anybody.
    REFUND_WINDOW_ENDS
  }

  /// What happens to a generation that was revoked.
  public enum GenerationEvent {
    REVOCATION_TAKES_EFFECT,
    REVOCATION_UNLISTED
  }
}
