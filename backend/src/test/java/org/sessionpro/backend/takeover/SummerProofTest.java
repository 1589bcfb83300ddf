package org.sessionpro.backend.takeover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.SummerDatabase.NOW;
import static org.sessionpro.backend.takeover.SummerDatabase.tag;
import static org.sessionpro.backend.takeover.SummerDatabase.userRow;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.proof.Issuance;
import org.sessionpro.backend.proof.ProofIssuer;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.proof.ProofPolicy;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.v1.Proof;

/// Proofs of an account of summer 2026, beside those that the old service signs by its rows
/// (`import-python.md` §6.3): the tag and the phase of the grid are in them, the rest is fixed
/// (`wire-v1.md` §3, `entitlement.md` §9.1).
class SummerProofTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final ServerKey KEY = ServerKey.of(Seed.fromHex("11".repeat(32)), CRYPTO);
  private static final RotatingKey ROTATING = RotatingKey.fromHex("22".repeat(32));
  private static final MasterKey OWNER = new MasterKey(ByteString.of(PythonDatabase.key(1)));

  @TempDir Path folder;

  /// A point of the grid lies 1 000 s behind the term's end and the 61 minutes that are added, so that
  /// the hour of the allowance reaches for the next one. Of 30 days only 29 count.
  @ParameterizedTest
  @CsvSource({"10, false, 1775315060", "10, true, 1775401460", "30, false, 1776956660"})
  void proofIsThatOfTheOldServiceByteByByte(int daysLeft, boolean renewing, long end) {
    Instant expiry = NOW.plus(Duration.ofDays(daysLeft));
    try (SummerDatabase source = SummerDatabase.create(folder);
        Takeovers it = new Takeovers(Engine.SQLITE, folder)) {
      it.summerKey = KEY.publicKey();
      source.add(
          userRow(1, expiry).with("auto_renewing", renewing).with("proof_expiry_offset", 54_260),
          SummerDatabase.generation(1, 1, null));
      source.sell(source.google(1, "token", "GPA.1", expiry).with("auto_renewing", renewing));
      assertThat(it.apply(source.url()).verdict()).isEqualTo(Verdict.EQUAL);
      it.target.imports().seal();

      assertThat(issued(it)).isEqualTo(ofRows(end));
    }
  }

  private static Proof issued(Takeovers it) {
    ProofIssuer issuer =
        new ProofIssuer(
            it.ledger,
            KEY,
            CRYPTO,
            new ProofPolicy(RenewalAllowance.DEFAULT, 0),
            new ProofLog(IdentifierMask.none()),
            InstantSource.fixed(NOW));
    return switch (issuer.issueV1(OWNER, ROTATING, NOW)) {
      case Issuance.Issued<Proof> issued -> issued.proof();
      default -> throw new AssertionError("no proof");
    };
  }

  private static Proof ofRows(long end) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes("ProProof_v0_____".getBytes(US_ASCII));
    message.writeBytes(tag(1));
    message.writeBytes(ROTATING.bytes().toByteArray());
    message.writeBytes(Long.toString(end).getBytes(US_ASCII));
    return new Proof(
        new RevocationTag(ByteString.of(tag(1))),
        ROTATING,
        Instant.ofEpochSecond(end),
        KEY.signing().sign(message.toByteArray()));
  }
}
