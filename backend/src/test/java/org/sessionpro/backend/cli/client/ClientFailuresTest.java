package org.sessionpro.backend.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.FreePort;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.V1Answer;

/// How the client commands end when something is wrong here, on the way, or there.
class ClientFailuresTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final String BACKEND =
      "fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27";
  private static final String OTHER_BACKEND =
      CRYPTO.signingKey(Seed.fromHex("ab".repeat(32))).publicKey().hex();

  private final ClientRig rig;

  ClientFailuresTest(@TempDir Path directory) {
    this.rig = new ClientRig(directory);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void keysThatOthersMayReadAreRefused() throws IOException {
    Files.setPosixFilePermissions(rig.keys(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(rig.ask("status", "v1")).isOne();
    assertThat(rig.shell().err()).contains("must give others no right");
    assertThat(rig.server().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"master_seed\":1}", "{\"master_seed\":\"zz\"}"})
  void aFileWithoutKeysIsRefused(String content) throws IOException {
    Files.writeString(rig.keys(), content);

    assertThat(rig.ask("status", "v1")).isOne();
    assertThat(rig.shell().err())
        .startsWith("pro: key file " + rig.keys() + " must ")
        .hasLineCount(1);
  }

  @Test
  void v0HasNoPages() {
    assertThat(rig.ask("payments", "v0", "--before", "c0")).isEqualTo(2);
    assertThat(rig.shell().err())
        .isEqualTo(
            "pro: --before is for protocol v1: v0 has no pages (see pro client payments --help)\n");
  }

  @Test
  void aRefusalOfV1IsThreeAndShowsItsCode() {
    rig.server()
        .answer(
            "/get_pro_status",
            body ->
                new V1Answer.Refused<>(Refusal.of(ErrorCode.STALE_REQUEST, "too old")).toJson());

    assertThat(rig.ask("status", "v1")).isEqualTo(3);
    assertThat(rig.shell().err())
        .isEqualTo("pro: the server refused with stale_request: too old\n");
  }

  @Test
  void aRefusalOfV0IsThreeAndShowsItsCode() {
    rig.server()
        .answer("/get_pro_details", body -> V0Answer.failure(V0Status.PARSE_ERROR, "no").toJson());

    assertThat(rig.ask("status", "v0")).isEqualTo(3);
    assertThat(rig.shell().err()).isEqualTo("pro: the server refused with 2: no\n");
  }

  @Test
  void aServersTextCannotDriveTheTerminal() {
    rig.server()
        .answer(
            "/get_pro_details",
            body -> V0Answer.failure(V0Status.ERROR, "\u001b[2J\u0007red").toJson());

    rig.ask("status", "v0");

    assertThat(rig.shell().err()).isEqualTo("pro: the server refused with 1: ?[2J?red\n");
  }

  @ParameterizedTest
  @CsvSource({"v0, {}", "v0, nonsense", "v1, {}", "v1, nonsense", "v1, '{\"status\":\"ok\"}'"})
  void anAnswerOutsideTheContractIsOne(String protocol, String answer) {
    rig.server().answer("/get_pro_status", body -> answer.getBytes(UTF_8));
    rig.server().answer("/get_pro_details", body -> answer.getBytes(UTF_8));

    assertThat(rig.ask("status", protocol)).isOne();
    assertThat(rig.shell().err())
        .startsWith("pro: the answer is not of protocol " + protocol + ": ");
  }

  @Test
  void anotherHttpStatusIsOne() {
    assertThat(
            rig.run(
                "status",
                "--keys",
                rig.keys().toString(),
                "--url",
                rig.server().url() + "/elsewhere"))
        .isOne();
    assertThat(rig.shell().err())
        .isEqualTo("pro: " + rig.server().url() + "/elsewhere answers with HTTP status 404\n");
  }

  @Test
  void anotherStatusInsideTheOnionIsOne() {
    FakeServer bare = new FakeServer(CRYPTO);
    try (bare) {
      assertThat(
              rig.run(
                  "status",
                  "--keys",
                  rig.keys().toString(),
                  "--url",
                  bare.url(),
                  "--onion",
                  "--backend-key",
                  BACKEND))
          .isOne();
    }
    assertThat(rig.shell().err())
        .isEqualTo("pro: the server answers inside the onion with status 404\n");
  }

  @Test
  void aReplyToSomebodyElseIsOne() {
    rig.server().answer("/oxen/v4/lsrpc", body -> new byte[64]);

    assertThat(rig.ask("status", "v1", "--onion", "--backend-key", BACKEND)).isOne();
    assertThat(rig.shell().err()).isEqualTo("pro: the answer is no onion reply to this request\n");
  }

  @Test
  void aKeyThatIsNoPointIsRefusedBeforeAnythingIsSent() {
    assertThat(rig.ask("status", "v1", "--onion", "--backend-key", "00".repeat(32))).isEqualTo(2);
    assertThat(rig.shell().err())
        .isEqualTo(
            "pro: --backend-key is not usable for onion requests (see pro client status --help)\n");
    assertThat(rig.server().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void aPageHasAtLeastOnePayment(String limit) {
    assertThat(rig.ask("payments", "v1", "--limit", limit)).isEqualTo(2);
    assertThat(rig.shell().err())
        .isEqualTo("pro: --limit must be 1 or more (see pro client payments --help)\n");
    assertThat(rig.server().asked()).isEmpty();
  }

  @Test
  void anAbsentServerIsOne() throws IOException {
    int port = FreePort.choose();

    assertThat(
            rig.run("status", "--keys", rig.keys().toString(), "--url", "http://127.0.0.1:" + port))
        .isOne();
    assertThat(rig.shell().err())
        .isEqualTo("pro: no server answers at http://127.0.0.1:" + port + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "127.0.0.1:5000", "ftp://host", "http://", "http://h?q", "http://a b"})
  void anAddressThatIsNoneIsNotUnderstood(String url) {
    assertThat(rig.run("status", "--keys", rig.keys().toString(), "--url", url)).isEqualTo(2);
    assertThat(rig.shell().err())
        .isEqualTo(
            "pro: --url must be like http://127.0.0.1:5000 (see pro client status --help)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void aProofOfAnotherBackendIsRefused(String protocol) {
    assertThat(rig.ask("proof", protocol, "--backend-key", OTHER_BACKEND)).isOne();
    assertThat(rig.shell().err())
        .isEqualTo("pro: the proof is not signed by the given backend key\n");
  }

  @Test
  void aProofForAnotherKeyIsRefused() {
    rig.server()
        .answer(
            "/generate_pro_proof",
            body ->
                ServerAnswers.ok(
                    new ProofResult(
                        Proof.sign(
                            CRYPTO.signingKey(Seed.fromHex("cd".repeat(32))),
                            ServerAnswers.TAG,
                            RotatingKey.fromHex("11".repeat(32)),
                            ServerAnswers.EXPIRY),
                        AccountTerm.NONE)));

    assertThat(rig.ask("proof", "v1")).isOne();
    assertThat(rig.shell().err()).isEqualTo("pro: the proof is for another rotating key\n");
  }
}
