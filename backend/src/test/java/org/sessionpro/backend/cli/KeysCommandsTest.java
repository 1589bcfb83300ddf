package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.crypto.Crypto;

class KeysCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final String DEVELOPMENT =
      """
      "signing_public_key":"fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27",\
      "onion_public_key":"920b81e9bf1a06e70814432668c61487d6fdbe13faaee3b09ebc56223061f140\"\
      """;

  @TempDir private Path directory;
  private final CapturedShell shell = new CapturedShell(Map.of());

  @Test
  void theDevelopmentKeyIsShownWithoutAFile() {
    assertThat(run("keys", "show", "--dev", "--json")).isZero();
    assertThat(shell.out()).isEqualTo("{\"file\":null," + DEVELOPMENT + "}\n");
  }

  @Test
  void aKeyFileIsShownByItsPublicHalves() throws IOException {
    Path file = keyFile();

    assertThat(run("keys", "show", "--key", file.toString(), "--json")).isZero();
    assertThat(shell.out()).isEqualTo("{\"file\":\"" + file + "\"," + DEVELOPMENT + "}\n");
  }

  @Test
  void theSecretIsNeverShown() throws IOException {
    run("keys", "show", "--key", keyFile().toString());

    assertThat(shell.out() + shell.err()).doesNotContain("cdcdcdcd");
  }

  @Test
  void withoutOptionsTheKeyOfTheDataFolderIsShown() throws IOException {
    keyFile();

    assertThat(run("keys", "show", "--data", directory.toString())).isZero();
    assertThat(shell.out()).contains(directory.resolve("signing.key").toString());
  }

  @Test
  void showingNeverMakesAKey() {
    assertThat(run("keys", "show", "--data", directory.toString())).isOne();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aGeneratedKeyIsUsable() {
    Path file = directory.resolve("new.key");

    assertThat(run("keys", "generate", "--out", file.toString())).isZero();

    ServerKey key = SigningKeyFile.read(file, CRYPTO);
    assertThat(shell.out())
        .isEqualTo(
            "File                "
                + file
                + "\nSigning public key  "
                + key.publicKey().hex()
                + "\nOnion public key    "
                + key.onion().publicKey().hex()
                + "\n");
  }

  @Test
  void anExistingFileIsNotOverwritten() throws IOException {
    Path file = keyFile();

    assertThat(run("keys", "generate", "--out", file.toString())).isOne();
    assertThat(shell.err())
        .isEqualTo("pro: key file " + file + " exists already and is never overwritten\n");
  }

  private Path keyFile() throws IOException {
    Path file = directory.resolve("signing.key");
    Files.writeString(
        file,
        "cd".repeat(32) + "fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private int run(String... arguments) {
    Shell surroundings = shell.shell();
    return new Program(
            surroundings, settings -> {}, List.of(new KeysCommands(surroundings, () -> CRYPTO)))
        .run(arguments);
  }
}
