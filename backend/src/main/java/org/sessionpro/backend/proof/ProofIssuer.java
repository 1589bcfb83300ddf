package org.sessionpro.backend.proof;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.ledger.Ledger;
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
    return issue(owner, ts, (tag, expiry) -> Proof.sign(key.signing(), tag, rotating, expiry));
  }

  /// A proof of protocol v0, as [#issueV1].
  public Issuance<ProProof> issueV0(MasterKey owner, RotatingKey rotating, Instant ts) {
    return issue(
        owner, ts, (tag, expiry) -> ProProof.issue(crypto, key.signing(), tag, rotating, expiry));
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
