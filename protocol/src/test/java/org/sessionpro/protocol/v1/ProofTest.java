package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_KEY;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.OTHER;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING_KEY;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.v1.Proof.Verdict;

class ProofTest {
  private static final RevocationTag TAG = RevocationTag.fromHex("11".repeat(32));
  private static final Instant EXPIRY = Instant.ofEpochSecond(1_704_067_200);
  private static final Instant BEFORE = EXPIRY.minusSeconds(3_600);
  private static final Proof PROOF = Proof.sign(BACKEND, TAG, ROTATING_KEY, EXPIRY);

  @Test
  void anIssuedProofIsValid() {
    assertThat(verdict(PROOF, BEFORE)).isEqualTo(Verdict.VALID);
  }

  @Test
  void theSameProofIsSignedWithTheSameBytes() {
    assertThat(Proof.sign(BACKEND, TAG, ROTATING_KEY, EXPIRY)).isEqualTo(PROOF);
  }

  @Test
  void aProofHoldsInItsLastSecondAndNotBehindIt() {
    assertThat(verdict(PROOF, EXPIRY)).isEqualTo(Verdict.VALID);
    assertThat(verdict(PROOF, EXPIRY.plusNanos(1))).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void anotherTagIsForged() {
    assertForged(
        new Proof(
            RevocationTag.fromHex("12" + "11".repeat(31)),
            ROTATING_KEY,
            EXPIRY,
            PROOF.signature()));
  }

  @Test
  void anotherRotatingKeyIsForged() {
    assertForged(new Proof(TAG, new RotatingKey(OTHER.publicKey()), EXPIRY, PROOF.signature()));
  }

  @Test
  void anotherExpiryIsForged() {
    assertForged(new Proof(TAG, ROTATING_KEY, EXPIRY.plusSeconds(1), PROOF.signature()));
  }

  @Test
  void anotherSignatureIsForged() {
    assertForged(new Proof(TAG, ROTATING_KEY, EXPIRY, Signature.fromHex("00".repeat(64))));
  }

  @Test
  void anotherBackendsProofIsForged() {
    BackendKey other = new BackendKey(OTHER.publicKey());
    assertThat(PROOF.verify(CRYPTO, other, BEFORE, Revocations.NONE))
        .isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void aListedTagIsRevokedFromItsEffectiveInstantOn() {
    Revocations revocations = tag -> tag.equals(TAG) ? Optional.of(BEFORE) : Optional.empty();
    assertThat(PROOF.verify(CRYPTO, BACKEND_KEY, BEFORE.minusNanos(1), revocations))
        .isEqualTo(Verdict.VALID);
    assertThat(PROOF.verify(CRYPTO, BACKEND_KEY, BEFORE, revocations)).isEqualTo(Verdict.REVOKED);
  }

  @Test
  void aForgedProofIsForgedEvenWhenExpiredOrRevoked() {
    Proof forged = new Proof(TAG, ROTATING_KEY, EXPIRY.minusSeconds(1), PROOF.signature());
    assertThat(forged.verify(CRYPTO, BACKEND_KEY, EXPIRY, tag -> Optional.of(BEFORE)))
        .isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void expiryComesBeforeRevocation() {
    assertThat(PROOF.verify(CRYPTO, BACKEND_KEY, EXPIRY.plusSeconds(1), tag -> Optional.of(BEFORE)))
        .isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void anExpiryBetweenSecondsIsRefused() {
    assertThatThrownBy(() -> Proof.sign(BACKEND, TAG, ROTATING_KEY, EXPIRY.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Proof(TAG, ROTATING_KEY, EXPIRY.plusMillis(1), PROOF.signature()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Verdict verdict(Proof proof, Instant now) {
    return proof.verify(CRYPTO, BACKEND_KEY, now, Revocations.NONE);
  }

  private static void assertForged(Proof proof) {
    assertThat(verdict(proof, BEFORE)).isEqualTo(Verdict.BAD_SIGNATURE);
  }
}
