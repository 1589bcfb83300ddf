package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;

class KeysCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final String DEVELOPMENT =
      """
      "signing_public_key":"fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27",\
      "onion_public_key":"920b81e9bf1a06e70814432668c61487d6fdbe13faaee3b09ebc56223061f140\"\
      """;

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

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

  private String db() {
    return "sqlite:///" + directory.resolve("pro.db");
  }

  private Ledger ledger() {
    return Ledger.open(
        new DatabaseUrl.Sqlite(directory.resolve("pro.db")),
        RenewalAllowance.DEFAULT,
        new SecureRandom());
  }

  private void belongs(BackendKey key) {
    try (Ledger ledger = ledger()) {
      ledger.belongTo(key);
    }
  }

  private int check() {
    return run(
        "keys",
        "check",
        "--key",
        directory.resolve("signing.key").toString(),
        "--db",
        db(),
        "--json");
  }

  @Test
  void aKeyOfTheLedgerIsSound() throws IOException {
    Path file = keyFile();
    belongs(ServerKey.development(CRYPTO).publicKey());

    assertThat(check()).as(shell::err).isZero();

    assertThat(shell.out())
        .isEqualTo(
            "{\"sound\":true,\"file\":\""
                + file
                + "\",\"mode\":\"rw-------\",\"ledger_public_key\":\"fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27\",\"problems\":[]}\n");
  }

  @Test
  void aKeyOfAnotherLedgerIsNot() throws IOException {
    keyFile();
    belongs(BackendKey.fromHex("ab".repeat(32)));

    assertThat(check()).isOne();
    assertThat(shell.out()).contains("\"sound\":false", "the ledger's, abab");
  }

  @Test
  void aKeyThatOthersMayReadIsNotSound() throws IOException {
    Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(check()).isOne();
    assertThat(shell.out()).contains("\"mode\":\"rw-r--r--\"", "must give others no right");
  }

  @Test
  void aSeedOfAnotherPublicKeyIsNotSound() throws IOException {
    Files.writeString(keyFile(), "cd".repeat(32) + "ab".repeat(32) + "\n");

    assertThat(check()).isOne();
    assertThat(shell.out()).contains("must end with the public key of its seed");
  }

  @Test
  void checkingMakesNothing() {
    assertThat(check()).isOne();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aKeyThatIsToBeMadeFirstIsSound() {
    assertThat(run("keys", "check", "--data", directory.toString())).as(shell::err).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  private int rotate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "keys",
                "rotate",
                "--to",
                directory.resolve("signing.key").toString(),
                "--db",
                db(),
                "--json"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void aRotationIsPlannedFirst() throws IOException {
    keyFile();
    belongs(BackendKey.fromHex("ab".repeat(32)));

    assertThat(rotate()).as(shell::err).isZero();

    assertThat(shell.out())
        .startsWith("{\"from_public_key\":\"abab")
        .endsWith("\"accounts\":0,\"applied\":false}\n");
    assertThat(owner()).startsWith("abab");
  }

  @Test
  void aRotationTiesTheLedgerToTheNewKey() throws IOException {
    keyFile();
    belongs(BackendKey.fromHex("ab".repeat(32)));

    assertThat(rotate("--apply", "--reason", "leaked")).as(shell::err).isZero();

    assertThat(owner()).startsWith("fc947730");
    assertThat(check()).isZero();
  }

  @Test
  void nothingIsRotatedUnderARunningServer() throws IOException {
    keyFile();
    belongs(BackendKey.fromHex("ab".repeat(32)));
    try (Database database = Databases.open(new DatabaseUrl.Sqlite(directory.resolve("pro.db")))) {
      var _ =
          new Leases(database)
              .take(
                  new LeaseName("prune"),
                  new LeaseHolder("0123456789abcdef"),
                  NOW,
                  NOW.plusSeconds(60));
    }

    assertThat(rotate("--apply", "--reason", "leaked")).isOne();
    assertThat(shell.err()).contains("a server may be running");
    assertThat(owner()).startsWith("abab");
  }

  @Test
  void aRotationToTheSameKeyIsNone() throws IOException {
    keyFile();
    belongs(ServerKey.development(CRYPTO).publicKey());

    assertThat(rotate("--apply", "--reason", "leaked")).isOne();
    assertThat(shell.err()).contains("belongs to that key already");
  }

  private String owner() {
    try (Ledger ledger = ledger()) {
      return ledger.owner().orElseThrow().hex();
    }
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
    return PromisedMembers.run(
        shell, List.of(new KeysCommands(surroundings, () -> CRYPTO, () -> NOW)), arguments);
  }
}
