package org.sessionpro.backend.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.Authenticity;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.RefundRequestedResult;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Plan;
import org.sessionpro.protocol.v0.V0Time;

/// What only clients of protocol v0 ask: to have a payment added, and to note a refund.
class ClientPaymentsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final ServerKey KEY = ServerKey.development(CRYPTO);

  @TempDir Path folder;
  private ClientRig rig;
  private final List<AddProPaymentRequest> added = new ArrayList<>();
  private final List<DevTerms> terms = new ArrayList<>();
  private final List<SetPaymentRefundRequestedRequest> refunds = new ArrayList<>();

  @BeforeEach
  void start() {
    rig = new ClientRig(folder);
    rig.server().answer(AddProPaymentRequest.PATH, this::add);
    rig.server().answer(SetPaymentRefundRequestedRequest.PATH, this::refund);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private byte[] add(JsonObject body) {
    AddProPaymentRequest request = AddProPaymentRequest.parse(body);
    assertThat(request.authenticity(CRYPTO, KEY.publicKey())).isEqualTo(Authenticity.AUTHENTIC);
    added.add(request);
    terms.add(DevTerms.parse(body));
    return ServerAnswers.success(
        ProProof.issue(
            CRYPTO, KEY.signing(), ServerAnswers.TAG, request.rotating(), ServerAnswers.EXPIRY));
  }

  private byte[] refund(JsonObject body) {
    SetPaymentRefundRequestedRequest request =
        SetPaymentRefundRequestedRequest.parse(body, ServerAnswers.NOW);
    assertThat(request.isAuthentic(CRYPTO)).isTrue();
    refunds.add(request);
    return ServerAnswers.success(new RefundRequestedResult(true));
  }

  private int run(String verb, String... more) {
    List<String> all = new ArrayList<>(List.of(verb, "--keys", rig.keys().toString()));
    all.addAll(List.of("--url", rig.server().url()));
    all.addAll(List.of(more));
    return rig.run(all.toArray(String[]::new));
  }

  @Test
  void aPaymentIsAddedByItsIds() {
    int status =
        run("add", "--provider", "google", "--payment-token", "t", "--order-id", "o", "--json");

    assertThat(status).as(rig.shell()::err).isZero();
    assertThat(added.getFirst().payment()).isEqualTo(new PaymentTx.Google(token("t"), order("o")));
    assertThat(added.getFirst().payment().isDevelopment()).isFalse();
    assertThat(rig.shell().out()).contains("\"gen_index_hash\":\"" + "7a".repeat(32));
  }

  private static PurchaseToken token(String text) {
    return new PurchaseToken(text);
  }

  private static OrderId order(String text) {
    return new OrderId(text);
  }

  @Test
  void theProofIsWritten() {
    Path proof = folder.resolve("proof.json");

    assertThat(run("add", "--provider", "apple", "--tx-id", "1", "--out", proof.toString()))
        .as(rig.shell()::err)
        .isZero();
    assertThat(Files.exists(proof)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"google", "apple"})
  void withoutIdsAPaymentIsMadeUp(String provider) {
    int status =
        run(
            "add",
            "--provider",
            provider,
            "--dev-plan",
            "12M",
            "--dev-duration-ms",
            "5000",
            "--dev-auto-renewing");

    assertThat(status).as(rig.shell()::err).isZero();
    assertThat(added.getFirst().payment().isDevelopment()).isTrue();
    assertThat(terms.getFirst())
        .isEqualTo(new DevTerms(V0Plan.TWELVE_MONTHS, Duration.ofSeconds(5), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--provider google --tx-id 1",
        "--provider google --order-id 1",
        "--provider apple --tx-id 1 --order-id 1",
        "--provider stf",
        "--provider google --dev-plan 7d",
        "--provider google --dev-duration-ms 0",
        "--tx-id 1"
      })
  void idsThatDoNotGoTogetherAreNotUnderstood(String options) {
    assertThat(run("add", options.split(" "))).isEqualTo(2);
    assertThat(added).isEmpty();
  }

  @Test
  void aRefundIsNotedAsOfNow() {
    assertThat(run("refund-requested", "--provider", "apple", "--tx-id", "1", "--json"))
        .as(rig.shell()::err)
        .isZero();

    assertThat(refunds.getFirst().refundRequested()).isEqualTo(ServerAnswers.NOW);
    assertThat(rig.shell().out()).contains("\"updated\":true");
  }

  @Test
  void aRefundIsNotedAsOfAnInstant() {
    run("refund-requested", "--provider", "apple", "--tx-id", "1", "--at", "1767225600");

    assertThat(refunds.getFirst().refundRequested()).isEqualTo(Instant.ofEpochSecond(1767225600));
  }

  @Test
  void aRefundMayBeWithdrawn() {
    run("refund-requested", "--provider", "apple", "--tx-id", "1", "--withdrawn");

    assertThat(refunds.getFirst().refundRequested()).isEqualTo(V0Time.NONE);
  }

  @Test
  void aRefundIsOfAPaymentThatIsNamed() {
    assertThat(run("refund-requested", "--provider", "apple")).isEqualTo(2);
  }
}
