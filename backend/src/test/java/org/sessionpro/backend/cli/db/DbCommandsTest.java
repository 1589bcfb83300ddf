package org.sessionpro.backend.cli.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.OlderTables;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;

/// A ledger in which one person owns a cycle of Google's and was revoked once.
@ParameterizedClass
@EnumSource(Engine.class)
class DbCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final MasterKey OWNER = MasterKey.fromHex("a1".repeat(32));
  private static final String SIGNING_KEY = "fc947730".repeat(8);

  @Parameter Engine engine;
  @TempDir Path folder;
  private DatabaseUrl url;
  private CapturedShell shell = new CapturedShell(Map.of());

  @BeforeEach
  void fill() {
    url = engine.empty(folder);
    Rules rules = Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new Random(7)));
    try (Ledger ledger = new Ledger(Databases.open(url), rules)) {
      ledger.belongTo(BackendKey.fromHex(SIGNING_KEY));
      ledger.record(
          List.of(
              Statement.of(
                  PaymentKey.google(new PurchaseToken("the-token"), new OrderId("the-order")),
                  new Witnessed(
                      Product.of(new Plan("1m")),
                      T,
                      new Binding(OWNER.bytes()),
                      true,
                      T.plus(Duration.ofDays(2)),
                      Source.STORE,
                      null),
                  new TermsStated(
                      T.plus(Duration.ofDays(30)), Duration.ofDays(3), true, false, T, true))),
          T);
      ledger.visit(OWNER, T, T).bind();
      ledger.revoke(OWNER, "they asked for it", T);
    }
  }

  private int run(String... arguments) {
    Shell surroundings = shell.shell();
    List<String> all = new ArrayList<>(List.of("db"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--db", Engine.text(url)));
    return PromisedMembers.run(
        shell,
        List.of(new DbCommands(surroundings, () -> CRYPTO, () -> T)),
        all.toArray(String[]::new));
  }

  private void write(String sql) {
    try (Database database = Databases.open(url)) {
      database.write(handle -> handle.execute(sql));
    }
  }

  /// Of Google two items and a parked one, of Apple one.
  private void owe() {
    write(
        """
        INSERT INTO inbox_work (provider, kind, subject_key, first_seen_at, eligible_at, revision, attempts,
          error_run, parked_at, park_reason)
        VALUES ('google', 'message', 'a', 0, 0, 1, 0, 0, NULL, NULL),
          ('google', 'message', 'b', 0, 0, 1, 0, 0, NULL, NULL),
          ('google', 'message', 'c', 0, 0, 1, 0, 0, 0, 'undecodable'),
          ('apple', 'message', 'd', 0, 0, 1, 0, 0, NULL, NULL)
        """);
  }

  @Test
  void infoSaysInOldLayoutWhatThereIs() {
    owe();

    assertThat(run("info")).isZero();
    assertThat(shell.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("  DB:" + " ".repeat(33) + url + " (")
                    .matches(".* \\([1-9][0-9]*\\.[0-9]{2} (kB|MB)\\)"),
            line -> assertThat(line).startsWith("  Schema:" + " ".repeat(29)).contains("version "),
            line -> assertThat(line).isEqualTo("  Users/Revocs/Payments/Unredeemed:   1/1/1/0"),
            line ->
                assertThat(line)
                    .isEqualTo("  Parked/Google/Apple Owed:" + " ".repeat(11) + "1/2/1"),
            line -> assertThat(line).isEqualTo("  Generations:" + " ".repeat(24) + "2"),
            line ->
                assertThat(line).isEqualTo("  Revocation Ticket:" + " ".repeat(18) + "1767225600"),
            line -> assertThat(line).isEqualTo("  Backend Key:" + " ".repeat(24) + SIGNING_KEY));
  }

  @Test
  void infoForProgramsHasTheSameContent() {
    owe();

    assertThat(run("info", "--json")).isZero();
    assertThat(shell.out())
        .matches(
            "\\{\"database\":\"[^\"]+\",\"size_bytes\":[0-9]+,\"schema_version\":([0-9]+),"
                + "\"program_schema_version\":\\1,\"schema\":\"current\",\"accounts\":1,\"revocations\":1,"
                + "\"payments\":1,\"unredeemed\":0,\"parked\":1,\"google_owed\":2,\"apple_owed\":1,"
                + "\"generations\":2,\"ticket\":1767225600,"
                + "\"signing_public_key\":\""
                + SIGNING_KEY
                + "\"}\n");
  }

  /// A server has worked on it, whose seed is known.
  @Test
  void printShowsNoSecretOfTheServer() {
    try (RunningBackend backend = RunningBackend.start(engine, folder)) {
      url = backend.database();
    }
    shell = CapturedShell.watched();

    assertThat(run("print", "--unmasked")).isZero();

    assertThat(shell.out()).contains("Table: ledger_identity").doesNotContain("cd".repeat(32));
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "print", "check", "migrate"})
  void noPasswordIsShown(String command) {
    run(command);

    assertThat(shell.out() + shell.err()).doesNotContain("postgres:postgres");
  }

  @Test
  void infoOfOlderTablesSaysSoAndLeavesThem() {
    makeOlder();

    assertThat(run("info")).isZero();
    assertThat(run("info", "--json")).isZero();
    assertThat(shell.out())
        .contains("the tables are of version 1, older than this program's")
        .contains("  Users/Revocs/Payments/Unredeemed:   0/0/0/0\n")
        .contains("\"schema\":\"older\",\"accounts\":0,");
    assertThat(Databases.state(url).installed()).isEqualTo(1);
  }

  /// Tables of the first release, with nothing in them.
  private void makeOlder() {
    url = engine.withoutTables(folder);
    OlderTables.make(url, 1);
  }

  @Test
  void migrateMakesTablesThatAreNotThere() {
    url = engine.withoutTables(folder);
    assertThat(run("migrate", "--apply", "--json")).isZero();

    assertThat(shell.out())
        .matches("\\{\"from_version\":null,\"to_version\":[0-9]+,\"applied\":true}\n");
    assertThat(run("check")).isZero();
  }

  @Test
  void migratingAgainEndsWhereItBegan() {
    assertThat(run("migrate", "--apply")).isZero();
    assertThat(shell.out()).matches("From version +([0-9]+)\nTo version +\\1\nApplied +yes\n");
  }

  @Test
  void aPersonSeesHowFarAMigrationIs() {
    url = engine.withoutTables(folder);
    shell = CapturedShell.watched();

    assertThat(run("migrate", "--apply")).isZero();

    assertThat(shell.err())
        .contains("\r[..............................]   0 %  the tables become version 1\r")
        .containsPattern("\r\\[#{20,29}\\.{1,10}]  [7-9][0-9] %  the tables become version [0-9]+")
        .endsWith("\r");
  }

  @Test
  void aPlanMakesNoTables() {
    url = engine.withoutTables(folder);

    assertThat(run("migrate", "--json")).isZero();
    assertThat(shell.out())
        .matches("\\{\"from_version\":null,\"to_version\":[0-9]+,\"applied\":false}\n");

    assertThat(run("check")).isOne();
  }

  @Test
  void aPersonSeesHowFarACheckIs() {
    shell = CapturedShell.watched();

    assertThat(run("check")).isZero();

    assertThat(shell.err())
        .contains("\r[..............................]   0 %  what the engine finds")
        .contains("\r[###############...............]  50 %  the rules of every row")
        .endsWith("\r");
  }

  @Test
  void aSoundDatabaseIsSound() {
    assertThat(run("check", "--json")).isZero();
    assertThat(shell.out())
        .matches("\\{\"sound\":true,\"schema_version\":[0-9]+,\"findings\":\\[]}\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void everyFindingOfACheckIsListed() {
    write("UPDATE accounts SET fact_count = 77");
    write("UPDATE payments SET transaction_id = '5'");

    assertThat(run("check")).isOne();
    assertThat(shell.out())
        .startsWith("Sound           no\n")
        .contains("Findings: 2\n")
        .contains("payment_transaction  1")
        .contains("account_facts        1");
    assertThat(shell.err()).isEqualTo("pro: the database is not sound: 2 findings\n");
  }

  @Test
  void findingsForProgramsAreJson() {
    write("UPDATE accounts SET fact_count = 77");

    assertThat(run("check", "--json")).isOne();
    assertThat(shell.out())
        .contains(
            "\"sound\":false",
            "{\"check\":\"account_facts\",\"count\":1,\"detail\":\"accounts have not as many facts as they count\"}");
  }

  @Test
  void everyTableIsPrintedInABox() {
    assertThat(run("print")).isZero();
    assertThat(shell.out().lines().filter(line -> line.startsWith("Table: ")))
        .contains("Table: accounts", "Table: facts", "Table: generations", "Table: payments");
    assertThat(shell.out())
        .contains("│ plan ", "│ 1m   ", "│ 2026-01-01T00:00:00Z ", "│ 3 d ", "│ Yes ", "│ NULL ");
    assertThat(shell.out().lines()).allMatch(line -> line.matches("Table: \\w+|[┌│├└].*[┐│┤┘]"));
  }

  @Test
  void whatLinksToAPersonIsMasked() {
    run("print");

    assertThat(shell.out())
        .containsPattern("│ master:[0-9a-f]{10} ")
        .containsPattern("│ tag:[0-9a-f]{10} ")
        .containsPattern("│ subscription_key:[0-9a-f]{10} ")
        .doesNotContain(OWNER.hex(), "a1a1a1", "the-token", "the-order", "they asked", SIGNING_KEY);
  }

  @Test
  void theSameIdentifierLooksTheSameInItsFactAndInItsRow() {
    run("print");

    String mask = shell.out().replaceAll("(?s).*?tag: (tag:[0-9a-f]{10}).*", "$1");
    assertThat(shell.out()).contains("│ " + mask + " ");
  }

  @Test
  void intoATerminalEverythingMayBePrinted() {
    shell = CapturedShell.watched();

    assertThat(run("print", "--unmasked")).isZero();
    assertThat(shell.out()).contains(OWNER.hex(), "the-token", "the-order", "they asked");
  }

  @Test
  void anywhereElseNothingIsPrintedUnmasked() {
    assertThat(run("print", "--unmasked")).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).contains("--unmasked needs a terminal");
  }

  @Test
  void tablesOfAnotherVersionArePrintedWithAWord() {
    makeOlder();

    assertThat(run("print")).isZero();
    assertThat(shell.err()).startsWith("pro: the tables are of version 1, older");
    assertThat(shell.out()).contains("Table: accounts");
  }

  @Test
  void bothEnginesPrintTheSame() {
    shell = CapturedShell.watched();
    Engine printed = engine;
    run("print", "--unmasked");
    engine = printed == Engine.SQLITE ? Engine.POSTGRESQL : Engine.SQLITE;
    String first = shell.out();
    shell = CapturedShell.watched();
    fill();

    run("print", "--unmasked");

    assertThat(shell.out()).isEqualTo(first);
  }
}
