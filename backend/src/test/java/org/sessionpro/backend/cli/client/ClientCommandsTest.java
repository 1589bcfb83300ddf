package org.sessionpro.backend.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.Program;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Status;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.V1Answer;

class ClientCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final String BACKEND =
      "fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27";
  private static final String OTHER_BACKEND =
      CRYPTO.signingKey(Seed.fromHex("ab".repeat(32))).publicKey().hex();

  @TempDir private Path directory;
  private final CapturedShell shell = new CapturedShell(Map.of());
  private final FakeServer server = new FakeServer(CRYPTO);
  private Path keys = Path.of("");

  @BeforeEach
  void start() {
    new ServerAnswers(CRYPTO).installOn(server);
    keys = directory.resolve("keys.json");
    new ClientKeys(Seed.fromHex("01".repeat(32)), Seed.fromHex("02".repeat(32))).create(keys);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keygenMakesAFileThatOnlyItsOwnerReads() throws IOException {
    Path file = directory.resolve("new.json");

    assertThat(run("keygen", "--out", file.toString())).isZero();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keygenShowsThePublicHalvesOfWhatItWrote() throws IOException {
    Path file = directory.resolve("new.json");

    run("keygen", "--out", file.toString(), "--json");

    ClientKeys written = ClientKeys.read(file);
    assertThat(shell.out())
        .isEqualTo(
            "{\"file\":\"%s\",\"master_pkey\":\"%s\",\"rotating_pkey\":\"%s\"}\n"
                .formatted(
                    file,
                    written.masterKey(CRYPTO).publicKey().hex(),
                    written.rotatingKey(CRYPTO).publicKey().hex()));
  }

  @Test
  void keygenNeverShowsASeed() throws IOException {
    Path file = directory.resolve("new.json");

    run("keygen", "--out", file.toString());

    ClientKeys written = ClientKeys.read(file);
    assertThat(shell.out())
        .doesNotContain(written.master().bytes().hex())
        .doesNotContain(written.rotating().bytes().hex());
  }

  @Test
  void keygenNeverOverwrites() {
    assertThat(run("keygen", "--out", keys.toString())).isOne();
    assertThat(shell.err())
        .isEqualTo("pro: key file " + keys + " exists already and is never overwritten\n");
  }

  @Test
  void keysThatOthersMayReadAreRefused() throws IOException {
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(ask("status", "v1")).isOne();
    assertThat(shell.err()).contains("must give others no right");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"master_seed\":1}", "{\"master_seed\":\"zz\"}"})
  void aFileWithoutKeysIsRefused(String content) throws IOException {
    Files.writeString(keys, content);

    assertThat(ask("status", "v1")).isOne();
    assertThat(shell.err()).startsWith("pro: key file " + keys + " must ").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"v0, false", "v0, true", "v1, false", "v1, true"})
  void aProofThatWasWrittenVerifiesOffline(String protocol, boolean onion) {
    Path proof = directory.resolve("proof.json");
    List<String> arguments = new ArrayList<>(List.of("--out", proof.toString()));
    if (onion) {
      arguments.add("--onion");
    }
    assertThat(ask("proof", protocol, arguments.toArray(String[]::new))).isZero();
    server.close();

    assertThat(run("verify", proof.toString(), "--backend-key", BACKEND)).isZero();
    assertThat(shell.out())
        .contains("Verdict         valid\n")
        .contains("Protocol        " + protocol);
  }

  @ParameterizedTest
  @CsvSource({
    "status, v1, /get_pro_status",
    "payments, v1, /get_payment_details",
    "proof, v1, /generate_pro_proof",
    "status, v0, /get_pro_details",
    "payments, v0, /get_pro_details",
    "proof, v0, /generate_pro_proof"
  })
  void everyQuestionTravelsByOnionToo(String verb, String protocol, String path) {
    assertThat(ask(verb, protocol, "--onion", "--backend-key", BACKEND)).isZero();
    assertThat(server.asked()).containsExactly("/oxen/v4/lsrpc", "onion:" + path);
  }

  @Test
  void theListOfRevocationsNeedsNoKeys() {
    assertThat(run("revocations", "--url", server.url(), "--onion")).isZero();
    assertThat(server.asked())
        .containsExactly("/status", "/oxen/v4/lsrpc", "onion:/get_pro_revocations");
  }

  @Test
  void withoutABackendKeyAnOnionRequestAsksTheServerForIt() {
    ask("status", "v1", "--onion");

    assertThat(server.asked()).startsWith("/status", "/oxen/v4/lsrpc");
  }

  @Test
  void peopleSeeTheStatusOfV1() {
    ask("status", "v1");

    assertThat(shell.out())
        .isEqualTo(
            """
            User status     active
            Account expiry  2026-03-31T00:00:00Z
            Grace period    1 h
            Auto renewing   yes

            Latest payment: 1
              Status    Plan  Provider  Purchased             Expiry  Auto renewing  Payment id
              redeemed  1m    stf       2026-03-01T11:59:00Z  -       no             order-1
            """);
  }

  @Test
  void peopleSeeTheStatusOfV0() {
    ask("status", "v0");

    assertThat(shell.out())
        .isEqualTo(
            """
            User status     active
            Account expiry  2026-03-31T00:00:00Z
            Grace period    1 h
            Auto renewing   yes
            Payments total  2
            Error report    no

            Latest payment: 1
              Status    Plan  Provider  Purchased             Expiry                Auto renewing  Payment id
              redeemed  1m    stf       2026-03-01T11:59:00Z  2026-03-31T00:00:00Z  no             order-1
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status|v1|{\"user_status\":\"active\",\"auto_renewing\":true,\"expiry_ts\":1774915200,",
        "payments|v1|{\"payments_total\":2,\"items\":[",
        "revocations|v1|{\"ticket\":9,\"items\":[{\"revocation_tag\":\"7a",
        "proof|v1|{\"revocation_tag\":\"7a",
        "status|v0|{\"auto_renewing\":true,\"error_report\":0,\"expiry_unix_ts_ms\":1774915200000,",
        "payments|v0|{\"auto_renewing\":true,",
        "revocations|v0|{\"items\":[{\"effective_unix_ts_ms\":",
        "proof|v0|{\"expiry_unix_ts_ms\":1774915200000,\"gen_index_hash\":\"7a"
      })
  void programsSeeTheResultAsTheProtocolWritesIt(String verb, String protocol, String start) {
    int status =
        verb.equals("revocations")
            ? run(verb, "--url", server.url(), "--protocol", protocol, "--json")
            : ask(verb, protocol, "--json");

    assertThat(status).isZero();
    assertThat(shell.out()).startsWith(start).endsWith("}\n").hasLineCount(1);
  }

  @Test
  void aPageOfPaymentsNamesTheNext() {
    ask("payments", "v1", "--limit", "1");

    assertThat(shell.out()).contains("Payments total  2\nNext cursor     c0\n").contains("order-1");
  }

  @Test
  void theNextPageIsAskedForByCursor() {
    ask("payments", "v1", "--limit", "1", "--before", "c0");

    assertThat(shell.out()).contains("Items: 0");
  }

  @Test
  void v0HasNoPages() {
    assertThat(ask("payments", "v0", "--before", "c0")).isOne();
    assertThat(shell.err()).isEqualTo("pro: protocol v0 has no pages: leave --before out\n");
  }

  @Test
  void aRefusalOfV1IsThreeAndShowsItsCode() {
    server.answer(
        "/get_pro_status",
        body -> new V1Answer.Refused<>(Refusal.of(ErrorCode.STALE_REQUEST, "too old")).toJson());

    assertThat(ask("status", "v1")).isEqualTo(3);
    assertThat(shell.err()).isEqualTo("pro: the server refused with stale_request: too old\n");
  }

  @Test
  void aRefusalOfV0IsThreeAndShowsItsCode() {
    server.answer(
        "/get_pro_details", body -> V0Answer.failure(V0Status.PARSE_ERROR, "no").toJson());

    assertThat(ask("status", "v0")).isEqualTo(3);
    assertThat(shell.err()).isEqualTo("pro: the server refused with 2: no\n");
  }

  @Test
  void aServersTextCannotDriveTheTerminal() {
    server.answer(
        "/get_pro_details",
        body -> V0Answer.failure(V0Status.ERROR, "\u001b[2J\u0007red").toJson());

    ask("status", "v0");

    assertThat(shell.err()).isEqualTo("pro: the server refused with 1: ?[2J?red\n");
  }

  @ParameterizedTest
  @CsvSource({"v0, {}", "v0, nonsense", "v1, {}", "v1, nonsense", "v1, '{\"status\":\"ok\"}'"})
  void anAnswerOutsideTheContractIsOne(String protocol, String answer) {
    server.answer("/get_pro_status", body -> answer.getBytes(UTF_8));
    server.answer("/get_pro_details", body -> answer.getBytes(UTF_8));

    assertThat(ask("status", protocol)).isOne();
    assertThat(shell.err()).startsWith("pro: the answer is not of protocol " + protocol + ": ");
  }

  @Test
  void anotherHttpStatusIsOne() {
    assertThat(run("status", "--keys", keys.toString(), "--url", server.url() + "/elsewhere"))
        .isOne();
    assertThat(shell.err())
        .isEqualTo("pro: " + server.url() + "/elsewhere answers with HTTP status 404\n");
  }

  @Test
  void anotherStatusInsideTheOnionIsOne() {
    FakeServer bare = new FakeServer(CRYPTO);
    try (bare) {
      assertThat(
              run(
                  "status",
                  "--keys",
                  keys.toString(),
                  "--url",
                  bare.url(),
                  "--onion",
                  "--backend-key",
                  BACKEND))
          .isOne();
    }
    assertThat(shell.err()).isEqualTo("pro: the server answers inside the onion with status 404\n");
  }

  @Test
  void aReplyToSomebodyElseIsOne() {
    server.answer("/oxen/v4/lsrpc", body -> new byte[64]);

    assertThat(ask("status", "v1", "--onion", "--backend-key", BACKEND)).isOne();
    assertThat(shell.err()).isEqualTo("pro: the answer is no onion reply to this request\n");
  }

  @Test
  void aKeyThatIsNoPointIsRefusedBeforeAnythingIsSent() {
    assertThat(ask("status", "v1", "--onion", "--backend-key", "00".repeat(32))).isOne();
    assertThat(shell.err()).isEqualTo("pro: the server's key is not usable for onion requests\n");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void anAbsentServerIsOne() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(run("status", "--keys", keys.toString(), "--url", "http://127.0.0.1:" + port))
        .isOne();
    assertThat(shell.err()).isEqualTo("pro: no server answers at http://127.0.0.1:" + port + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "127.0.0.1:5000", "ftp://host", "http://", "http://h?q", "http://a b"})
  void anAddressThatIsNoneIsOne(String url) {
    assertThat(run("status", "--keys", keys.toString(), "--url", url)).isOne();
    assertThat(shell.err()).isEqualTo("pro: --url must be like http://127.0.0.1:5000\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void aProofOfAnotherBackendIsRefused(String protocol) {
    assertThat(ask("proof", protocol, "--backend-key", OTHER_BACKEND)).isOne();
    assertThat(shell.err()).isEqualTo("pro: the proof is not signed by the given backend key\n");
  }

  @Test
  void aProofForAnotherKeyIsRefused() {
    server.answer(
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

    assertThat(ask("proof", "v1")).isOne();
    assertThat(shell.err()).isEqualTo("pro: the proof is for another rotating key\n");
  }

  @Test
  void theRequestCarriesTheKeysOfTheFile() {
    List<JsonObject> bodies = new ArrayList<>();
    server.answer(
        "/get_pro_status",
        body -> {
          bodies.add(body);
          return new byte[0];
        });

    ask("status", "v1");

    assertThat(bodies.getFirst().member("master_pkey"))
        .contains(
            new JsonValue.Text(CRYPTO.signingKey(Seed.fromHex("01".repeat(32))).publicKey().hex()));
  }

  private int ask(String verb, String protocol, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                verb, "--keys", keys.toString(), "--url", server.url(), "--protocol", protocol));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    Shell surroundings = shell.shell();
    List<String> all = new ArrayList<>(List.of("client"));
    all.addAll(List.of(arguments));
    return new Program(
            surroundings,
            settings -> {},
            List.of(
                new ClientCommands(
                    surroundings, () -> CRYPTO, () -> ServerAnswers.NOW, new SecureRandom())))
        .run(all.toArray(String[]::new));
  }
}
