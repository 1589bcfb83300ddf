package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.store.apple.SignedData.Chain;
import org.sessionpro.simulator.SimulatedClock;

/// How certificates stand, asked over real sockets (`app-store.md` §1.2, revocation).
class CertificateStandingTest {
  private static final Duration QUESTION = Duration.ofSeconds(20);

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-03-04T10:00:00Z"));
  private OcspResponder responder;
  private TestPki pki;

  @BeforeEach
  void start() throws IOException {
    responder = new OcspResponder();
    pki = new TestPki(responder.url());
    responder.knows(pki);
  }

  @AfterEach
  void stop() {
    responder.close();
  }

  private CertificateStanding standing(Duration question) {
    return new CertificateStanding(pki.roots(), clock, new CertificateStanding.Patience(question));
  }

  private static CertificateChain chain(TestPki signer) {
    return Jws.of(signer.sign(Payloads.transaction(""))).flatMap(Jws::chain).orElseThrow();
  }

  @Test
  void whatNobodyTookBackStands() {
    assertThat(standing(QUESTION).of(chain(pki))).isEqualTo(Chain.GOOD);
    assertThat(responder.questions()).isEqualTo(2);
  }

  @Test
  void aLeafThatWasTakenBackStandsNoMore() {
    responder.revoke(pki.leaf());

    assertThat(standing(QUESTION).of(chain(pki))).isEqualTo(Chain.REVOKED);
  }

  @Test
  void anIntermediateThatWasTakenBackStandsNoMore() {
    responder.revoke(pki.intermediate());

    assertThat(standing(QUESTION).of(chain(pki))).isEqualTo(Chain.REVOKED);
  }

  @Test
  void whoCannotBeReachedSaysNothing() {
    responder.close();

    assertThat(standing(QUESTION).of(chain(pki))).isEqualTo(Chain.UNDETERMINED);
  }

  @Test
  void whoDoesNotAnswerInTimeSaysNothing() {
    responder.beSilent(true);

    assertThat(standing(Duration.ofMillis(150)).of(chain(pki))).isEqualTo(Chain.UNDETERMINED);
  }

  @Test
  void whatStandsIsBelievedForAQuarterOfAnHour() {
    CertificateStanding standing = standing(QUESTION);
    var _ = standing.of(chain(pki));
    responder.revoke(pki.leaf());

    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    assertThat(standing.of(chain(pki))).isEqualTo(Chain.GOOD);
    assertThat(responder.questions()).isEqualTo(2);

    clock.advance(Duration.ofMillis(1));
    assertThat(standing.of(chain(pki))).isEqualTo(Chain.REVOKED);
  }

  @Test
  void whatIsUndeterminedIsAskedAgainAtOnce() {
    CertificateStanding standing = standing(QUESTION);
    responder.knows(TestPki.withoutResponder());
    assertThat(standing.of(chain(pki))).isEqualTo(Chain.UNDETERMINED);

    responder.knows(pki);

    assertThat(standing.of(chain(pki))).isEqualTo(Chain.GOOD);
  }

  @Test
  void aCertificateThatHasEndedIsAskedAboutAsOfItsEnd() {
    TestPki ended = pki.endingAt(clock.instant().minusSeconds(3_600));
    assertThat(standing(QUESTION).of(chain(ended))).isEqualTo(Chain.GOOD);

    responder.revoke(ended.leaf());

    assertThat(standing(QUESTION).of(chain(ended))).isEqualTo(Chain.REVOKED);
  }
}
