package org.sessionpro.bench.micro;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.V1Answer;

/// Proof requests and answers of one account in both protocols.
final class Samples {
  private final Crypto crypto;
  private final Instant now;
  private final SigningKey master;
  private final SigningKey rotating;
  private final SigningKey backend;
  private final RotatingKey rotatingKey;
  private final RevocationTag tag;

  Samples(Crypto crypto, Instant now) {
    SecureRandom random = new SecureRandom();
    this.crypto = crypto;
    this.now = now;
    this.master = crypto.signingKey(Seed.random(random));
    this.rotating = crypto.signingKey(Seed.random(random));
    this.backend = crypto.signingKey(Seed.random(random));
    this.rotatingKey = new RotatingKey(rotating.publicKey());
    byte[] tagBytes = new byte[RevocationTag.SIZE];
    random.nextBytes(tagBytes);
    this.tag = new RevocationTag(ByteString.of(tagBytes));
  }

  /// The body of a signed v1 proof request.
  byte[] v1Request() {
    return org.sessionpro.protocol.v1.GenerateProProofRequest.sign(master, rotating, now).toJson();
  }

  /// The body of a signed v0 proof request.
  byte[] v0Request() {
    return org.sessionpro.protocol.v0.GenerateProProofRequest.sign(crypto, master, rotating, now)
        .toJson();
  }

  V1Answer<ProofResult> v1Answer() {
    AccountTerm account = new AccountTerm(expiry(), Duration.ofHours(1), true);
    return new V1Answer.Ok<>(
        new ProofResult(Proof.sign(backend, tag, rotatingKey, expiry()), account));
  }

  V0Answer<ProProof> v0Answer() {
    return new V0Answer.Success<>(ProProof.issue(crypto, backend, tag, rotatingKey, expiry()));
  }

  private Instant expiry() {
    return now.plus(Duration.ofDays(29));
  }
}
