package org.sessionpro.backend.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.cli.client.ServerAnswers.EXPIRY;
import static org.sessionpro.backend.cli.client.ServerAnswers.NOW;
import static org.sessionpro.backend.cli.client.ServerAnswers.REVOKED_AT;
import static org.sessionpro.backend.cli.client.ServerAnswers.TAG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v1.AccountTerm;
import org.sessionpro.protocol.v1.Proof;
import org.sessionpro.protocol.v1.ProofResult;

class VerifyCommandTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final ServerKey BACKEND = ServerKey.development(CRYPTO);
  private static final RotatingKey ROTATING = RotatingKey.fromHex("11".repeat(32));

  @TempDir private Path directory;
  private final CapturedShell shell = new CapturedShell(Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void aValidProofIsZero(String protocol) throws IOException {
    assertThat(verify(NOW, proof(protocol))).isZero();
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void peopleSeeWhatTheProofSays() throws IOException {
    verify(NOW, proof("v1"));

    assertThat(shell.out())
        .isEqualTo(
            """
            Verdict         valid
            Protocol        v1
            Expiry          2026-03-31T00:00:00Z
            Revocation tag  %s
            Rotating key    %s
            """
                .formatted(TAG.hex(), ROTATING.hex()));
  }

  @Test
  void programsSeeTheVerdict() throws IOException {
    verify(NOW, proof("v0"), "--json");

    assertThat(shell.out())
        .isEqualTo(
            "{\"verdict\":\"valid\",\"protocol\":\"v0\",\"expiry_ts\":1774915200,"
                + "\"gen_index_hash\":\"%s\",\"rotating_key\":\"%s\"}\n"
                    .formatted(TAG.hex(), ROTATING.hex()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void aProofIsValidAtItsVeryExpiry(String protocol) throws IOException {
    assertThat(verify(EXPIRY, proof(protocol))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void anExpiredProofIsOne(String protocol) throws IOException {
    assertThat(verify(EXPIRY.plusMillis(1), proof(protocol))).isOne();
    assertThat(shell.err()).isEqualTo("pro: the proof is not valid: expired\n");
    assertThat(shell.out()).startsWith("Verdict         expired\n");
  }

  @ParameterizedTest
  @CsvSource({
    "v0, expiry_unix_ts_ms\":1, expiry_unix_ts_ms\":2",
    "v1, expiry_ts\":1, expiry_ts\":2"
  })
  void aChangedProofIsOne(String protocol, String before, String after) throws IOException {
    Path proof = proof(protocol);
    Files.writeString(proof, Files.readString(proof).replace(before, after));

    assertThat(verify(NOW, proof)).isOne();
    assertThat(shell.err()).isEqualTo("pro: the proof is not valid: bad_signature\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void aRevokedProofIsOneFromTheEffectiveInstantOn(String protocol) throws IOException {
    assertThat(verify(REVOKED_AT, proof(protocol), "--revocations", list(protocol))).isOne();
    assertThat(shell.err()).isEqualTo("pro: the proof is not valid: revoked\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v1"})
  void aRevocationThatIsNotYetEffectiveIsIgnored(String protocol) throws IOException {
    assertThat(verify(REVOKED_AT.minusMillis(1), proof(protocol), "--revocations", list(protocol)))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"v0, v1", "v1, v0"})
  void aListOfTheOtherProtocolIsRefused(String protocol, String other) throws IOException {
    assertThat(verify(NOW, proof(protocol), "--revocations", list(other))).isOne();
    assertThat(shell.err()).contains("is no revocation list of protocol " + protocol);
  }

  @Test
  void aProofWithoutTheAccountMembersIsEnough() throws IOException {
    Path proof = proof("v1");
    String full = Files.readString(proof);
    Files.writeString(proof, full.substring(0, full.indexOf(",\"account_expiry_ts\"")) + "}");

    assertThat(verify(NOW, proof)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"{}, is no proof", "[], must hold one JSON object", "'', must hold one JSON object"})
  void anythingElseIsNoProof(String content, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("proof.json"), content);

    assertThat(verify(NOW, file)).isOne();
    assertThat(shell.err()).startsWith("pro: " + file + " " + message);
  }

  @Test
  void anAbsentFileIsOne() {
    Path absent = directory.resolve("absent.json");

    assertThat(verify(NOW, absent)).isOne();
    assertThat(shell.err()).isEqualTo("pro: " + absent + " does not exist\n");
  }

  private Path proof(String protocol) throws IOException {
    byte[] result =
        protocol.equals("v0")
            ? JsonWriter.object(
                ProProof.issue(CRYPTO, BACKEND.signing(), TAG, ROTATING, EXPIRY)::write)
            : JsonWriter.object(
                new ProofResult(
                        Proof.sign(BACKEND.signing(), TAG, ROTATING, EXPIRY), AccountTerm.NONE)
                    ::write);
    return Files.write(directory.resolve("proof.json"), result);
  }

  private String list(String protocol) throws IOException {
    byte[] result =
        protocol.equals("v0")
            ? JsonWriter.object(ServerAnswers.v0Revocations()::write)
            : JsonWriter.object(ServerAnswers.v1Revocations()::write);
    return Files.write(directory.resolve("revocations.json"), result).toString();
  }

  private int verify(Instant now, Path proof, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "client", "verify", proof.toString(), "--backend-key", BACKEND.publicKey().hex()));
    arguments.addAll(List.of(more));
    Shell surroundings = shell.shell();
    return PromisedMembers.run(
        shell,
        List.of(new ClientCommands(surroundings, () -> CRYPTO, () -> now, new SecureRandom())),
        arguments.toArray(String[]::new));
  }
}
