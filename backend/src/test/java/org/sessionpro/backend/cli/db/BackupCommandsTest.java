package org.sessionpro.backend.cli.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.OlderTables;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.crypto.Crypto;

/// `pro db backup`, `backups` and `restore` on a ledger of the development key.
class BackupCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Instant T = Instant.parse("2026-08-15T12:34:56Z");
  private static final MasterKey ALICE = MasterKey.fromHex("a1".repeat(32));
  private static final MasterKey BOB = MasterKey.fromHex("b0".repeat(32));
  private static final String[] APPLY = {"--reason", "the disk died", "--apply"};

  @TempDir Path folder;
  private Instant now = T;
  private CapturedShell shell = new CapturedShell(Map.of());
  private boolean atTerminal;

  private Path file() {
    return folder.resolve("pro.db");
  }

  private Path copy() {
    return folder.resolve("2026-08-15_123456_pro.db.bak");
  }

  private Ledger ledger() {
    return Ledger.open(
        new DatabaseUrl.Sqlite(file()), RenewalAllowance.DEFAULT, new SecureRandom());
  }

  private static void grant(Ledger ledger, MasterKey owner, Instant at) {
    new VoucherMint(ledger).mint(owner, new Plan("1m"), Duration.ofDays(30), at);
  }

  @BeforeEach
  void fill() {
    try (Ledger ledger = ledger()) {
      ledger.belongTo(ServerKey.development(CRYPTO).publicKey());
      grant(ledger, ALICE, T);
    }
  }

  /// What happens after the copy.
  private void goOn() {
    try (Ledger ledger = ledger()) {
      grant(ledger, BOB, T);
      ledger.revoke(ALICE, "key lost", T.plusSeconds(10));
    }
  }

  private int run(String... arguments) {
    return runOn("sqlite:///" + file(), arguments);
  }

  private int runOn(String url, String... arguments) {
    shell = atTerminal ? CapturedShell.watched() : new CapturedShell(Map.of());
    Shell surroundings = shell.shell();
    List<String> all = new ArrayList<>(List.of("db"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--dev", "--data", folder.toString(), "--db", url));
    DbCommands commands = new DbCommands(surroundings, () -> CRYPTO, () -> now);
    return PromisedMembers.run(shell, List.of(commands), all.toArray(String[]::new));
  }

  private int restore(Path from, String... more) {
    List<String> words = new ArrayList<>(List.of("restore", from.toString(), "--json"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private JsonNode said() {
    try {
      return new ObjectMapper().readTree(shell.out());
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(one -> one.getFileName().toString()).sorted().toList();
    }
  }

  private boolean knows(MasterKey key) {
    try (Ledger ledger = ledger()) {
      return ledger.account(key).isPresent();
    }
  }

  private long ticket() {
    try (Ledger ledger = ledger()) {
      return ledger.revocations(now, Duration.ofDays(31)).ticket().value();
    }
  }

  @Test
  void backupTellsWhereTheCopyIs() throws IOException {
    assertThat(run("backup", "--json")).isZero();

    assertThat(shell.out())
        .isEqualTo(
            "{\"file\":\"%s\",\"size_bytes\":%d,\"taken_ts\":%d}%n"
                .formatted(copy(), Files.size(copy()), T.getEpochSecond()));
  }

  @Test
  void aCopyGoesWhereItIsWanted() {
    assertThat(run("backup", "--to", folder.resolve("far/away.bak").toString())).isZero();

    assertThat(folder.resolve("far/away.bak")).isNotEmptyFile();
  }

  @Test
  void aCopyNeverTakesTheLedgersPlace() {
    assertThat(run("backup", "--to", file().toString())).isEqualTo(1);

    assertThat(shell.err()).contains("already");
    assertThat(knows(ALICE)).isTrue();
  }

  @Test
  void copiesAreListedNewestFirst() {
    run("backup");
    now = T.plus(Duration.ofHours(1));
    run("backup");

    assertThat(run("backups")).isZero();
    assertThat(shell.out().lines().filter(line -> line.contains(".bak")))
        .satisfiesExactly(
            line ->
                assertThat(line).contains("2026-08-15_133456_pro.db.bak", "2027-02-11T13:34:56Z"),
            line ->
                assertThat(line).contains("2026-08-15_123456_pro.db.bak", "1 h ago").endsWith("-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "backups", "restore x"})
  void postgresHasMeansOfItsOwn(String words) {
    assertThat(runOn("postgresql://127.0.0.1:1/pro", words.split(" "))).isEqualTo(1);
    assertThat(shell.err()).contains("pgBackRest");
  }

  @Test
  void aPlanChangesNothing() throws IOException {
    run("backup");
    goOn();
    List<String> before = names();
    long served = ticket();

    assertThat(restore(copy())).isZero();
    assertThat(said().required("applied").booleanValue()).isFalse();
    assertThat(said().required("ticket").longValue()).isEqualTo(served + 1_000_000);
    assertThat(said().required("ledgers").findValuesAsText("accounts")).containsExactly("1", "2");
    assertThat(said().required("ledgers").findValuesAsText("revocations"))
        .containsExactly("0", "1");
    assertThat(knows(BOB)).isTrue();
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void restoreGoesBackToTheCopy() throws IOException {
    run("backup");
    goOn();
    long served = ticket();

    assertThat(restore(copy(), APPLY)).as(shell::err).isZero();
    assertThat(said().required("ticket").longValue()).isEqualTo(served + 1_000_000);
    assertThat(ticket()).isEqualTo(served + 1_000_000);
    assertThat(knows(ALICE)).isTrue();
    assertThat(knows(BOB)).isFalse();
    assertThat(names())
        .containsExactly(
            "2026-08-15_123456_pro.db.bak",
            "2026-08-15_123456_pro.db.replaced",
            "pro.db",
            "pro.db.lock");
  }

  @Test
  void aPersonSeesHowFarACopyAndARestoreAre() {
    atTerminal = true;

    assertThat(run("backup")).isZero();
    assertThat(shell.err())
        .startsWith("\r[..............................]   0 %  the ledger is copied")
        .endsWith("\r");

    assertThat(run("restore", copy().toString(), APPLY[0], APPLY[1], APPLY[2])).isZero();
    assertThat(shell.err())
        .startsWith("\r[..............................]   0 %  the copy is copied")
        .contains("\r[##############################] 100 %  it takes the ledger's place")
        .endsWith("\r");
  }

  @Test
  void nobodyElseSeesABar() {
    run("backup");

    assertThat(restore(copy(), APPLY)).isZero();
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void whatWasReplacedCanComeBack() {
    run("backup");
    goOn();
    restore(copy(), APPLY);
    Path replaced = Path.of(said().required("kept_file").textValue());
    now = T.plusSeconds(1);

    assertThat(restore(replaced, APPLY)).as(shell::err).isZero();
    assertThat(knows(BOB)).isTrue();
  }

  @Test
  void eachRestoreMovesTheTicketOn() {
    run("backup");
    restore(copy(), APPLY);
    long first = ticket();
    now = T.plusSeconds(1);
    restore(copy(), APPLY);

    assertThat(ticket()).isGreaterThan(first);
  }

  @Test
  void theActIsNotedWithWhatWasLost() {
    run("backup");
    goOn();
    restore(copy(), APPLY);

    try (Ledger ledger = ledger()) {
      assertThat(ledger.operator().newest(2))
          .extracting(OperatorAct::effect)
          .last()
          .isEqualTo(
              "ledger restored from 2026-08-15_123456_pro.db.bak; revocations before: 1, now: 0");
      assertThat(ledger.operator().newest(2))
          .extracting(OperatorAct::reason)
          .containsOnly("the disk died");
    }
  }

  @Test
  void nothingIsRestoredWithoutReason() {
    run("backup");

    assertThat(restore(copy(), "--apply")).isEqualTo(2);
  }

  @Test
  void nothingIsRestoredUnderARunningServer() throws IOException {
    run("backup");
    goOn();
    try (Database _ = Databases.open(new DatabaseUrl.Sqlite(file()))) {
      assertThat(restore(copy(), APPLY)).isEqualTo(1);
    }

    assertThat(shell.out()).contains("stop every server first");
    assertThat(knows(BOB)).isTrue();
    assertThat(names()).containsExactly("2026-08-15_123456_pro.db.bak", "pro.db", "pro.db.lock");
  }

  @Test
  void aDamagedLedgerIsReplacedToo() throws IOException {
    run("backup");
    Files.writeString(file(), "nothing of use".repeat(1000));

    assertThat(restore(copy(), APPLY)).as(shell::err).isZero();
    assertThat(knows(ALICE)).isTrue();
    assertThat(Path.of(said().required("kept_file").textValue()))
        .content()
        .startsWith("nothing of use");
  }

  @Test
  void aLostLedgerComesBack() throws IOException {
    run("backup");
    Files.delete(file());

    assertThat(restore(copy(), APPLY)).as(shell::err).isZero();
    assertThat(said().required("kept_file").isNull()).isTrue();
    assertThat(knows(ALICE)).isTrue();
  }

  @Test
  void whatIsNoLedgerIsRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "no ledger".repeat(1000));

    assertThat(restore(other, APPLY)).isEqualTo(1);
    assertThat(restore(folder.resolve("none"), APPLY)).isEqualTo(1);
    assertThat(shell.out()).contains("no ledger can be read from");
  }

  @Test
  void theLedgerItselfIsRefused() {
    assertThat(restore(file(), APPLY)).isEqualTo(1);
    assertThat(shell.out()).contains("the ledger itself");
  }

  @Test
  void theLedgerOfAnotherKeyIsRefused() {
    Path foreign = folder.resolve("foreign.db");
    try (Ledger ledger =
        Ledger.open(
            new DatabaseUrl.Sqlite(foreign), RenewalAllowance.DEFAULT, new SecureRandom())) {
      ledger.belongTo(BackendKey.fromHex("fc947730".repeat(8)));
    }

    assertThat(restore(foreign, APPLY)).isEqualTo(1);
    assertThat(shell.out()).contains("the signing key is not the one of that ledger");
  }

  @Test
  void theLedgerOfANewerProgramIsRefused() {
    run("backup");
    try (Database database = Databases.open(new DatabaseUrl.Sqlite(copy()))) {
      database.write(handle ->
          handle.execute(
              "UPDATE flyway_schema_history SET version = '999' WHERE installed_rank ="
                  + " (SELECT max(installed_rank) FROM flyway_schema_history)"));
    }

    assertThat(restore(copy(), APPLY)).isEqualTo(1);
    assertThat(shell.out()).contains("made by a newer program");
  }

  /// As it was before revocations without owner had a table.
  @ParameterizedTest
  @ValueSource(ints = {1, 11})
  void aCopyOfAnEarlierReleaseIsRestored(int version) {
    Path old = folder.resolve("old.db.bak");
    DatabaseUrl.Sqlite url = new DatabaseUrl.Sqlite(old);
    OlderTables.make(url, version);
    String owner = ServerKey.development(CRYPTO).publicKey().hex();
    OlderTables.change(
        url, "INSERT INTO ledger_identity (name, value) VALUES ('signing_key', '" + owner + "')");

    assertThat(restore(old)).isZero();
    assertThat(said().path("schema_version").intValue()).isEqualTo(version);
    assertThat(restore(old, APPLY)).isZero();

    assertThat(Databases.state(url).installed()).isEqualTo(version);
    assertThat(Databases.state(new DatabaseUrl.Sqlite(file())).isBehind()).isFalse();
    assertThat(knows(ALICE)).isFalse();
  }
}
