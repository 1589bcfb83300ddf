package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;

/// One line for each request for a proof (`operator-v1.md` §5), of a server that issues one a week to
/// an account.
class ProofLogTest extends EndpointTest {
  private static final String MASKED = " master:[0-9a-f]{10}";

  private LogLines log;

  @Override
  protected RunningBackend.Options options(Path folder) {
    return RunningBackend.Options.DEFAULT.withMaxProofs(1);
  }

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void leave() {
    log.close();
  }

  /// The lines about proofs; there are others about the purchases behind them.
  private List<String> lines(Level level) {
    return log.at(level).stream().filter(line -> line.startsWith("proof ")).toList();
  }

  private void assertTold(String line) {
    assertThat(lines(Level.INFO)).singleElement().asString().matches(line);
    assertThat(lines(Level.WARN)).isEmpty();
  }

  @Test
  void aProofIsALine() {
    shop.voucher(alice, 365);

    v1.proof(alice);

    assertTold("proof issued by v1:" + MASKED);
  }

  @Test
  void aProofOfV0IsALine() {
    shop.voucher(alice, 365);

    v0.proof(alice);

    assertTold("proof issued by v0:" + MASKED);
  }

  @Test
  void aStrangerIsALineWithTheSlug() {
    v1.proof(alice);

    assertTold("proof refused by v1: not_subscribed" + MASKED);
  }

  @Test
  void aStrangerOfV0IsALineWithTheSlugOfV1() {
    v0.proof(alice);

    assertTold("proof refused by v0: not_subscribed" + MASKED);
  }

  @Test
  void anEndedTermIsALineWithTheSlug() {
    shop.voucher(alice, 5);
    at(day(60));

    v1.proof(alice);

    assertTold("proof refused by v1: subscription_expired" + MASKED);
  }

  @Test
  void aForgedRequestIsALineWithTheSlugAlone() {
    v1.proof(alice.withMasterKeyOf(bob));

    assertTold("proof refused by v1: bad_signature");
  }

  @Test
  void aForgedRequestOfV0IsALineWithTheSlugAlone() {
    v0.proof(alice.withMasterKeyOf(bob));

    assertTold("proof refused by v0: bad_signature");
  }

  @Test
  void aRequestOfAnotherTimeIsALineWithTheSlugAlone() {
    v1.proof(alice, day(1));

    assertTold("proof refused by v1: stale_request");
  }

  @Test
  void aRequestOfV0OfAnotherTimeIsALineWithTheSlugOfV1() {
    v0.proof(alice, day(1));

    assertTold("proof refused by v0: stale_request");
  }

  @Test
  void aRequestOfV0OfAnotherTimeThatIsMalformedTooBreaksTheContract() {
    v0.raw(
        V0Calls.PROOF,
        """
        {"version":0,"unix_ts_ms":1,"master_pkey":"","rotating_pkey":"",
          "master_sig":"","rotating_sig":""}
        """);

    assertTold("proof refused by v0: invalid_request");
  }

  @Test
  void aRequestThatBreaksTheContractIsALine() {
    v1.raw("/generate_pro_proof", "{\"ts\":1}");

    assertTold("proof refused by v1: invalid_request");
  }

  @Test
  void aRequestOfV0ThatBreaksTheContractIsALine() {
    v0.raw("/generate_pro_proof", "{\"version\":0}");

    assertTold("proof refused by v0: invalid_request");
  }

  @Test
  void whatIsNoJsonIsALine() {
    v1.raw("/generate_pro_proof", "secret");

    assertTold("proof refused by v1: invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "secret"})
  void anAdditionThatBreaksTheContractIsALine(String body) {
    v0.raw(AddProPaymentRequest.PATH, body);

    assertTold("proof refused by v0: invalid_request");
  }

  private static final PaymentTx.Claimable ORDER =
      new PaymentTx.Google(new PurchaseToken("token"), new OrderId("order"));

  @Test
  void aForgedAdditionIsALineWithTheSlugAlone() {
    v0.add(alice.withMasterKeyOf(bob), ORDER, DevTerms.DEFAULT);

    assertTold("proof refused by v0: bad_signature");
  }

  @Test
  void anAdditionOfWhatNobodySoldIsALine() {
    v0.add(alice, ORDER, DevTerms.DEFAULT);

    assertTold("proof refused by v0: unknown_payment" + MASKED);
  }

  @Test
  void oneProofTooManyIsAWarning() {
    shop.voucher(alice, 365);
    v1.proof(alice);
    log.forget();

    v1.proof(alice);

    assertThat(lines(Level.WARN))
        .singleElement()
        .asString()
        .matches("proof refused by v1: rate_limited" + MASKED);
    assertThat(lines(Level.INFO)).isEmpty();
  }
}
