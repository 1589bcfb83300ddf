package org.sessionpro.backend.proof;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.ProofLog.Protocol;
import org.sessionpro.backend.telemetry.Tally;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v1.ErrorCode;
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
  private final ProofLog log;
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
      Ledger ledger,
      ServerKey key,
      Crypto crypto,
      ProofPolicy policy,
      ProofLog log,
      InstantSource clock) {
    this.ledger = ledger;
    this.key = key;
    this.crypto = crypto;
    this.policy = policy;
    this.log = log;
    this.clock = clock;
  }

  /// A proof of protocol v1. Binds what waits for the owner first; that stays, whatever the answer.
  ///
  /// @param ts the request's time, by which everything is decided
  public Issuance<Proof> issueV1(MasterKey owner, RotatingKey rotating, Instant ts) {
    return told(
        Protocol.V1,
        owner,
        issue(owner, ts, (tag, expiry) -> Proof.sign(key.signing(), tag, rotating, expiry)));
  }

  /// A proof of protocol v0, as [#issueV1].
  public Issuance<ProProof> issueV0(MasterKey owner, RotatingKey rotating, Instant ts) {
    return told(
        Protocol.V0,
        owner,
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

  private <P> Issuance<P> told(Protocol protocol, MasterKey owner, Issuance<P> issuance) {
    return switch (issuance) {
      case Issuance.Issued<P> _ -> {
        tally(protocol).count(Verdict.ISSUED);
        log.issued(protocol, owner);
        yield issuance;
      }
      case Issuance.NotSubscribed<P> _ ->
          refused(protocol, owner, Verdict.NOT_SUBSCRIBED, ErrorCode.NOT_SUBSCRIBED, issuance);
      case Issuance.Revoked<P> _ ->
          refused(protocol, owner, Verdict.REVOKED, ErrorCode.REVOKED, issuance);
      case Issuance.Expired<P> _ ->
          refused(protocol, owner, Verdict.EXPIRED, ErrorCode.SUBSCRIPTION_EXPIRED, issuance);
      case Issuance.RateLimited<P> _ ->
          refused(protocol, owner, Verdict.RATE_LIMITED, ErrorCode.RATE_LIMITED, issuance);
    };
  }

  private <P> Issuance<P> refused(
      Protocol protocol, MasterKey owner, Verdict verdict, ErrorCode reason, Issuance<P> issuance) {
    tally(protocol).count(verdict);
    log.refused(protocol, reason, owner);
    return issuance;
  }

  private Tally<Verdict> tally(Protocol protocol) {
    return switch (protocol) {
      case V0 -> v0;
      case V1 -> v1;
    };
  }

  private <P> Issuance<P> issue(
      MasterKey owner, Instant ts, BiFunction<RevocationTag, Instant, P> sign) {
    Optional<Account> found = ledger.visit(owner, ts, clock.instant()).account();
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
    if (!isWithinLimit(owner, account, ts)) {
      return new Issuance.RateLimited<>();
    }
    return new Issuance.Issued<>(sign.apply(account.generation().tag(), expiry), account);
  }

  /// Without a limit nothing is counted, so that the common case writes nothing
  /// (`decisions.md` §3).
  private boolean isWithinLimit(MasterKey owner, Account account, Instant ts) {
    long limit = policy.maxProofsPerWindow();
    return limit == 0 || ledger.countProof(owner, account, ts, limit);
  }
}
