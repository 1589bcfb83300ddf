package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.OperatorAct;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;

@ParameterizedClass
@EnumSource(Engine.class)
class VoucherCommandsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);
  private static final MasterKey OWNER = MasterKey.fromHex("a1".repeat(32));
  private static final Duration DAY = Duration.ofDays(1);

  @Parameter Engine engine;
  @TempDir Path folder;
  private DatabaseUrl url;
  private final CapturedShell shell = new CapturedShell(Map.of());

  @BeforeEach
  void choose() {
    url = engine.empty(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "1M, 1m, 30",
    "3m, 3m, 90",
    "12M, 1y, 365",
    "1y, 1y, 365",
    "OneMonth, 1m, 30",
  })
  void aPlanHasItsOwnLength(String label, String code, long days) {
    assertThat(mint("--plan", label)).isZero();

    RegisteredPayment voucher = granted().getFirst();
    assertThat(voucher.payment().witnessed().product().plan()).hasToString(code);
    assertThat(expiry()).isEqualTo(NOW.plus(DAY.multipliedBy(days)));
  }

  @Test
  void aLengthMayBeGivenInstead() {
    assertThat(mint("--plan", "1M", "--duration", "60")).isZero();

    assertThat(expiry()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void anyOtherPlanIsGrantedWithALength() {
    assertThat(mint("--plan", "7d", "--duration", "604800")).isZero();

    assertThat(granted().getFirst().payment().witnessed().product().plan()).hasToString("7d");
    assertThat(expiry()).isEqualTo(NOW.plus(DAY.multipliedBy(7)));
  }

  @Test
  void theLongestVoucherLastsAHundredYears() {
    assertThat(mint("--plan", "1M", "--duration", "3155760000")).isZero();

    assertThat(expiry()).isEqualTo(NOW.plusSeconds(3_155_760_000L));
  }

  @Test
  void eachCallGrantsOneMore() {
    mint("--plan", "1M");
    mint("--plan", "1M");

    assertThat(granted()).hasSize(2);
    assertThat(expiry()).isEqualTo(NOW.plus(DAY.multipliedBy(60)));
  }

  @Test
  void aVoucherBelongsToItsOwnerAtOnce() {
    mint("--plan", "1M");

    RegisteredPayment voucher = granted().getFirst();
    assertThat(voucher.payment().key().provider()).isEqualTo(PaymentProvider.STF);
    assertThat(voucher.payment().owner())
        .extracting(owner -> owner.how())
        .isEqualTo(ClaimedBy.MINT);
  }

  @Test
  void peopleReadWhatWasGranted() {
    mint("--plan", "1M");

    assertThat(shell.out())
        .matches(
            """
            Payment id             [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}
            Plan                   1m
            Length                 30 d
            Account expiry before  -
            Account expiry         2026-01-31T00:00:00Z
            Applied                yes
            """);
  }

  @Test
  void programsReadWhatWasGranted() {
    mint("--plan", "1M", "--json");

    String id = granted().getFirst().payment().key().subscription();
    assertThat(shell.out())
        .isEqualTo(
            "{\"payment_id\":\"%s\",\"plan\":\"1m\",\"length_duration\":2592000,\"account_expiry_before_ts\":null,\"account_expiry_ts\":1769817600,\"applied\":true}\n"
                .formatted(id));
  }

  @Test
  void aKeyMayHaveAPrefix() {
    assertThat(run("--master-key", "0x" + OWNER.hex().toUpperCase(Locale.ROOT), "--plan", "1M"))
        .isZero();

    assertThat(granted()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gold", "2", "0m", "-1m", "1h", "1 m", "1M,3M"})
  void anUnknownPlanIsNotUnderstood(String label) {
    assertNotUnderstood(
        mint("--plan", label, "--duration", "60"),
        "--plan must be 1M, 3M, 12M or a code such as 7d");
  }

  @Test
  void aLifetimeHasNoLengthToGrant() {
    assertNotUnderstood(
        mint("--plan", "lifetime", "--duration", "60"),
        "--plan cannot be lifetime: a voucher has a length");
  }

  @Test
  void anyOtherPlanWithoutALengthIsNotUnderstood() {
    assertNotUnderstood(mint("--plan", "7d"), "--plan needs --duration unless it is 1M, 3M or 12M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3155760001", "9223372036854775807"})
  void aLengthOutOfItsRangeIsNotUnderstood(String seconds) {
    assertNotUnderstood(
        mint("--plan", "1M", "--duration", seconds), "--duration must be 1 to 3155760000 seconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "1.5", "", "9223372036854775808"})
  void aLengthThatIsNoNumberIsNotUnderstood(String seconds) {
    assertThat(mint("--plan", "1M", "--duration", seconds)).isEqualTo(2);
    assertThat(shell.err()).hasLineCount(1).contains("'--duration'");
    assertThat(granted()).isEmpty();
  }

  @Test
  void anUnusableDatabaseUrlIsNotUnderstood() {
    assertThat(runBare("--master-key", OWNER.hex(), "--plan", "1M", "--db", "mysql://h/d"))
        .isEqualTo(2);
    assertThat(shell.err())
        .startsWith("pro: --db (command line) must begin with sqlite:/// or postgresql://\n");
  }

  @Test
  void anUnusableDatabaseUrlOfTheEnvironmentIsAFailure() {
    CapturedShell other = new CapturedShell(Map.of("SESH_PRO_BACKEND_DB_URL", "mysql://h/d"));

    assertThat(run(other, "--master-key", OWNER.hex(), "--plan", "1M")).isOne();
    assertThat(other.err())
        .endsWith("pro: the configuration is not usable\n")
        .startsWith("pro: SESH_PRO_BACKEND_DB_URL (environment) must begin");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutAUrlTheLedgerIsInTheDataFolder(boolean dev) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--master-key",
                OWNER.hex(),
                "--plan",
                "1M",
                "--data",
                folder.resolve("d").toString()));
    if (dev) {
      arguments.add("--dev");
    }

    assertThat(runBare(arguments.toArray(String[]::new))).isZero();

    url = new DatabaseUrl.Sqlite(folder.resolve("d").resolve("pro.db"));
    assertThat(granted()).hasSize(1);
  }

  @Test
  void theAllowanceOfTheEnvironmentIsNotOfTheVoucher() {
    CapturedShell other =
        new CapturedShell(
            Map.of(
                "SESH_PRO_BACKEND_RENEWAL_LATENCY_ALLOWANCE",
                "604800",
                "SESH_PRO_BACKEND_DB_URL",
                Engine.text(url)));

    assertThat(run(other, "--master-key", OWNER.hex(), "--plan", "1M")).isZero();

    assertThat(expiry()).isEqualTo(NOW.plus(DAY.multipliedBy(30)));
  }

  private void assertNotUnderstood(int status, String rule) {
    assertThat(status).isEqualTo(2);
    assertThat(shell.err()).isEqualTo("pro: " + rule + " (see pro voucher mint --help)\n");
    assertThat(shell.out()).isEmpty();
    assertThat(granted()).isEmpty();
  }

  private int mint(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--master-key", OWNER.hex()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--db", Engine.text(url)));
    return runBare(all.toArray(String[]::new));
  }

  private int runBare(String... arguments) {
    return run(shell, arguments);
  }

  private static int run(CapturedShell shell, String... arguments) {
    List<String> all = new ArrayList<>(List.of("voucher", "mint", "--apply", "--reason", "a gift"));
    all.addAll(List.of(arguments));
    return program(shell, all.toArray(String[]::new));
  }

  private static int program(CapturedShell shell, String... words) {
    Shell surroundings = shell.shell();
    return PromisedMembers.run(shell, List.of(new VoucherCommands(surroundings, () -> NOW)), words);
  }

  /// Runs it without being told to apply it.
  private int plan(String... more) {
    List<String> all =
        new ArrayList<>(List.of("voucher", "mint", "--master-key", OWNER.hex(), "--plan", "1M"));
    all.addAll(List.of("--db", Engine.text(url)));
    all.addAll(List.of(more));
    return program(shell, all.toArray(String[]::new));
  }

  @Test
  void aPlanGrantsNothing() {
    mint("--plan", "1M");
    CapturedShell before = shell;

    assertThat(plan("--json")).as(before::err).isZero();

    assertThat(shell.out())
        .endsWith(
            "{\"payment_id\":null,\"plan\":\"1m\",\"length_duration\":2592000,"
                + "\"account_expiry_before_ts\":1769817600,\"account_expiry_ts\":1772409600,"
                + "\"applied\":false}\n");
    assertThat(granted()).hasSize(1);
  }

  @Test
  void inDevelopmentModeItIsGrantedAtOnce() {
    assertThat(plan("--dev")).as(shell::err).isZero();

    assertThat(granted()).hasSize(1);
  }

  @Test
  void whatIsAppliedNeedsAReason() {
    assertThat(plan("--apply")).isEqualTo(2);
    assertThat(shell.err()).contains("--reason must say why");
    assertThat(granted()).isEmpty();
  }

  @Test
  void theReasonIsNoted() {
    mint("--plan", "1M");

    try (Ledger ledger = ledger()) {
      assertThat(ledger.operator().newest(10))
          .singleElement()
          .extracting(OperatorAct::reason)
          .isEqualTo("a gift");
    }
  }

  @Test
  void paymentsOfStoresAreMintedInADryRunOnly() {
    assertThat(mint("--plan", "1M", "--provider", "google_play")).isOne();
    assertThat(shell.err()).contains("SESH_PRO_BACKEND_PROVIDER_DRY_RUN is not 1");

    CapturedShell dry = new CapturedShell(Map.of("SESH_PRO_BACKEND_PROVIDER_DRY_RUN", "1"));
    String[] words = {"--master-key", OWNER.hex(), "--plan", "1M", "--db", Engine.text(url)};
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--provider", "app_store"));
    assertThat(run(dry, all.toArray(String[]::new))).as(dry::err).isZero();
    assertThat(granted().getFirst().payment().key().provider())
        .isEqualTo(PaymentProvider.APP_STORE);
  }

  private List<RegisteredPayment> granted() {
    try (Ledger ledger = ledger()) {
      return ledger.details(OWNER, 10, NOW).map(Ledger.Details::newest).orElse(List.of());
    }
  }

  private Instant expiry() {
    try (Ledger ledger = ledger()) {
      return ledger.account(OWNER).orElseThrow().entitlement().expiry();
    }
  }

  private Ledger ledger() {
    return Ledger.open(url, RenewalAllowance.DEFAULT, new SecureRandom());
  }
}
