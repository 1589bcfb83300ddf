package org.sessionpro.bench.micro;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.Issuance;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofPolicy;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.bench.server.DataFolder;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v1.Proof;

/// From an admitted proof request to the signed proof: reads of a ledger in SQLite, the grid and the
/// signature. The account has a voucher that runs, so its payments are read beside how it stands;
/// for subscribers without any, one read says all.
public class IssueBenchmark extends MicroBenchmark {
  private final Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final SecureRandom random = new SecureRandom();
  private final Crypto crypto = Crypto.selfTested();
  private final MasterKey owner = new MasterKey(newKey());
  private final RotatingKey rotating = new RotatingKey(newKey());
  private final DataFolder folder = DataFolder.make(null);
  private final Ledger ledger =
      Ledger.open(
          new DatabaseUrl.Sqlite(folder.path().resolve("pro.db")),
          RenewalAllowance.DEFAULT,
          random);
  private final ProofIssuer issuer =
      new ProofIssuer(
          ledger,
          ServerKey.development(crypto),
          crypto,
          new ProofPolicy(RenewalAllowance.DEFAULT, 0),
          new ProofLog(IdentifierMask.none()),
          InstantSource.fixed(now));

  public IssueBenchmark() {
    new VoucherMint(ledger).mint(owner, new Plan("1y"), Duration.ofDays(365), now);
  }

  private ByteString newKey() {
    return crypto.signingKey(Seed.random(random)).publicKey();
  }

  /// Deletes the ledger.
  @TearDown
  public void close() {
    ledger.close();
    folder.close();
  }

  @Benchmark
  public Issuance<Proof> issueV1() {
    return issuer.issueV1(owner, rotating, now);
  }

  @Benchmark
  public Issuance<ProProof> issueV0() {
    return issuer.issueV0(owner, rotating, now);
  }
}
