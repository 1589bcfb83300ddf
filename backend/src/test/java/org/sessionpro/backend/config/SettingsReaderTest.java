package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.ConfigurationError.Problem;

class SettingsReaderTest {
  private static final String LOST =
      "must name a file, as in sqlite:///pro.db: a database in memory would lose every payment";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SESH_PRO_BACKEND_MAX_PROOF_PER_WINDOW",
        "SESH_PRO_BACKEND_APPLE_BUNDLE",
        "SESH_PRO_BACKEND_LOG_PATHS"
      })
  void aVariableThatOnlyLooksLikeASettingIsRefused(String variable) {
    assertThat(problems(Map.of(), Map.of(variable, "5")))
        .containsExactly(
            new Problem(
                "environment",
                variable,
                "must not be set: this server has no such setting; what the first servers did once"
                    + " at a start is a command now, as docs/commands.md says"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SESH_PRO_BACKEND_PLATFORM_TESTING_ENV",
        "SESH_PRO_BACKEND_IMPORT_SOURCE",
        "SESSION_PRO",
        "PATH"
      })
  void aVariableThatMeansSomethingElseIsLeftAlone(String variable) {
    assertThat(environment(Map.of(variable, "x"))).isEqualTo(environment(Map.of()));
  }

  @Test
  void withoutAnySettingTheDefaultsHold() {
    assertThat(read(Map.of(), Map.of()))
        .isEqualTo(
            new Settings(
                false,
                new HttpSettings(InetAddress.ofLiteral("127.0.0.1"), 5000),
                new StorageSettings(
                    Path.of("data"),
                    new DatabaseUrl.Sqlite(Path.of("data/pro.db")),
                    false,
                    new BackupSettings(Path.of("data"), Duration.ofDays(1))),
                new KeySettings(
                    new SigningKeySource.DefaultFile(Path.of("data/signing.key")), List.of()),
                new EntitlementSettings(Duration.ofHours(1), 0, 1000),
                new JobSettings(Duration.ofDays(1), Duration.ofMinutes(1)),
                new LogSettings(LogLevel.INFO)));
  }

  @Test
  void theInboxIsSetInSecondsAndNumbers() {
    Settings settings =
        read(
            Map.of(),
            Map.of(
                "SESH_PRO_BACKEND_INBOX_WORKERS_PER_PROVIDER", "2",
                "SESH_PRO_BACKEND_INBOX_MAX_ATTEMPTS", "9",
                "SESH_PRO_BACKEND_INBOX_SWEEP_INTERVAL", "60",
                "SESH_PRO_BACKEND_INBOX_RETENTION_GOOGLE", "864000",
                "SESH_PRO_BACKEND_INBOX_RETENTION_APPLE", "2678400"));

    assertThat(settings.jobs().inbox())
        .isEqualTo(
            new InboxSettings(
                2, 9, Duration.ofMinutes(1), Duration.ofDays(10), Duration.ofDays(31)));
  }

  @Test
  void theCommandLineOverridesTheEnvironment() {
    Settings settings =
        read(
            Map.of(Setting.PORT, "1"),
            Map.of("SESH_PRO_BACKEND_PORT", "2", "SESH_PRO_BACKEND_BIND", "::1"));

    assertThat(settings.http()).isEqualTo(new HttpSettings(InetAddress.ofLiteral("::1"), 1));
  }

  @Test
  void databaseAndKeyFollowTheDataDirectory() {
    Settings settings = read(Map.of(Setting.DATA_DIR, "/srv/pro"), Map.of());

    assertThat(settings.storage().database())
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("/srv/pro/pro.db")));
    assertThat(settings.keys().signing())
        .isEqualTo(new SigningKeySource.DefaultFile(Path.of("/srv/pro/signing.key")));
  }

  @Test
  void theVariablesOfEarlierServersAreRead() {
    Settings settings =
        environment(
            Map.of(
                "SESH_PRO_BACKEND_DB_URL", "postgresql://db/pro",
                "SESH_PRO_BACKEND_KEY_PATH", "/etc/pro/key"));

    assertThat(settings.storage().database())
        .isEqualTo(new DatabaseUrl.Postgres("db", 5432, "pro", null, null, Map.of()));
    assertThat(settings.keys().signing())
        .isEqualTo(new SigningKeySource.ConfiguredFile(Path.of("/etc/pro/key")));
  }

  @Test
  void thePathOfTheFirstServersIsAFile() {
    assertThat(database(Map.of("SESH_PRO_BACKEND_DB_PATH", "/srv/old/backend.db")))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("/srv/old/backend.db")));
  }

  @Test
  void zeroMeansThatThePathIsNoUri() {
    assertThat(
            database(
                Map.of(
                    "SESH_PRO_BACKEND_DB_PATH", "file:x", "SESH_PRO_BACKEND_DB_PATH_IS_URI", "0")))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("file:x")));
  }

  @ParameterizedTest
  @CsvSource({
    "file:data/pro.db, data/pro.db",
    "file:/var/lib/pro.db, /var/lib/pro.db",
    "file:///var/lib/pro.db, /var/lib/pro.db",
    "file://localhost/var/lib/pro.db, /var/lib/pro.db",
    "file:a%20b.db, a b.db",
    "file:pro.db?mode=rwc, pro.db",
    "file:pro.db?cache=shared&mode=rwc, pro.db",
  })
  void thePathOfTheFirstServersMayBeAUri(String uri, String file) {
    assertThat(databaseOfUri(uri)).isEqualTo(new DatabaseUrl.Sqlite(Path.of(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pro.db",
        "file:",
        "file://host/pro.db",
        "file:pro.db?mode=ro",
        "file:pro.db?immutable=1",
        "file:pro.db?mode=rwc&",
        "file:pro.db#x"
      })
  void anyOtherUriIsRefused(String uri) {
    assertThat(
            problems(
                Map.of(),
                Map.of("SESH_PRO_BACKEND_DB_PATH", uri, "SESH_PRO_BACKEND_DB_PATH_IS_URI", "1")))
        .extracting(Problem::text)
        .singleElement()
        .asString()
        .startsWith("SESH_PRO_BACKEND_DB_PATH (environment) must be an SQLite URI");
  }

  @Test
  void aUrlOverridesThePathBesideIt() {
    assertThat(
            database(
                Map.of(
                    "SESH_PRO_BACKEND_DB_PATH", "old.db",
                    "SESH_PRO_BACKEND_DB_URL", "sqlite:///new.db")))
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("new.db")));
  }

  @Test
  void theCommandLineOverridesThePathOfTheFirstServers() {
    assertThat(
            read(
                    Map.of(Setting.DB_URL, "sqlite:///new.db"),
                    Map.of("SESH_PRO_BACKEND_DB_PATH", "old.db"))
                .storage()
                .database())
        .isEqualTo(new DatabaseUrl.Sqlite(Path.of("new.db")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlite://",
        "sqlite:///",
        ":memory:",
        "sqlite:///:memory:",
        "file::memory:?cache=shared",
        "sqlite:///file::memory:?cache=shared&uri=true",
        "sqlite:///file:ledger?mode=memory&cache=shared&uri=true",
        "file:ledger?cache=shared&mode=memory"
      })
  void aDatabaseInMemoryIsForDevelopmentOnly(String url) {
    assertThat(read(Map.of(Setting.DEV, "1", Setting.DB_URL, url), Map.of()).storage().database())
        .isEqualTo(new DatabaseUrl.InMemory());
    assertThat(problems(Map.of(Setting.DB_URL, url), Map.of()))
        .containsExactly(new Problem("command line", "--db", LOST));
  }

  @Test
  void aPathInMemoryIsForDevelopmentOnlyToo() {
    Map<String, String> environment = Map.of("SESH_PRO_BACKEND_DB_PATH", ":memory:");

    assertThat(read(Map.of(Setting.DEV, "1"), environment).storage().database())
        .isEqualTo(new DatabaseUrl.InMemory());
    assertThat(problems(Map.of(), environment))
        .containsExactly(new Problem("environment", "SESH_PRO_BACKEND_DB_PATH", LOST));
  }

  @Test
  void aUriInMemoryIsForDevelopmentOnlyToo() {
    Map<String, String> environment =
        Map.of(
            "SESH_PRO_BACKEND_DB_PATH", "file::memory:?cache=shared",
            "SESH_PRO_BACKEND_DB_PATH_IS_URI", "1");

    assertThat(read(Map.of(Setting.DEV, "1"), environment).storage().database())
        .isEqualTo(new DatabaseUrl.InMemory());
    assertThat(problems(Map.of(), environment))
        .containsExactly(new Problem("environment", "SESH_PRO_BACKEND_DB_PATH", LOST));
  }

  @Test
  void tablesArePrintedInsteadOfServingIfAskedFor() {
    assertThat(environment(Map.of("SESH_PRO_BACKEND_PRINT_TABLES", "1")).storage().printTables())
        .isTrue();
    assertThat(environment(Map.of("SESH_PRO_BACKEND_PRINT_TABLES", "0")).storage().printTables())
        .isFalse();
  }

  @Test
  void aKeyNamedOnPurposeIsNeverTheDefaultOne() {
    assertThat(read(Map.of(Setting.KEY_PATH, "data/signing.key"), Map.of()).keys().signing())
        .isEqualTo(new SigningKeySource.ConfiguredFile(Path.of("data/signing.key")));
  }

  @Test
  void developmentModeHasItsOwnKey() {
    Settings settings = environment(Map.of("SESH_PRO_BACKEND_DEV", "1"));

    assertThat(settings.dev()).isTrue();
    assertThat(settings.keys().signing()).isEqualTo(new SigningKeySource.Development());
  }

  @Test
  void developmentModeRefusesAKeyFile() {
    assertThat(problems(Map.of(Setting.DEV, "1", Setting.KEY_PATH, "k"), Map.of()))
        .containsExactly(
            new Problem(
                "command line",
                "--key",
                "must not be set in development mode, which has a key of its own"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
  void developmentModeMayBindToAnyLoopbackAddress(String address) {
    assertThat(read(Map.of(Setting.DEV, "1", Setting.BIND, address), Map.of()).dev()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void developmentModeRefusesToBindElsewhere(String address) {
    assertThat(problems(Map.of(Setting.DEV, "1", Setting.BIND, address), Map.of()))
        .containsExactly(
            new Problem(
                "command line",
                "--bind",
                "must be a loopback address in development mode: its key is public"));
  }

  @Test
  void outsideDevelopmentModeAnyAddressMayBeBound() {
    assertThat(read(Map.of(Setting.BIND, "0.0.0.0"), Map.of()).http().bind())
        .isEqualTo(InetAddress.ofLiteral("0.0.0.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "yes", "on", "2", " 1", "01"})
  void aBooleanOfTheEnvironmentIsZeroOrOne(String text) {
    Map<String, String> environment =
        Map.of(
            "SESH_PRO_BACKEND_DEV", text,
            "SESH_PRO_BACKEND_DB_PATH_IS_URI", text,
            "SESH_PRO_BACKEND_PRINT_TABLES", text);

    assertThat(problems(Map.of(), environment))
        .containsExactly(
            new Problem("environment", "SESH_PRO_BACKEND_DEV", "must be 0 or 1"),
            new Problem("environment", "SESH_PRO_BACKEND_DB_PATH_IS_URI", "must be 0 or 1"),
            new Problem("environment", "SESH_PRO_BACKEND_PRINT_TABLES", "must be 0 or 1"));
  }

  @Test
  void zeroLeavesDevelopmentModeOff() {
    assertThat(environment(Map.of("SESH_PRO_BACKEND_DEV", "0")).dev()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Setting.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "DEV",
        "DB_PATH_IS_URI",
        "PRINT_TABLES",
        "DEV_ENDPOINTS",
        "UNSAFE_LOGGING",
        "GOOGLE",
        "PROVIDER_DRY_RUN",
        "GOOGLE_PLATFORM",
        "GOOGLE_ACCEPT_TEST_PURCHASES",
        "APPLE",
        "APPLE_PLATFORM",
        "APPLE_SANDBOX_ENV",
        "APPLE_ONLINE_CHECKS",
        "APPLE_ALLOW_CUSTOM_ROOTS"
      })
  void anEmptyVariableIsNoSetting(Setting option) {
    assertThat(environment(Map.of(option.variable(), ""))).isEqualTo(environment(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "604800, 604800"})
  void theAllowanceReachesFromZeroToSevenDays(String text, long seconds) {
    assertThat(
            environment(Map.of("SESH_PRO_BACKEND_RENEWAL_LATENCY_ALLOWANCE", text))
                .entitlement()
                .renewalLatencyAllowance())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"604801", "-1", "1h", "9999999999", "99999999999"})
  void anyOtherAllowanceIsRefused(String text) {
    assertThat(problems(Map.of(), Map.of("SESH_PRO_BACKEND_RENEWAL_LATENCY_ALLOWANCE", text)))
        .containsExactly(
            new Problem(
                "environment",
                "SESH_PRO_BACKEND_RENEWAL_LATENCY_ALLOWANCE",
                "must be a whole number from 0 to 604800"));
  }

  @Test
  void theCountsOfTheEntitlementSectionAreRead() {
    assertThat(
            environment(
                    Map.of(
                        "SESH_PRO_BACKEND_MAX_PROOFS_PER_WINDOW", "50",
                        "SESH_PRO_BACKEND_V0_REPEAT_REVOCATIONS_MAX", "0"))
                .entitlement())
        .isEqualTo(new EntitlementSettings(Duration.ofHours(1), 50, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "86400, 86400", "2147483647, 2147483647"})
  void theWindowOfCreditsIsReadInSeconds(String text, long seconds) {
    assertThat(
            environment(Map.of("SESH_PRO_BACKEND_VOUCHER_PROCESSING_WINDOW", text))
                .jobs()
                .voucherProcessingWindow())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1d", "0.5", "2147483648"})
  void aWindowThatIsNoCountOfSecondsIsRefused(String text) {
    assertThat(problems(Map.of(), Map.of("SESH_PRO_BACKEND_VOUCHER_PROCESSING_WINDOW", text)))
        .containsExactly(
            new Problem(
                "environment",
                "SESH_PRO_BACKEND_VOUCHER_PROCESSING_WINDOW",
                "must be a whole number from 0 to 2147483647"));
  }

  @Test
  void developmentModeMayShortenTheLeaseOfJobs() {
    assertThat(
            environment(Map.of("SESH_PRO_BACKEND_DEV", "1", "SESH_PRO_BACKEND_DEV_JOB_LEASE", "5"))
                .jobs()
                .lease())
        .isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3601", "1m"})
  void aLeaseOfJobsThatCannotBeKeptIsRefused(String text) {
    assertThat(
            problems(
                Map.of(),
                Map.of("SESH_PRO_BACKEND_DEV", "1", "SESH_PRO_BACKEND_DEV_JOB_LEASE", text)))
        .containsExactly(
            new Problem(
                "environment",
                "SESH_PRO_BACKEND_DEV_JOB_LEASE",
                "must be a whole number from 3 to 3600"));
  }

  @Test
  void outsideDevelopmentModeTheLeaseOfJobsIsFixed() {
    assertThat(problems(Map.of(), Map.of("SESH_PRO_BACKEND_DEV_JOB_LEASE", "5")))
        .containsExactly(
            new Problem(
                "environment",
                "SESH_PRO_BACKEND_DEV_JOB_LEASE",
                "must not be set outside development mode"));
  }

  @Test
  void theClockIsMovedInDevelopmentOnly() {
    assertThat(problems(Map.of(Setting.DEV_CLOCK, "/tmp/clock"), Map.of()))
        .containsExactly(
            new Problem("command line", "--dev-clock", "must not be set outside development mode"));
    assertThat(
            read(Map.of(Setting.DEV, "1", Setting.DEV_CLOCK, "/tmp/clock"), Map.of()).development())
        .isEqualTo(new DevelopmentSettings(true, Path.of("/tmp/clock")));
  }

  @Test
  void operatorsAskAtAPortOfTheirOwnIfThereIsOne() {
    assertThat(read(Map.of(), Map.of("SESH_PRO_BACKEND_OPS_BIND", "::1")).http().ops()).isNull();
    assertThat(
            read(Map.of(Setting.OPS_PORT, "0"), Map.of("SESH_PRO_BACKEND_OPS_BIND", "192.0.2.1"))
                .http()
                .ops())
        .isEqualTo(new OpsSettings(InetAddress.ofLiteral("192.0.2.1"), 0));
    assertThat(read(Map.of(Setting.OPS_PORT, "9090"), Map.of()).http().ops())
        .isEqualTo(new OpsSettings(InetAddress.ofLiteral("127.0.0.1"), 9090));
  }

  @Test
  void theEndIsAnnouncedForAsLongAsTheOperatorWants() {
    assertThat(
            read(Map.of(Setting.OPS_PORT, "9090"), Map.of("SESH_PRO_BACKEND_OPS_DRAIN", "60"))
                .http()
                .ops())
        .isEqualTo(
            new OpsSettings(InetAddress.ofLiteral("127.0.0.1"), 9090, Duration.ofSeconds(60)));
    assertThat(problems(Map.of(), Map.of("SESH_PRO_BACKEND_OPS_DRAIN", "61")))
        .containsExactly(
            new Problem(
                "environment",
                "SESH_PRO_BACKEND_OPS_DRAIN",
                "must be a whole number from 0 to 60"));
  }

  @Test
  void inDevelopmentModeOperatorsAskOnTheSameMachine() {
    assertThat(
            problems(
                Map.of(Setting.DEV, "1", Setting.OPS_BIND, "0.0.0.0", Setting.OPS_PORT, "0"),
                Map.of()))
        .containsExactly(
            new Problem(
                "command line",
                "--ops-bind",
                "must be a loopback address in development mode: its key is public"));
  }

  @Test
  void previousOnionKeysAreSeparatedByCommas() {
    assertThat(
            environment(Map.of("SESH_PRO_BACKEND_ONION_PREVIOUS_KEY_PATHS", "/k/1, /k/2"))
                .keys()
                .previousOnionKeys())
        .containsExactly(Path.of("/k/1"), Path.of("/k/2"));
  }

  @ParameterizedTest
  @CsvSource({"debug, DEBUG", "Warning, WARNING", "CRITICAL, CRITICAL"})
  void aLogLevelIsReadInAnyCase(String text, LogLevel level) {
    assertThat(read(Map.of(Setting.LOG_LEVEL, text), Map.of()).log().level()).isEqualTo(level);
  }

  @Test
  void allProblemsAreReportedTogetherWithSourceNameAndRule() {
    Map<Setting, @Nullable String> commandLine =
        Map.of(Setting.PORT, "65536", Setting.BIND, "example.org", Setting.DATA_DIR, " ");
    Map<String, String> environment =
        Map.of(
            "SESH_PRO_BACKEND_DEV", "maybe",
            "SESH_PRO_BACKEND_DB_URL", "postgresql://u:s3cret@h",
            "SESH_PRO_BACKEND_ONION_PREVIOUS_KEY_PATHS", "/k/1,,/k/2",
            "SESH_PRO_BACKEND_MAX_PROOFS_PER_WINDOW", "2147483648",
            "SESH_PRO_BACKEND_V0_REPEAT_REVOCATIONS_MAX", "many",
            "SESH_PRO_BACKEND_LOG_LEVEL", "loud");

    assertThatThrownBy(() -> read(commandLine, environment))
        .isInstanceOf(ConfigurationError.class)
        .hasMessage(
            """
            SESH_PRO_BACKEND_DEV (environment) must be 0 or 1
            --bind (command line) must be an IP address or localhost
            --port (command line) must be a whole number from 0 to 65535
            --data (command line) must be a path that this system can have
            SESH_PRO_BACKEND_DB_URL (environment) must be postgresql://user:password@host:port/database, with %40 for an @ in the password
            SESH_PRO_BACKEND_ONION_PREVIOUS_KEY_PATHS (environment) must be a path that this system can have
            SESH_PRO_BACKEND_MAX_PROOFS_PER_WINDOW (environment) must be a whole number from 0 to 2147483647
            SESH_PRO_BACKEND_V0_REPEAT_REVOCATIONS_MAX (environment) must be a whole number from 0 to 2147483647
            SESH_PRO_BACKEND_LOG_LEVEL (environment) must be debug, info, warning, error or critical\
            """);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void noTwoOptionsShareAName(Setting option) {
    assertThat(Arrays.stream(Setting.values()).filter(o -> o != option))
        .noneMatch(o -> o.variable().equals(option.variable()))
        .noneMatch(o -> o.key().equals(option.key()) && o.section().equals(option.section()))
        .noneMatch(o -> !o.flag().isEmpty() && o.flag().equals(option.flag()));
  }

  private static DatabaseUrl database(Map<String, String> environment) {
    return environment(environment).storage().database();
  }

  private static DatabaseUrl databaseOfUri(String uri) {
    return database(
        Map.of("SESH_PRO_BACKEND_DB_PATH", uri, "SESH_PRO_BACKEND_DB_PATH_IS_URI", "1"));
  }

  private static Settings environment(Map<String, String> environment) {
    return read(Map.of(), environment);
  }

  private static Settings read(
      Map<Setting, @Nullable String> commandLine, Map<String, String> environment) {
    return SettingsReader.read(
        List.of(SettingSource.commandLine(commandLine), SettingSource.environment(environment)));
  }

  private static List<Problem> problems(
      Map<Setting, @Nullable String> commandLine, Map<String, String> environment) {
    return catchThrowableOfType(ConfigurationError.class, () -> read(commandLine, environment))
        .problems();
  }
}
