package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.ConfigurationError.Problem;

class ConfigurationFileTest {
  private static final String GOOGLE =
      """
      [base]
      with_provider_google_play = true
      [google]
      package_name = org.example.app
      cloud_project_id = project
      cloud_subscription_name = subscription
      cloud_app_credentials_path = /etc/pro/google.json
      subscription_product_id = session_pro
      """;

  private static final String APPLE =
      """
      [base]
      with_provider_app_store = true
      [apple]
      bundle_id = org.example.app
      app_id = 1
      """;

  @TempDir private Path folder;

  @Test
  void aFileOfTheFirstServersIsUnderstood() {
    Settings settings =
        read(
            """
            [base]
            db_url                = postgresql://pro:s%40cret@db:5433/pro
            log_path              = /var/log/pro.log
            dev                   = false
            unsafe_logging        = no
            with_platform_apple   = 1
            with_platform_google  = TRUE

            [session_webhook.0]
            name    = Alerts
            url     = https://hooks.example.org/a?b=c
            enabled = true

            [apple]
            key_id                = ABC
            issuer_id             = 1-2
            bundle_id             = org.example.app
            key_path              = /etc/pro/key.p8
            root_cert_path        = /etc/pro/root
            root_cert_ca_g2_path  = /etc/pro/g2
            root_cert_ca_g3_path  = /etc/pro/g3
            sandbox_env           = on

            [google]
            package_name               = org.example.app
            subscription_product_id    = session_pro
            cloud_project_id           = project
            cloud_subscription_name    = subscription
            cloud_app_credentials_path = /etc/pro/google.json
            """);

    assertThat(settings.storage().database())
        .isEqualTo(new DatabaseUrl.Postgres("db", 5433, "pro", "pro", "s@cret", Map.of()));
    assertThat(settings.log().file()).isEqualTo(Path.of("/var/log/pro.log"));
    assertThat(settings.log().webhooks())
        .extracting(SessionWebhook::name)
        .containsExactly("Alerts");
    assertThat(settings.jobs().stores().apple()).isNotNull();
    assertThat(settings.jobs().stores().google()).isNotNull();
  }

  @Test
  void aFileOfLaterServersIsUnderstood() {
    Settings settings =
        read(
            """
            [base]
            db_url = postgresql:///pro
            backend_key_path = /etc/pro/signing.key
            unsafe_logging = false
            with_provider_app_store = false
            with_provider_google_play = off
            provider_dry_run = yes
            dev_endpoints = yes
            voucher_processing_window = 60
            renewal_latency_allowance = 120
            max_proofs_per_window = 9

            [logging]
            level = WARNING
            level-google_play = debug
            level-org.eclipse.jetty.server.Server = Error
            path = /var/log/pro.log
            """
                .replace("postgresql:///pro", "postgresql://localhost/pro"));

    assertThat(settings.keys().signing())
        .isEqualTo(new SigningKeySource.ConfiguredFile(Path.of("/etc/pro/signing.key")));
    assertThat(settings.jobs().voucherProcessingWindow()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.entitlement())
        .isEqualTo(new EntitlementSettings(Duration.ofMinutes(2), 9, 1000));
    assertThat(settings.development()).isEqualTo(new DevelopmentSettings(false, null, true));
    assertThat(settings.jobs().stores()).isEqualTo(new StoreSettings(null, null, true));
    assertThat(settings.log())
        .isEqualTo(
            new LogSettings(
                LogLevel.WARNING,
                Map.of(
                    "google_play", LogLevel.DEBUG,
                    "org.eclipse.jetty.server.Server", LogLevel.ERROR),
                Path.of("/var/log/pro.log"),
                LogFormat.TEXT,
                false,
                List.of()));
  }

  @Test
  void theEnvironmentOverridesTheFileAndTheCommandLineBoth() {
    Settings settings =
        IniFile.of(
                folder,
                """
                [base]
                data_dir = /file
                [http]
                bind = ::1
                port = 1
                """)
            .configuration(
                Map.of(Setting.DATA_DIR, "/line"),
                Map.of("SESH_PRO_BACKEND_DATA_DIR", "/env", "SESH_PRO_BACKEND_PORT", "2"))
            .settings();

    assertThat(settings.storage().dataDirectory()).isEqualTo(Path.of("/line"));
    assertThat(settings.http().port()).isEqualTo(2);
    assertThat(settings.http().bind().isLoopbackAddress()).isTrue();
  }

  @Test
  void theEnvironmentMaySwitchOffByItsOwnNameWhatTheFileSwitchesOnByAnother() {
    Settings settings =
        IniFile.of(folder, GOOGLE.replace("provider_google_play", "platform_google"))
            .configuration(Map.of(), Map.of("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY", "0"))
            .settings();

    assertThat(settings.jobs().stores().google()).isNull();
  }

