package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.itunes.storekit.verification.ChainVerifier;
import com.apple.itunes.storekit.verification.VerificationException;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.store.apple.Notification.SignedText;

/// What is remembered of chains that hold, and what is looked at each time nevertheless
/// (`app-store.md` §1.2).
class SignaturesTest {
  private static final TestPki PKI = TestPki.withoutResponder();
  private static final TestPki ROTATED = PKI.rotated();
  private static final TestPki ROTATED_AGAIN = PKI.rotated();

  /// Certificates know whole seconds.
  private static final Instant NOW = Payloads.SIGNED.truncatedTo(ChronoUnit.SECONDS);

  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final int MOST = 2;

  private final Counting verifier = new Counting();
  private final Signatures signatures = new Signatures(verifier, MOST);

  /// Apple's library, whose work is counted.
  private static final class Counting extends ChainVerifier {
    private int judged;
    private boolean failing;

    Counting() {
      super(Set.of(new ByteArrayInputStream(PKI.root().der().toByteArray())));
    }

    @Override
    public PublicKey verifyChain(String[] certificates, boolean online, Date at)
        throws VerificationException {
      judged++;
      if (failing) {
        throw new IllegalStateException("out of order");
      }
      return super.verifyChain(certificates, online, at);
    }
  }

  private static Jws jws(SignedText text) {
    return Jws.of(text).orElseThrow();
  }

  private static Jws signed(TestPki by) {
    return jws(by.sign(Payloads.transaction("")));
  }

  /// With what another statement says, under its signature.
  private static Jws altered(TestPki by) {
    String[] parts = by.sign(Payloads.transaction("")).value().split("\\.", -1);
    String other = by.sign(Payloads.transaction(",'quantity':9")).value().split("\\.", -1)[1];
    return jws(new SignedText(parts[0] + "." + other + "." + parts[2]));
  }

  private boolean holds(TestPki by) {
    return signatures.hold(signed(by), NOW);
  }

  @Test
  void aChainThatHoldsIsJudgedOnce() {
    assertThat(holds(PKI)).isTrue();
    assertThat(holds(PKI)).isTrue();

    assertThat(verifier.judged).isEqualTo(1);
  }

  @Test
  void underARememberedChainEverySignatureIsLookedAt() {
    assertThat(holds(PKI)).isTrue();

    assertThat(signatures.hold(altered(PKI), NOW)).isFalse();
  }

  @Test
  void aRememberedChainEndsWithTheFirstOfItsCertificates() {
    TestPki ending = PKI.endingAt(NOW);
    assertThat(signatures.hold(signed(ending), NOW)).isTrue();

    assertThat(signatures.hold(signed(ending), NOW.plus(MOMENT))).isFalse();
    assertThat(signatures.hold(signed(ending), NOW)).isTrue();
    assertThat(verifier.judged).isEqualTo(1);
  }

  @Test
  void aRememberedChainEndsWithTheAuthorityBelowTheRoot() {
    TestPki outliving = PKI.endingAt(TestPki.UNTIL.plusSeconds(86_400));
    assertThat(signatures.hold(signed(outliving), TestPki.UNTIL)).isTrue();

    assertThat(signatures.hold(signed(outliving), TestPki.UNTIL.plus(MOMENT))).isFalse();
  }

  @Test
  void aRememberedChainHoldsForNothingFromBeforeItBegan() {
    assertThat(holds(PKI)).isTrue();

    assertThat(signatures.hold(signed(PKI), TestPki.FROM)).isTrue();
    assertThat(signatures.hold(signed(PKI), TestPki.FROM.minus(MOMENT))).isFalse();
  }

  @Test
  void anInstantAtWhichAChainDoesNotHoldIsHeldAgainstNoOther() {
    assertThat(signatures.hold(signed(PKI), TestPki.FROM.minus(MOMENT))).isFalse();

    assertThat(holds(PKI)).isTrue();
  }

  @Test
  void aChainThatDoesNotHoldIsJudgedEachTime() {
    TestPki stranger = TestPki.withoutResponder();

    assertThat(holds(stranger)).isFalse();
    assertThat(holds(stranger)).isFalse();

    assertThat(verifier.judged).isEqualTo(2);
  }

  @Test
  void aFaultWhileAChainIsJudgedIsForgotten() {
    verifier.failing = true;
    assertThat(holds(PKI)).isFalse();
    verifier.failing = false;

    assertThat(holds(PKI)).isTrue();
  }

  @Test
  void aChainIsRememberedOnlyOnceSomethingIsSignedUnderIt() {
    assertThat(signatures.hold(altered(PKI), NOW)).isFalse();
    assertThat(holds(PKI)).isTrue();

    assertThat(verifier.judged).isEqualTo(2);
  }

  @Test
  void aThirdCertificateThatIsAnotherMakesAnotherChain() {
    assertThat(holds(PKI)).isTrue();
    Jws other =
        jws(
            PKI.sign(
                Payloads.transaction(""), List.of(PKI.leaf(), PKI.intermediate(), PKI.leaf())));

    assertThat(signatures.hold(other, NOW)).isTrue();
    assertThat(verifier.judged).isEqualTo(2);
  }

  @Test
  void theChainThatWasUsedLeastRecentlyMakesRoom() {
    assertThat(holds(PKI) && holds(ROTATED)).isTrue();
    assertThat(holds(PKI) && holds(ROTATED_AGAIN)).isTrue();
    int before = verifier.judged;

    assertThat(holds(PKI)).isTrue();
    assertThat(verifier.judged).isEqualTo(before);
    assertThat(holds(ROTATED)).isTrue();
    assertThat(verifier.judged).isEqualTo(before + 1);
  }
}
