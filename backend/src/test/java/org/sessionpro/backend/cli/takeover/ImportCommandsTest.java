package org.sessionpro.backend.cli.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.cli.inspection.InboxCommands;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.db.OlderTables;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.UnsealedImport;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.backend.takeover.PythonDatabase;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

@ParameterizedClass
@EnumSource(Engine.class)
class ImportCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Instant NOW = Instant.ofEpochMilli(1_774_446_400_000L);
  private static final long EXPIRY = NOW.toEpochMilli() + 86_400_000L;
  private static final Seed SEED = Seed.fromHex("11".repeat(32));
  private static final MasterKey OWNER = new MasterKey(ByteString.of(PythonDatabase.key(1)));

  @Parameter Engine engine;
  @TempDir Path folder;
  private CapturedShell shell = new CapturedShell(Map.of());
  private PythonDatabase source;
  private DatabaseUrl ledger;
  private Path key;

  @BeforeEach
  void make() {
    source = PythonDatabase.create(engine, folder);
    ledger = engine.empty(folder);
    key = folder.resolve("signing.key");
    SigningKeyFile.create(key, SEED, CRYPTO);
  }

  /// Runs `pro import python` as somebody who has stopped the Python service.
  private int run(String... arguments) {
    source.close();
    List<String> all = new ArrayList<>(List.of("import", "python"));
    if (List.of(arguments).stream().noneMatch(word -> word.matches("--(seal|discard)"))) {
      all.addAll(List.of("--from", Engine.text(source.url()), "--allow-writable-role"));
    }
    all.addAll(List.of("--db", Engine.text(ledger), "--key", key.toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(arguments));
    return bare(all);
  }

  private int bare(List<String> arguments) {
    return PromisedMembers.run(
        shell,
        List.of(
            new ImportCommands(shell.shell(), () -> CRYPTO, () -> NOW),
            new InboxCommands(shell.shell(), () -> CRYPTO, () -> NOW)),
        arguments.toArray(String[]::new));
  }

  private void addAccount() {
    source.add(
        source.voucher(PythonDatabase.key(1), "order", EXPIRY), PythonDatabase.user(1, 7, EXPIRY));
  }

  private boolean isTakenOver() {
    try (Ledger opened = Ledger.open(ledger, RenewalAllowance.DEFAULT, new SecureRandom())) {
      return opened.account(OWNER).isPresent();
    }
  }

  @Test
  void rehearsalKeepsNothing() {
    addAccount();

    assertThat(run("--json")).isZero();

    assertThat(shell.out())
        .contains("\"verdict\":\"equal\"", "{\"table\":\"accounts\",\"rows\":1}");
    assertThat(isTakenOver()).isFalse();
  }

  @Test
  void sourceIsTakenOverComparedAndSealed() {
    addAccount();

    assertThat(run("--apply")).isZero();
    assertThat(run("--verify")).isZero();
    assertThat(run("--seal")).isZero();

    assertThat(isTakenOver()).isTrue();
  }

  @Test
  void serverStartsOnceTheRunIsSealed() {
    addAccount();
    run("--apply");
    RunningBackend.Options options =
        RunningBackend.Options.DEFAULT.withKey(new SigningKeySource.ConfiguredFile(key));
    Database unsealed = Databases.open(ledger);
    assertThatThrownBy(() -> RunningBackend.start(ledger, unsealed, folder, options))
        .isInstanceOf(UnsealedImport.class);

    run("--seal");

    try (RunningBackend server =
        RunningBackend.start(ledger, Databases.open(ledger), folder, options)) {
      assertThat(server.key().hex()).isNotEmpty();
    }
  }

  /// As a server does as long as it runs.
  private void holdAJob() {
    try (Database database = Databases.open(ledger)) {
      LeaseHolder server = LeaseHolder.drawn(new Random(1));
      new Leases(database).take(new LeaseName("prune"), server, NOW, NOW.plusSeconds(30));
    }
  }

  @Test
  void nothingIsTakenOverIntoALedgerThatAServerRunsOn() {
    addAccount();
    holdAJob();

    assertThat(run("--apply")).isOne();

    assertThat(shell.err()).contains("a server may be running: it holds the job prune");
    assertThat(isTakenOver()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retry token",
        "drop token --reason test",
        "reconcile --provider google other",
        "reconcile --provider google --all"
      })
  void inboxStaysAsItIsUntilTheRunIsSealed(String command) {
    source.add(
        source.google(PythonDatabase.key(1), "token", "GPA.1", EXPIRY).with("auto_renewing", true),
        PythonDatabase.user(1, 7, EXPIRY).with("auto_renewing", true),
        source
            .google(PythonDatabase.key(1), "another", "GPA.2", EXPIRY - 1)
            .with("auto_renewing", true));
    assertThat(run("--apply")).isZero();
    List<String> all = new ArrayList<>(List.of("inbox"));
    all.addAll(List.of(command.split(" ")));
    all.addAll(List.of("--apply", "--db", Engine.text(ledger)));
    List<StoredWork> before = inbox();

    assertThat(bare(all)).isOne();

    assertThat(shell.err()).contains("the ledger holds an import that is not sealed");
    assertThat(inbox()).isEqualTo(before).isNotEmpty();
    run("--seal");
    assertThat(bare(all)).isZero();
  }

  private List<StoredWork> inbox() {
    try (Database database = Databases.open(ledger)) {
      return new Inbox(database, new Random(1), new InboxRules(36, "test"))
          .inspection()
          .list(InboxInspection.Filter.ALL, 10);
    }
  }

  @Test
  void nothingIsTakenBackWhileAServerRuns() {
    addAccount();
    run("--apply");
    holdAJob();

    assertThat(run("--discard")).isOne();

    assertThat(isTakenOver()).isTrue();
  }

  @Test
  void whatIsTakenBackIsGone() {
    addAccount();
    run("--apply");

    assertThat(run("--discard")).isZero();

    assertThat(isTakenOver()).isFalse();
  }

  @Test
  void aLedgerOfAnEarlierReleaseIsLeftAsItIs() {
    addAccount();
    ledger = engine.withoutTables(folder);
    OlderTables.make(ledger, 11);

    assertThat(run("--apply")).isOne();

    assertThat(shell.err()).contains("the tables are of version 11, older");
    assertThat(Databases.state(ledger).installed()).isEqualTo(11);
  }

  @Test
  void nothingIsSealedThatWasNotTakenOver() {
    assertThat(run("--seal")).isOne();
    assertThat(shell.err()).contains("only an import that is verified can be sealed");
  }

  @Test
  void anomalyBlocksUntilItIsAccepted() {
    source.add(
        source.voucher(PythonDatabase.key(1), "DEV.order", EXPIRY),
        PythonDatabase.user(1, 7, EXPIRY));

    assertThat(run("--apply")).isEqualTo(3);
    assertThat(shell.err()).contains("blocked by DEV_DATABASE");
    assertThat(isTakenOver()).isFalse();

    assertThat(run("--apply", "--accept", "DEV_DATABASE")).isZero();
  }

  @Test
  void lossBlocksUntilItIsAccepted() {
    source.add(
        source.voucher(PythonDatabase.key(1), "order", EXPIRY),
        PythonDatabase.user(1, 7, EXPIRY + 1));

    assertThat(run()).isEqualTo(3);
    assertThat(run("--accept-loss", "STALE_ACCOUNT_ROW")).isZero();
  }

  @Test
  void unexplainedDifferenceHasAnExitStatusOfItsOwn() {
    addAccount();
    run("--apply");
    try (Database database = Databases.open(ledger)) {
      database.write(handle -> handle.execute("UPDATE accounts SET expiry_at = expiry_at + 1"));
    }

    assertThat(run("--verify")).isEqualTo(4);
    assertThat(shell.err()).contains("differences that nothing explains: 2");
  }

  @Test
  void anotherSigningKeyIsRefused() throws Exception {
    Files.delete(key);
    SigningKeyFile.create(key, Seed.fromHex("22".repeat(32)), CRYPTO);

    assertThat(run()).isOne();

    assertThat(shell.err())
        .contains(CRYPTO.signingKey(SEED).publicKey().hex())
        .contains(CRYPTO.signingKey(Seed.fromHex("22".repeat(32))).publicKey().hex());
  }

  @Test
  void keyOfTheSourceIsWrittenForItsOwnerOnly() throws Exception {
    Path written = folder.resolve("written.key");

    assertThat(run("--write-key", written.toString())).isZero();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
        .isEqualTo("rw-------");
    assertThat(SigningKeyFile.read(written, CRYPTO).publicKey().bytes())
        .isEqualTo(CRYPTO.signingKey(SEED).publicKey());
    assertThat(shell.out()).doesNotContain(SEED.bytes().hex());
  }

  @Test
  void realIdsGoIntoAFileForItsOwnerOnly() throws Exception {
    source.add(source.voucher(PythonDatabase.key(1), "order", EXPIRY));
    Path ids = folder.resolve("ids");

    assertThat(run("--ids", ids.toString())).isZero();

    assertThat(ids).content().contains("OWNER_WITHOUT_ACCOUNT\taccount\t" + OWNER.hex());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ids)))
        .isEqualTo("rw-------");
  }

  @Test
  void reportShowsNobody() {
    addAccount();
    source.add(source.voucher(PythonDatabase.key(2), "secret-order", EXPIRY));

    run();

    assertThat(shell.out() + shell.err())
        .doesNotContain(OWNER.hex())
        .doesNotContain("secret-order")
        .doesNotContain("000102030405060708090a0b0c0d0e0f");
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "9, 9"})
  void listOfTheAppStoreIsReadFromWhereTheOldServiceWas(int readDaysAgo, int fromDaysAgo) {
    Instant read = NOW.minus(Duration.ofDays(readDaysAgo));
    source.execute(
        "UPDATE runtime SET apple_notification_checkpoint_unix_ts_ms = " + read.toEpochMilli());

    assertThat(run("--apply")).isZero();
    assertThat(run("--apply")).isZero();

    try (Database database = Databases.open(ledger)) {
      assertThat(CatchUpNotifications.readAt(new Leases(database)))
          .isEqualTo(NOW.minus(Duration.ofDays(fromDaysAgo)));
    }
  }

  @Test
  void whoeverFindsAllEqualReadsTheListOfTheAppStoreFromThere() {
    Instant read = NOW.minus(Duration.ofDays(9));
    source.execute(
        "UPDATE runtime SET apple_notification_checkpoint_unix_ts_ms = " + read.toEpochMilli());
    run("--apply");
    try (Database database = Databases.open(ledger)) {
      BrokenOff.whileComparing(database);

      assertThat(run("--verify")).isZero();

      assertThat(CatchUpNotifications.readAt(new Leases(database))).isEqualTo(read);
    }
  }

  @Test
  void allowanceThatWouldEndAccountsIsRefused() {
    shell = new CapturedShell(Map.of("SESH_PRO_BACKEND_RENEWAL_LATENCY_ALLOWANCE", "3599"));

    assertThat(run()).isOne();
    assertThat(shell.err()).contains("at least 3600 seconds");
  }

  @Test
  void userWhoMayWriteIsRefused() {
    assumeTrue(source.isServer());
    source.close();

    assertThat(
            bare(
                List.of(
                    "import", "python",
                    "--from", Engine.text(source.url()),
                    "--db", Engine.text(ledger),
                    "--key", key.toString())))
        .isOne();
    assertThat(shell.err()).contains("--allow-writable-role");
  }

  @Test
  void sourceHasToBeNamed() {
    assertThat(bare(List.of("import", "python", "--key", key.toString()))).isEqualTo(2);
    assertThat(shell.err()).contains("--from");
  }
}