  @Test
  void aStoreThatTheEnvironmentSwitchesOnIsReadFromTheFile() {
    Settings settings =
        IniFile.of(folder, GOOGLE.replace("= true", "= false"))
            .configuration(Map.of(), Map.of("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY", "1"))
            .settings();

    assertThat(settings.jobs().stores().google()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "yes", "true", "on", "YES", "True", "oN"})
  void booleansAreSwitchedOnInWords(String word) {
    assertThat(read("[base]\ndev = " + word).dev()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "no", "false", "off", "NO", "False", "oFf"})
  void booleansAreSwitchedOffInWords(String word) {
    assertThat(read("[base]\nunsafe_logging = " + word).log().unsafe()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "y", "enabled"})
  void noOtherWordIsABoolean(String word) {
    assertThat(problems("[base]\ndev = " + word))
        .containsExactly("[base] dev (pro.ini:2) must be yes or no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port = 7",
        "port=7",
        "port: 7",
        "PORT = 7",
        "  port\t=\t7  ",
        "\n# comment\n ; comment\nport = 7\n\n",
        "port = 7\r\nbind = ::1\r"
      })
  void aValueIsReadHoweverItIsWritten(String lines) {
    assertThat(read("[base]\r\n[ http ]\n" + lines).http().port()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%b",
        "a%%b",
        "%(port)s",
        "${base.port}",
        "a,b",
        "a\\",
        "a;b",
        "a#b",
        "a=b",
        "a:b",
        "a b",
        "größe",
        "\"a",
        "a'b'"
      })
  void nothingIsReplacedInAValue(String text) {
    assertThat(read("[base]\ndata_dir = " + text).storage().dataDirectory())
        .isEqualTo(Path.of(text));
  }

  @Test
  void anEmptyValueIsNone() {
    assertThat(read("[base]\nlog_path =\ndb_url =\n[http]\nport =").http().port()).isEqualTo(5000);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFile() {
    assertThat(read("\uFEFF[base]\ndata_dir = x").storage().dataDirectory())
        .isEqualTo(Path.of("x"));
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1", "UTF-16"})
  void anyOtherEncodingIsRefused(String encoding) {
    IniFile file =
        IniFile.of(folder, "[base]\ndata_dir = größe".getBytes(Charset.forName(encoding)));

    assertThat(file.problems())
        .containsExactly(
            "--config (command line) must name a configuration file, not pro.ini, which is not in"
                + " UTF-8");
  }

  @Test
  void aFileThatDoesNotExistIsRefused() {
    assertThat(new IniFile(folder.resolve("none")).problems())
        .containsExactly(
            "--config (command line) must name a configuration file, not pro.ini, which does not"
                + " exist");
  }

  @Test
  void aFolderIsRefused() {
    assertThat(new IniFile(folder).problems())
        .containsExactly(
            "--config (command line) must name a configuration file, not pro.ini, which cannot be"
                + " read");
  }

  @Test
  void aFileOfSomebodyElseIsRefused() throws Exception {
    IniFile file = IniFile.of(folder, "[base]\n");
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file.path())).as("the administrator reads everything").isFalse();

    assertThat(file.problems()).singleElement().asString().endsWith("this user may not read");
  }

  @Test
  void theVariableThatNamesTheFileIsToldOfItsProblem() {
    Map<String, String> environment = Map.of("SESH_PRO_BACKEND_INI_PATH", "/nowhere/pro.ini");

    assertThat(SettingsReader.look(SettingSource.all(Map.of(), environment)).problems())
        .containsExactly(
            new Problem(
                "environment",
                "SESH_PRO_BACKEND_INI_PATH",
                "must name a configuration file, not /nowhere/pro.ini, which does not exist"));
  }

  @Test
  void aFileThatCannotBeReadHidesNoOtherProblemAndMayHoldWhatIsMissing() {
    Map<String, String> environment =
        Map.of(
            "SESH_PRO_BACKEND_INI_PATH", "/nowhere/pro.ini",
            "SESH_PRO_BACKEND_PORT", "x",
            "SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY", "1");

    assertThat(SettingsReader.look(SettingSource.all(Map.of(), environment)).problems())
        .extracting(Problem::name)
        .containsExactly("SESH_PRO_BACKEND_PORT", "SESH_PRO_BACKEND_INI_PATH");
  }

  @Test
  void theCommandLineOverridesTheFileThatTheEnvironmentNames() {
    IniFile file = IniFile.of(folder, "[base]\n[http]\nport = 7");
    List<SettingSource> sources =
        SettingSource.all(
            Map.of(Setting.INI_PATH, file.path().toString()),
            Map.of("SESH_PRO_BACKEND_INI_PATH", "/nowhere/pro.ini"));
    Configuration configuration = SettingsReader.configuration(sources);

    assertThat(configuration.settings().http().port()).isEqualTo(7);
    assertThat(configuration.file()).hasValue(file.path().toString());
  }

