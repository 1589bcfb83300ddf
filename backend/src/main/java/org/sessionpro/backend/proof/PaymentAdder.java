package org.sessionpro.backend.proof;

import java.time.Instant;
import java.time.InstantSource;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.PaymentClaim;
import org.sessionpro.backend.ledger.PaymentClaim.Outcome;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.v0.ProProof;

/// Claims a payment by its name and proves it: first what Google is owed, then the claim in a
/// transaction of its own, last the signature (`decisions.md` §2).
public final class PaymentAdder {
  private final Ledger ledger;
  private final Acknowledger acknowledger;
  private final ProofIssuer issuer;
  private final ProofLog log;
  private final InstantSource clock;

  /// @param log told what the issuer is not asked for
  public PaymentAdder(
      Ledger ledger,
      Acknowledger acknowledger,
      ProofIssuer issuer,
      ProofLog log,
      InstantSource clock) {
    this.ledger = ledger;
    this.acknowledger = acknowledger;
    this.issuer = issuer;
    this.log = log;
    this.clock = clock;
  }

  /// Adds a payment for a client of v0. Redemption and the time of the proof are now.
  public Addition<ProProof> addV0(PaymentClaim claim, RotatingKey rotating) {
    return switch (claim(claim)) {
      case Outcome.Bound _ -> prove(claim, rotating);
      case Outcome.AlreadyOwned _ ->
          refused(ProofLog.Unproven.ALREADY_REDEEMED, claim, new Addition.AlreadyOwned<>());
      case Outcome.NotClaimable _ ->
          refused(ProofLog.Unproven.UNKNOWN_PAYMENT, claim, new Addition.NotClaimable<>());
      case Outcome.AcknowledgementOwed _ ->
          refused(ProofLog.Unproven.NOT_ACKNOWLEDGED, claim, new Addition.NotAcknowledged<>());
    };
  }

  private Addition<ProProof> refused(
      ProofLog.Unproven reason, PaymentClaim claim, Addition<ProProof> answer) {
    log.refused(reason, claim.claimant());
    return answer;
  }

  /// The second look decides, for whoever acknowledges records it unless it is a dry run, and
  /// meanwhile everything else may have changed too.
  private Outcome claim(PaymentClaim claim) {
    Outcome first = ledger.claim(claim, clock.instant());
    return first instanceof Outcome.AcknowledgementOwed(var token)
            && acknowledger.acknowledge(token, Acknowledger.PATIENCE)
        ? ledger.claim(acknowledger.isDry() ? claim.thoughOwed() : claim, clock.instant())
        : first;
  }

  private Addition<ProProof> prove(PaymentClaim claim, RotatingKey rotating) {
    Instant now = clock.instant();
    return switch (issuer.issueV0(claim.claimant(), rotating, now)) {
      case Issuance.Issued<ProProof> issued -> new Addition.Proven<>(issued.proof());
      case Issuance.NotSubscribed<ProProof> _,
          Issuance.Revoked<ProProof> _,
          Issuance.Expired<ProProof> _,
          Issuance.RateLimited<ProProof> _ ->
          new Addition.ClaimedOnly<>();
    };
  }
}
