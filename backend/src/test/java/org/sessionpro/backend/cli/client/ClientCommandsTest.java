package org.sessionpro.backend.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// What the client commands do when all goes well.
class ClientCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final String BACKEND =
      "fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27";

  private final Path directory;
  private final ClientRig rig;

  ClientCommandsTest(@TempDir Path directory) {
    this.directory = directory;
    this.rig = new ClientRig(directory);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void keygenMakesAFileThatOnlyItsOwnerReads() throws IOException {
    Path file = directory.resolve("new.json");

    assertThat(rig.run("keygen", "--out", file.toString())).isZero();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keygenShowsThePublicHalvesOfWhatItWrote() throws IOException {
    Path file = directory.resolve("new.json");

    rig.run("keygen", "--out", file.toString(), "--json");

    ClientKeys written = ClientKeys.read(file);
    assertThat(rig.shell().out())
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

    rig.run("keygen", "--out", file.toString());

    ClientKeys written = ClientKeys.read(file);
    assertThat(rig.shell().out())
        .doesNotContain(written.master().bytes().hex())
        .doesNotContain(written.rotating().bytes().hex());
  }

  @Test
  void keygenNeverOverwrites() {
    assertThat(rig.run("keygen", "--out", rig.keys().toString())).isOne();
    assertThat(rig.shell().err())
        .isEqualTo("pro: key file " + rig.keys() + " exists already and is never overwritten\n");
  }

  @ParameterizedTest
  @CsvSource({"v0, false", "v0, true", "v1, false", "v1, true"})
  void aProofThatWasWrittenVerifiesOffline(String protocol, boolean onion) {
    Path proof = directory.resolve("proof.json");
    List<String> arguments = new ArrayList<>(List.of("--out", proof.toString()));
    if (onion) {
      arguments.add("--onion");
    }
    assertThat(rig.ask("proof", protocol, arguments.toArray(String[]::new))).isZero();
    rig.server().close();

    assertThat(rig.run("verify", proof.toString(), "--backend-key", BACKEND)).isZero();
    assertThat(rig.shell().out())
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
    assertThat(rig.ask(verb, protocol, "--onion", "--backend-key", BACKEND)).isZero();
    assertThat(rig.server().asked()).containsExactly("/oxen/v4/lsrpc", "onion:" + path);
  }

  @Test
  void theListOfRevocationsNeedsNoKeys() {
    assertThat(rig.run("revocations", "--url", rig.server().url(), "--onion")).isZero();
    assertThat(rig.server().asked())
        .containsExactly("/status", "/oxen/v4/lsrpc", "onion:/get_pro_revocations");
  }

  @Test
  void withoutABackendKeyAnOnionRequestAsksTheServerForIt() {
    rig.ask("status", "v1", "--onion");

    assertThat(rig.server().asked()).startsWith("/status", "/oxen/v4/lsrpc");
  }

  @Test
  void peopleSeeTheStatusOfV1() {
    rig.ask("status", "v1");

    assertThat(rig.shell().out())
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
    rig.ask("status", "v0");

    assertThat(rig.shell().out())
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
            ? rig.run(verb, "--url", rig.server().url(), "--protocol", protocol, "--json")
            : rig.ask(verb, protocol, "--json");

    assertThat(status).isZero();
    assertThat(rig.shell().out()).startsWith(start).endsWith("}\n").hasLineCount(1);
  }

  @Test
  void aPageOfPaymentsNamesTheNext() {
    rig.ask("payments", "v1", "--limit", "1");

    assertThat(rig.shell().out())
        .contains("Payments total  2\nNext cursor     c0\n")
        .contains("order-1");
  }

  @Test
  void theNextPageIsAskedForByCursor() {
    rig.ask("payments", "v1", "--limit", "1", "--before", "c0");

    assertThat(rig.shell().out()).contains("Items: 0");
  }

  @Test
  void theRequestCarriesTheKeysOfTheFile() {
    List<JsonObject> bodies = new ArrayList<>();
    rig.server()
        .answer(
            "/get_pro_status",
            body -> {
              bodies.add(body);
              return new byte[0];
            });

    rig.ask("status", "v1");

    assertThat(bodies.getFirst().member("master_pkey"))
        .contains(
            new JsonValue.Text(CRYPTO.signingKey(Seed.fromHex("01".repeat(32))).publicKey().hex()));
  }
}