  @Test
  void anEmptyVariableNamesNoFile() {
    assertThat(SettingSource.all(Map.of(), Map.of("SESH_PRO_BACKEND_INI_PATH", ""))).hasSize(2);
  }

  @Test
  void aFileWithoutItsFirstSectionIsRefused() {
    assertThat(problems("[http]\nport = 7"))
        .containsExactly("the file (pro.ini) must have a section [base], if only an empty one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "= 7", "[http", "[]", "[http] # comment", "[a][b]"})
  void aLineThatIsNothingIsRefused(String line) {
    assertThat(problems("[base]\n" + line))
        .singleElement()
        .asString()
        .startsWith("the line (pro.ini:2) must be ");
  }

  @Test
  void aValueBeforeTheFirstSectionIsRefused() {
    assertThat(problems("port = 7\n[base]"))
        .containsExactly("the line (pro.ini:1) must stand in a section, such as [base]");
  }

  @Test
  void aValueOnSeveralLinesIsRefused() {
    assertThat(problems("[base]\n[google]\nbase_plans =\n  a=1m,\n  b=1y"))
        .containsExactly(
            "the line (pro.ini:4) must not be further in than the line before: a value stands on one"
                + " line",
            "the line (pro.ini:5) must not be further in than the line before: a value stands on one"
                + " line");
  }

  @Test
  void sectionsMayBeIndented() {
    assertThat(read("[base]\n  [http]\n    bind = ::1\n    port = 7").http().port()).isEqualTo(7);
  }

  @Test
  void controlCharactersAreRefused() {
    assertThat(problems("[base]\ndata_dir = a\u0000b"))
        .containsExactly("the line (pro.ini:2) must hold no control characters");
  }

  @Test
  void aDoubledKeyIsRefused() {
    assertThat(problems("[base]\n[http]\nport = 7\nPort = 7"))
        .containsExactly("[http] port (pro.ini:4) must be set once only: it is in line 3");
  }

  @Test
  void aDoubledSectionIsRefused() {
    assertThat(problems("[base]\n[http]\n[base]\nport = 7"))
        .containsExactly("[base] (pro.ini:3) must begin once only: it does in line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data # here", "/data\t; here"})
  void aCommentBehindAValueIsRefused(String text) {
    assertThat(problems("[base]\ndata_dir = " + text))
        .containsExactly(
            "[base] data_dir (pro.ini:2) must not be followed by a comment, which has a line of its"
                + " own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"/data\"", "'/data'"})
  void quotesAreRefused(String text) {
    assertThat(problems("[base]\ndata_dir = " + text))
        .containsExactly("[base] data_dir (pro.ini:2) must not stand in quotes");
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertThat(problems("[base]\ndb_ulr = x\nport = 7"))
        .containsExactly(
            "[base] db_ulr (pro.ini:2) must not be set: this server has no such setting",
            "[base] port (pro.ini:3) must not be set: this server has no such setting here, but in"
                + " [http]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Base", "DEFAULT", "session_webhooks.0"})
  void anUnknownSectionIsRefused(String name) {
    assertThat(problems("[base]\n[" + name + "]\nkey = x"))
        .containsExactly(
            "["
                + name
                + "] (pro.ini:2) must be one of [apple], [backup], [base], [google], [http],"
                + " [inbox], [logging], [ops], [session_webhook.0]");
  }

  @Test
  void bothNamesOfOneSettingAreRefused() {
    assertThat(problems(GOOGLE.replace("[google]", "with_platform_google = true\n[google]")))
        .containsExactly(
            "[base] with_platform_google (pro.ini:3) must not be set beside [base]"
                + " with_provider_google_play: they are the same");
    assertThat(problems("[base]\nlog_path = /a\n[logging]\npath = /a"))
        .containsExactly(
            "[base] log_path (pro.ini:2) must not be set beside [logging] path: they are the same");
    assertThat(problems(APPLE + "sandbox_env = no\nenvironment = Production"))
        .containsExactly(
            "[apple] sandbox_env (pro.ini:6) must not be set beside [apple] environment: they are"
                + " the same");
    assertThat(problems(APPLE + "root_certificates = /a\nroot_cert_path = /a"))
        .containsExactly(
            "[apple] root_cert_path (pro.ini:7) must not be set beside [apple] root_certificates,"
                + " which replaces it");
  }

  @Test
  void theEnvironmentOverridesRootsByWhicheverName() {
    Map<String, String> environment = Map.of("SESH_PRO_BACKEND_APPLE_ROOT_CERTIFICATES", "/new");
    AppleSettings apple =
        IniFile.of(folder, APPLE + "root_cert_path = /old")
            .configuration(Map.of(), environment)
            .settings()
            .jobs()
            .stores()
            .apple();

    assertThat(Objects.requireNonNull(apple).trust().roots())
        .containsExactly(new AppleSettings.Root(Setting.APPLE_ROOT_CERTIFICATES, Path.of("/new")));
  }

  @Test
  void whatIsMissingIsNamedAsInTheFile() {
    assertThat(problems(GOOGLE.replaceAll("(?m)^(package_name|cloud_project_id).*\n", "")))
        .containsExactly(
            "[google] package_name (pro.ini) must be set while Google Play is switched on",
            "[google] cloud_project_id (pro.ini) must be set while Google Play is switched on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform_testing_env", "provider_testing_env"})
  void whatHasNoMeaningAnyMoreIsAWarning(String key) {
    Configuration configuration =
        IniFile.of(folder, "[base]\n" + key + " = true")
            .configuration(Map.of(), Map.of("SESH_PRO_BACKEND_PLATFORM_TESTING_ENV", "whatever"));

    assertThat(configuration.warnings())
        .extracting(SettingSource.Warning::text)
        .satisfiesExactly(
            variable ->
                assertThat(variable)
                    .startsWith(
                        "SESH_PRO_BACKEND_PLATFORM_TESTING_ENV (environment) has no effect"),
            inFile ->
                assertThat(inFile)
                    .startsWith("[base] " + key)
                    .contains("pro.ini:2) has no effect any more")
                    .contains("remove it"));
  }

  @Test
  void developmentRoutesNeedDryRun() {
    assertThat(problems("[base]\ndev_endpoints = yes"))
        .containsExactly(
            "[base] dev_endpoints (pro.ini:2) must not be set without provider_dry_run: anybody"
                + " could make payments on a server that serves stores");
    assertThat(read("[base]\ndev = yes").development().endpoints()).isTrue();
    assertThat(read("[base]").development().endpoints()).isFalse();
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThat(
            problems(
                """
                [base]
                dev = maybe
                db_url = postgresql://u:s3cret@h
                colour = red
                nonsense
                [http]
                port = 65536
                [logging]
                level = loud
                level-pro = loud
                level-my logger = info
                format = xml
                [ledger]
                """))
        .containsExactly(
            "[http] port (pro.ini:7) must be a whole number from 0 to 65535",
            "[base] db_url (pro.ini:3) must be postgresql://user:password@host:port/database, with"
                + " %40 for an @ in the password",
            "[logging] level (pro.ini:9) must be debug, info, warning, error or critical",
            "[logging] level-pro (pro.ini:10) must be debug, info, warning, error or critical",
            "[logging] level-my logger (pro.ini:11) must name a logger, as in level-google_play",
            "[logging] format (pro.ini:12) must be text or json",
            "the line (pro.ini:5) must be [section], key = value, or a comment that begins with # or"
                + " ;",
            "[base] dev (pro.ini:2) must be yes or no",
            "[base] colour (pro.ini:4) must not be set: this server has no such setting",
            "[ledger] (pro.ini:13) must be one of [apple], [backup], [base], [google], [http],"
                + " [inbox], [logging], [ops], [session_webhook.0]");
  }

  @Test
  void noProblemRepeatsAValue() {
    assertThat(String.join("\n", problems("[base]\ndb_url = mysql://u:s3cret@h\ns3cret")))
        .doesNotContain("s3cret");
  }

  /// Whatever stands in a file, it is read or refused, and no problem repeats a value.
  @Test
  void anyFileIsReadOrRefused() {
    long seed = System.nanoTime();
    System.out.println("seed of files " + seed);
    Random random = new Random(seed);
    List<String> names =
        new ArrayList<>(List.of("[", "]", "=", ":", "#", " ", "level-", "x", "\t"));
    for (Setting setting : Setting.values()) {
      names.add("[" + setting.section() + "]");
      names.add(setting.key());
    }
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder("[base]\n");
      for (int piece = random.nextInt(40); piece > 0; piece--) {
        text.append(names.get(random.nextInt(names.size())));
        text.append(random.nextBoolean() ? " = s3cret\n" : "\n".repeat(random.nextInt(2)));
      }
      try {
        read(text.toString());
      } catch (ConfigurationError refused) {
        assertThat(refused.problems())
            .as(text.toString())
            .isNotEmpty()
            .allSatisfy(problem -> assertThat(problem.expected()).startsWith("must "))
            .noneMatch(problem -> problem.expected().contains("s3cret"));
      }
    }
  }

  private Settings read(String text) {
    return IniFile.of(folder, text.getBytes(StandardCharsets.UTF_8)).settings();
  }

  private List<String> problems(String text) {
    return IniFile.of(folder, text).problems();
  }
}
