package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.protocol.v0.Samples.BACKEND_KEY;
import static org.sessionpro.protocol.v0.Samples.CRYPTO;
import static org.sessionpro.protocol.v0.Samples.NOW;
import static org.sessionpro.protocol.v0.Samples.TAG;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Ticket;

/// What a peer without network makes of a proof.
class ProProofTest {
  private static final Instant EXPIRY = NOW.plus(Duration.ofDays(29));
  private static final RevocationTag OTHER_TAG = RevocationTag.fromHex("cd".repeat(32));
  private static final ProProof PROOF =
      ProProof.issue(CRYPTO, Samples.BACKEND, TAG, Samples.ROTATING_KEY, EXPIRY);

  @Test
  void proofIsValidUpToItsExpiry() {
    assertThat(verdict(PROOF, EXPIRY, ProRevocations.NONE)).isEqualTo(ProofVerdict.VALID);
    assertThat(verdict(PROOF, EXPIRY.plusMillis(1), ProRevocations.NONE))
        .isEqualTo(ProofVerdict.EXPIRED);
  }

  @Test
  void changedProofIsForged() {
    for (ProProof changed :
        List.of(
            new ProProof(OTHER_TAG, PROOF.rotating(), PROOF.expiry(), PROOF.signature()),
            new ProProof(
                TAG,
                new RotatingKey(Samples.STRANGER.publicKey()),
                PROOF.expiry(),
                PROOF.signature()),
            new ProProof(TAG, PROOF.rotating(), EXPIRY.plusMillis(1), PROOF.signature()))) {
      assertThat(verdict(changed, NOW, ProRevocations.NONE)).isEqualTo(ProofVerdict.FORGED);
    }
  }

  @Test
  void proofOfAnotherBackendIsForged() {
    BackendKey other = new BackendKey(Samples.STRANGER.publicKey());
    assertThat(PROOF.verify(CRYPTO, other, NOW, ProRevocations.NONE))
        .isEqualTo(ProofVerdict.FORGED);
  }

  @Test
  void revocationCountsFromItsEffectiveInstantOn() {
    ProRevocations list = listing(new ProRevocations.Item(TAG, EXPIRY, NOW));
    assertThat(verdict(PROOF, NOW.minusMillis(1), list)).isEqualTo(ProofVerdict.VALID);
    assertThat(verdict(PROOF, NOW, list)).isEqualTo(ProofVerdict.REVOKED);
  }

  @Test
  void expiryOfARevocationDoesNotReviveAProof() {
    ProRevocations list = listing(new ProRevocations.Item(TAG, NOW, NOW));
    assertThat(verdict(PROOF, NOW.plusSeconds(1), list)).isEqualTo(ProofVerdict.REVOKED);
  }

  @Test
  void revocationOfAnotherTagDoesNotCount() {
    ProRevocations list = listing(new ProRevocations.Item(OTHER_TAG, EXPIRY, NOW));
    assertThat(verdict(PROOF, NOW, list)).isEqualTo(ProofVerdict.VALID);
  }

  @Test
  void proofsAreDeterministic() {
    assertThat(ProProof.issue(CRYPTO, Samples.BACKEND, TAG, Samples.ROTATING_KEY, EXPIRY))
        .isEqualTo(PROOF);
  }

  @Test
  void revocationIsFlooredToItsSecond() {
    Instant stamp = NOW.plusMillis(999);
    assertThat(ProRevocations.Item.stamped(TAG, stamp))
        .isEqualTo(
            new ProRevocations.Item(
                TAG, NOW.plus(Duration.ofDays(31)), NOW.plus(Duration.ofDays(1))));
  }

  private static ProRevocations listing(ProRevocations.Item item) {
    return new ProRevocations(new Ticket(1), List.of(item), ProRevocations.POLL_INTERVAL);
  }

  private static ProofVerdict verdict(ProProof proof, Instant now, ProRevocations revocations) {
    return proof.verify(CRYPTO, BACKEND_KEY, now, revocations);
  }
}
