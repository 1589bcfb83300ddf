package org.sessionpro.backend.cli.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.cli.inspection.AccountCommands;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.backend.takeover.PythonDatabase;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// What a ledger belongs to before, during and after a takeover, and what it can tell of the time before.
class TiedLedgerTest {
  private static final Crypto CRYPTO = Crypto.selfTested();

  /// 2026-03-25T13:46:40Z.
  private static final Instant NOW = Instant.ofEpochSecond(1_774_446_400);

  @TempDir Path folder;
  private final CapturedShell shell = new CapturedShell(Map.of());
  private PythonDatabase source;
  private DatabaseUrl ledger;
  private Path key;

  @BeforeEach
  void make() {
    source = PythonDatabase.create(Engine.SQLITE, folder);
    ledger = Engine.SQLITE.empty(folder);
    key = folder.resolve("signing.key");
    SigningKeyFile.create(key, Seed.fromHex("11".repeat(32)), CRYPTO);
  }

  private void addAccount(String order) {
    long expiry = NOW.plusSeconds(86_400).toEpochMilli();
    source.add(
        source.voucher(PythonDatabase.key(1), order, expiry), PythonDatabase.user(1, 7, expiry));
    source.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--db", Engine.text(ledger)));
    return PromisedMembers.run(
        shell,
        List.of(
            new ImportCommands(shell.shell(), () -> CRYPTO, () -> NOW),
            new AccountCommands(shell.shell(), () -> CRYPTO, () -> NOW)),
        all.toArray(String[]::new));
  }

  private int takeOver(String... options) {
    List<String> all = new ArrayList<>(List.of("import", "python", "--key", key.toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(options));
    return run(all.toArray(String[]::new));
  }

  private int apply(String... options) {
    List<String> all = new ArrayList<>(List.of("--apply", "--from", Engine.text(source.url())));
    all.addAll(List.of(options));
    return takeOver(all.toArray(String[]::new));
  }

  /// What the ledger is tied to, by name.
  private List<String> ties() {
    try (Database database = Databases.open(ledger)) {
      return database.read(handle ->
          handle.createQuery("SELECT name FROM ledger_identity").mapTo(String.class).list());
    }
  }

  @Test
  void ledgerIsNobodysUntilARunBeginsAndOnceItIsTakenBack() {
    addAccount("DEV.order");
    assertThat(apply()).isEqualTo(3);
    assertThat(ties()).as("blocked").isEmpty();

    assertThat(apply("--accept", "DEV_DATABASE")).isZero();
    assertThat(ties()).as("applied").containsExactly("signing_key");

    assertThat(takeOver("--discard")).isZero();
    assertThat(ties()).as("taken back").isEmpty();
  }

  @Test
  void databaseIsTakenOverIntoALedgerThatAServerWasTriedOutOn() {
    addAccount("order");
    RunningBackend.Options options =
        RunningBackend.Options.DEFAULT.withKey(new SigningKeySource.ConfiguredFile(key));
    RunningBackend.start(ledger, Databases.open(ledger), folder, options).close();
    assertThat(ties()).containsExactly("signing_key");

    assertThat(apply()).isZero();
  }

  @Test
  void ledgerOfAnotherKeyTakesNothingOverAndSaysWhatToDo() {
    addAccount("order");
    RunningBackend.start(ledger, Databases.open(ledger), folder, RunningBackend.Options.DEFAULT)
        .close();

    assertThat(apply()).isOne();

    assertThat(shell.err()).contains("or with another ledger");
  }

  private String explained(String asOf) {
    addAccount("order");
    assertThat(apply()).isZero();
    String owner = ByteString.of(PythonDatabase.key(1)).hex();
    assertThat(run("account", "explain", owner, "--as-of", asOf, "--json")).isZero();
    return shell.out();
  }

  @Test
  void nothingIsKnownOfTheTimeBeforeTheTakeover() {
    assertThat(explained("2026-03-25T13:46:39Z"))
        .contains("\"user_status\":null,\"standing\":\"before_import\",\"rule\":null")
        .contains("\"why\":\"before import: another service was in charge\"")
        .contains("\"proof\":null")
        .contains("\"facts\":[]");
  }

  @Test
  void accountIsExplainedFromTheTakeoverOn() {
    assertThat(explained("2026-03-25T13:46:40Z"))
        .contains("\"user_status\":\"active\",\"standing\":\"active\"");
  }
}
