package org.sessionpro.backend.proof;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.telemetry.Tally;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v1.Proof;

/// Decides whether an account gets a proof and until when, and signs it: one rule for both
/// protocols, which differ in what is signed only.
///
/// Signing is the last step, after everything the decision rests on is committed.
public final class ProofIssuer {
  private final Ledger ledger;
  private final ServerKey key;
  private final Crypto crypto;
  private final ProofPolicy policy;
  private final InstantSource clock;
  private final Tally<Verdict> v0 = Tally.of(Verdict.class);
  private final Tally<Verdict> v1 = Tally.of(Verdict.class);

  /// What became of a request that came as far as this.
  public enum Verdict {
    ISSUED,
    NOT_SUBSCRIBED,
    REVOKED,
    EXPIRED,
    RATE_LIMITED
  }

  public ProofIssuer(
      Ledger ledger, ServerKey key, Crypto crypto, ProofPolicy policy, InstantSource clock) {
    this.ledger = ledger;
    this.key = key;
    this.crypto = crypto;
    this.policy = policy;
    this.clock = clock;
  }

  /// A proof of protocol v1. Binds what waits for the owner first; that stays, whatever the answer.
  ///
  /// @param ts the request's time, by which everything is decided
  public Issuance<Proof> issueV1(MasterKey owner, RotatingKey rotating, Instant ts) {
    return counted(
        v1, issue(owner, ts, (tag, expiry) -> Proof.sign(key.signing(), tag, rotating, expiry)));
  }

  /// A proof of protocol v0, as [#issueV1].
  public Issuance<ProProof> issueV0(MasterKey owner, RotatingKey rotating, Instant ts) {
    return counted(
        v0,
        issue(
            owner,
            ts,
            (tag, expiry) -> ProProof.issue(crypto, key.signing(), tag, rotating, expiry)));
  }

  /// The verdicts on requests of protocol v0.
  public Tally<Verdict> v0() {
    return v0;
  }

  /// The verdicts on requests of protocol v1.
  public Tally<Verdict> v1() {
    return v1;
  }

  private static <P> Issuance<P> counted(Tally<Verdict> tally, Issuance<P> issuance) {
    tally.count(
        switch (issuance) {
          case Issuance.Issued<P> _ -> Verdict.ISSUED;
          case Issuance.NotSubscribed<P> _ -> Verdict.NOT_SUBSCRIBED;
          case Issuance.Revoked<P> _ -> Verdict.REVOKED;
          case Issuance.Expired<P> _ -> Verdict.EXPIRED;
          case Issuance.RateLimited<P> _ -> Verdict.RATE_LIMITED;
        });
    return issuance;
  }

  private <P> Issuance<P> issue(
      MasterKey owner, Instant ts, BiFunction<RevocationTag, Instant, P> sign) {
    ledger.claimPending(owner, ts, clock.instant());
    Optional<Account> found = ledger.account(owner, ts);
    if (found.isEmpty()) {
      return new Issuance.NotSubscribed<>();
    }
    Account account = found.get();
    if (account.generation().isRevoked()) {
      return new Issuance.Revoked<>();
    }
    Instant coverageEnd = account.entitlement().coverageEnd(policy.allowance());
    Instant expiry = ProofGrid.expiry(ts, coverageEnd, account.offset());
    if (ts.isAfter(expiry)) {
      return new Issuance.Expired<>(account);
    }
    if (!isWithinLimit(account, ts)) {
      return new Issuance.RateLimited<>();
    }
    return new Issuance.Issued<>(sign.apply(account.generation().tag(), expiry), account);
  }

  /// Without a limit nothing is counted, so that the common case writes nothing
  /// (`decisions.md` §3).
  private boolean isWithinLimit(Account account, Instant ts) {
    long limit = policy.maxProofsPerWindow();
    return limit == 0 || ledger.countProof(account, ts, limit);
  }
}
