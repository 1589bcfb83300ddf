package org.sessionpro.backend.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
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
import org.sessionpro.backend.ledger.LedgerView;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.report.Column;
import org.sessionpro.backend.report.ReportMessages;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// A ledger in which one person bought a month on 2026-01-10, and another on 2026-02-20 that nobody
/// has claimed; asked on 2026-03-02, a Monday.
@ParameterizedClass
@EnumSource(Engine.class)
class ReportCommandsTest {
  private static final MasterKey OWNER = MasterKey.fromHex("a1".repeat(32));
  private static final MasterKey OTHER = MasterKey.fromHex("b0".repeat(32));
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  @Parameter Engine engine;
  @TempDir Path folder;
  private DatabaseUrl url;
  private CapturedShell shell = new CapturedShell(Map.of());

  @BeforeEach
  void fill() {
    url = engine.empty(folder);
    Rules rules = Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new Random(7)));
    try (Ledger ledger = new Ledger(Databases.open(url), rules)) {
      Instant bought = Instant.parse("2026-01-10T08:00:00Z");
      ledger.record(List.of(month("one", bought, OWNER)), bought);
      ledger.visit(OWNER, bought, bought).bind();
      Instant later = Instant.parse("2026-02-20T08:00:00Z");
      ledger.record(List.of(month("two", later, OTHER)), later);
    }
  }

  private static Statement month(String token, Instant from, MasterKey owner) {
    return Statement.of(
        PaymentKey.google(new PurchaseToken(token), new OrderId("order")),
        new Witnessed(
            Product.of(new Plan("1m")),
            from,
            new Binding(owner.bytes()),
            true,
            from,
            Source.STORE,
            null),
        new TermsStated(from.plus(Duration.ofDays(30)), null, false, false, from, true));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(
        List.of("--dev", "--db", Engine.text(url), "--data", folder.resolve("data").toString()));
    Shell surroundings = shell.shell();
    return PromisedMembers.run(
        shell, List.of(new ReportCommands(surroundings, () -> NOW)), all.toArray(String[]::new));
  }

  @Test
  void aTableFitsTheTerminalUnlessItIsWantedInFullWidth() {
    shell = CapturedShell.watched(Map.of("COLUMNS", "80"));
    assertThat(run("report", "weekly", "--count", "2")).isZero();
    assertThat(shell.out().lines()).allMatch(line -> line.length() <= 80);

    assertThat(run("report", "weekly", "--count", "2", "--wide")).isZero();
    assertThat(shell.out().lines()).anyMatch(line -> line.length() > 80);
  }

  @Test
  void monthsOfTheFirstServerAreExactlyTheseLines() {
    assertThat(run("report", "monthly", "--format", "csv", "--protocol", "v0")).isZero();

    assertThat(shell.out())
        .isEqualTo(
            """
            Period,Active Users,Unredeemed,New Subs,Google,Apple,Rangeproof,Plan 1m,Plan 3m,Plan 12m,\
            Refunds Initiated,Revoked,Cancelling\r
            2026-03,0,0,0,0,0,0,0,0,0,0,0,1\r
            2026-02,0,1,1,1,0,0,1,0,0,0,0,1\r
            2026-01,1,0,1,1,0,0,1,0,0,0,0,0\
            """);
  }

  @Test
  void aPeriodInWhichNothingWasBoughtIsThere() {
    assertThat(run("report", "weekly", "--count", "3", "--format", "csv", "--protocol", "v1"))
        .isZero();

    assertThat(shell.out().lines().skip(1))
        .containsExactly(
            "2026-03-02 (W10),0,0,0,0,0,0,0,0,0,0,0",
            "2026-02-23 (W09),0,0,0,0,0,0,0,0,0,0,0",
            "2026-02-16 (W08),0,1,1,1,0,0,1,0,0,0,0");
  }

  @Test
  void periodsBeforeTheFirstPurchaseAreLeftOut() {
    run("report", "monthly", "--count", "50", "--format", "csv");

    assertThat(shell.out().lines()).hasSize(4);
  }

  @Test
  void periodsToComeTellWhatEndsInThem() {
    run("report", "daily", "--count", "1", "--ahead", "20", "--format", "csv", "--protocol", "v1");

    assertThat(shell.out().lines()).contains("2026-03-22,0,0,0,0,0,0,0,0,0,0,1");
  }

  @Test
  void programsGetTheSameNumbersByName() {
    assertThat(run("report", "monthly", "--count", "2", "--json")).isZero();
    String json = shell.out();

    assertThat(json)
        .startsWith(
            """
            {"report":"monthly","counted_ts":1772452800,"periods":[{"period":"2026-03",\
            "start_ts":1772323200,"end_ts":1775001600,"state":"running","active_users":0,\
            "unredeemed":0,"new_subs":0,"google":0,"apple":0,"foundation":0,"plan_1m":0,\
            "plan_3m":0,"plan_12m":0,"refunds_initiated":0,"revoked":0,"cancelling":1,\
            "new_subscribers":0,"renewals":0,"plan_other":0,"churned":0,"refunded":0,\
            "entered_grace":0,"billing_retry":0,"active_google":0,"active_apple":0,\
            "active_foundation":0,"active_1m":0,"active_3m":0,"active_12m":0,"active_other":0}\
            """);
    shell = new CapturedShell(Map.of());
    run("report", "monthly", "--count", "2", "--format", "json");
    assertThat(shell.out()).isEqualTo(json);
  }

  @Test
  void aPersonSeesTablesWithTheRunningPeriodMarked() {
    assertThat(run("report", "monthly")).isZero();

    assertThat(shell.out())
        .startsWith("MONTHLY REPORT\n---")
        .contains(" *\n", "* not over: until 2026-03-02T12:00:00Z\n");
  }

  @Test
  void thePageIsWrittenBesideTheTable() throws IOException {
    Path page = folder.resolve("report.html");

    assertThat(run("report", "monthly", "--html", page.toString())).isZero();
    assertThat(shell.out()).startsWith("MONTHLY REPORT");
    assertThat(Files.readString(page)).contains("<h1>Session Pro: Monthly report</h1>");
  }

  @Test
  void aPageThatCannotBeWrittenIsOneLine() {
    assertThat(run("report", "daily", "--html", folder.resolve("no/such/page").toString())).isOne();
    assertThat(shell.err()).startsWith("pro: the page cannot be written to ").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--count=0", "--count=1001", "--ahead=-1", "--format=xml", "--protocol=v2"})
  void whatNoReportCanBeAskedForIsAMisuse(String option) {
    assertThat(run("report", "daily", option)).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void theHelpExplainsEveryColumn() {
    assertThat(run("report", "daily", "--help")).isZero();

    assertThat(Column.ALL)
        .allSatisfy(column ->
            assertThat(shell.out().replaceAll("\\s+", " "))
                .contains(column.title() + " " + column.figure().meaning()));
  }

  @Test
  void anEmptyLedgerHasARowOfZeros() {
    url = engine.empty(folder);
    Databases.open(url).close();

    assertThat(run("report", "daily", "--format", "csv", "--protocol", "v1")).isZero();
    assertThat(shell.out().lines().skip(1)).containsExactly("2026-03-02,0,0,0,0,0,0,0,0,0,0,0");
  }

  @Test
  void tablesOfAnotherVersionAreNotCounted() {
    url = engine.withoutTables(folder);
    OlderTables.make(url, 1);

    assertThat(run("report", "daily")).isOne();
    assertThat(shell.err()).startsWith("pro: the tables are of version 1, older");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--format=json", "--format=JSON"})
  void programsAreToldOfAFailureHoweverTheyAsk(String json) {
    url = engine.withoutTables(folder);
    OlderTables.make(url, 1);

    assertThat(run("report", "daily", json)).isOne();
    assertThat(shell.out())
        .startsWith("{\"error\":\"failed\",\"message\":\"the tables are of version 1, older");
  }

  @Test
  void aLedgerThatIsNotThereIsNotMade() {
    Path absent = folder.resolve("absent.db");
    url = new DatabaseUrl.Sqlite(absent);

    assertThat(run("report", "daily")).isOne();
    assertThat(absent).doesNotExist();
  }

  @Test
  void messagesOfAMondayAreTheDaysAndTheWeeksThatAreOver() {
    List<String> messages;
    try (LedgerView ledger = LedgerView.open(url)) {
      messages = ReportMessages.of(ledger, RenewalAllowance.DEFAULT, NOW);
    }

    assertThat(messages)
        .satisfiesExactly(
            days -> assertThat(days).startsWith("DAILY REPORT\n").contains("\n2026-03-01 "),
            weeks ->
                assertThat(weeks)
                    .startsWith("WEEKLY REPORT\n")
                    .contains("\n2026-02-23 (W09) ", "\n2026-02-16 (W08) ")
                    .doesNotContain("W10"));
  }
}
