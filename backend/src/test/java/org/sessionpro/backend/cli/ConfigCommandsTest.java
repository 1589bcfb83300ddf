package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.OlderTables;
import org.sessionpro.protocol.crypto.Crypto;

class ConfigCommandsTest {
  private static final Crypto CRYPTO = Crypto.selfTested();

  @TempDir private Path folder;
  private CapturedShell shell = new CapturedShell(Map.of());

  @Test
  void aUsableConfigurationIsFoundToBeOne() throws IOException {
    String file = file("[base]\ndata_dir = " + folder + "\n[http]\nport = 7");

    assertThat(run("config", "check", "--config", file, "--json")).isZero();
    assertThat(shell.out())
        .isEqualTo("{\"usable\":true,\"file\":\"" + file + "\",\"problems\":[],\"warnings\":[]}\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void allProblemsAreListed() throws IOException {
    String file = file("[base]\ncolour = red\n[http]\nport = x");

    assertThat(run("config", "check", "--config", file)).isOne();
    assertThat(shell.out())
        .contains("Usable  no\n")
        .contains("Problems: 2\n")
        .containsPattern(
            "\\[http\\] port +" + file + ":4 +must be a whole number from 0 to 65535\n")
        .containsPattern(
            "\\[base\\] colour +"
                + file
                + ":2 +must not be set: this server has no such setting\n");
    assertThat(shell.err()).isEqualTo("pro: the configuration is not usable: 2 problems\n");
  }

  @Test
  void programsAreToldOfProblemsToo() {
    assertThat(run("config", "check", "--config", "/nowhere/pro.ini", "--json")).isOne();
    assertThat(shell.out())
        .isEqualTo(
            "{\"usable\":false,\"file\":\"/nowhere/pro.ini\",\"problems\":[{\"setting\":\"--config\",\"source\":"
                + "\"command line\",\"detail\":\"must name a configuration file, not"
                + " /nowhere/pro.ini, which does not exist\"}],\"warnings\":[]}\n");
  }

  @Test
  void aFileThatCannotBeReadHidesNothingElse() throws IOException {
    Path data = Files.createFile(folder.resolve("data"));
    shell = new CapturedShell(Map.of("SESH_PRO_BACKEND_PORT", "x"));

    run("config", "check", "--config", "/nowhere/pro.ini", "--data", data.toString());

    assertThat(shell.out())
        .contains("Problems: 3\n")
        .containsPattern("SESH_PRO_BACKEND_PORT +environment +must be a whole number")
        .containsPattern("--config +command line +must name a configuration file")
        .containsPattern("--data +command line +must be a folder that this user may write to");
  }

  @Test
  void theFolderOfTheLedgerIsLookedAt() throws IOException {
    Path none = Files.createFile(folder.resolve("none"));
    String url = "sqlite:///" + none + "/x/pro.db";
    shell = new CapturedShell(Map.of("SESH_PRO_BACKEND_DB_URL", url));
    String file = file("[base]\ndata_dir = " + folder + "\n[backup]\ninterval = 0");

    assertThat(run("config", "check", "--config", file)).isOne();
    assertThat(shell.out())
        .contains("Problems: 1\n")
        .containsPattern("SESH_PRO_BACKEND_DB_URL +environment +must be a folder that this user");
  }

  @Test
  void aLedgerThatIsAFolderIsAProblem() throws IOException {
    Files.createDirectory(folder.resolve("pro.db"));

    assertThat(run("config", "check", "--data", folder.toString())).isOne();
    assertThat(shell.out())
        .contains("Problems: 1\n")
        .containsPattern("\\[base\\] db_url +default +must be a file that this user may write to");
  }

  @Test
  void filesThatSettingsNameAreReadToo() throws IOException {
    Path key = Files.writeString(folder.resolve("signing.key"), "0".repeat(128));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path data = Files.createFile(folder.resolve("data"));
    String file =
        file(
            """
            [base]
            data_dir = %1$s/data
            backend_key_path = %1$s/signing.key
            onion_previous_key_paths = %1$s/earlier.key
            log_path = %1$s/none/pro.log
            with_provider_google_play = yes
            with_platform_apple = yes
            [backup]
            directory = %1$s/signing.key
            [google]
            package_name = org.example.app
            cloud_project_id = project
            cloud_subscription_name = subscription
            subscription_product_id = session_pro
            cloud_app_credentials_path = %1$s/google.json
            [apple]
            bundle_id = org.example.app
            app_id = 1
            root_cert_path = %1$s/root.cer
            """
                .formatted(folder));

    assertThat(run("config", "check", "--config", file)).isOne();
    assertThat(shell.out())
        .containsPattern(
            "\\[base\\] data_dir +"
                + file
                + ":2 +must be a folder that this user may write to: "
                + data
                + " is none\n")
        .containsPattern(
            "\\[base\\] backend_key_path +"
                + file
                + ":3 +must be a file that can be used: key file")
        .containsPattern(
            "\\[base\\] onion_previous_key_paths +" + file + ":4 +must be a file that can be used")
        .containsPattern("\\[base\\] log_path +" + file + ":5 +is no file that this user may")
        .containsPattern("\\[backup\\] directory +" + file + ":9 +must be a folder")
        .containsPattern(
            "\\[google\\] cloud_app_credentials_path +"
                + file
                + ":15 +must be the file of a service account: it cannot be read")
        .containsPattern(
            "\\[apple\\] root_cert_path +" + file + ":19 +must name files with certificates")
        .contains("Problems: 6\n");
  }

  @Test
  void filesAreReadThoughOtherSettingsCannotBeUsed() throws IOException {
    String file =
        file(
            """
            [base]
            onion_previous_key_paths = %1$s/earlier.key
            with_provider_google_play = yes
            with_provider_app_store = yes
            [http]
            port = x
            [google]
            package_name = org.example.app
            cloud_project_id = project
            cloud_subscription_name = subscription
            subscription_product_id = session_pro
            [apple]
            app_id = 1
            root_cert_path = %1$s/root.cer
            """
                .formatted(folder));

    assertThat(run("config", "check", "--config", file, "--data", folder.toString())).isOne();
    assertThat(shell.out())
        .containsPattern("\\[http\\] port +" + file + ":6 +must be a whole number")
        .containsPattern("\\[google\\] cloud_app_credentials_path +" + file + " +must be set")
        .containsPattern("\\[apple\\] bundle_id +" + file + " +must be set")
        .containsPattern(
            "\\[base\\] onion_previous_key_paths +" + file + ":2 +must be a file that can be used")
        .containsPattern(
            "\\[apple\\] root_cert_path +" + file + ":14 +must name files with certificates")
        .contains("Problems: 5\n");
  }

  @Test
  void aFolderThatCannotBeMadeIsAProblem() throws IOException {
    Path data = Files.createFile(folder.resolve("data"));
    String file =
        file(
            """
            [base]
            data_dir = %1$s/data/of/mine
            [backup]
            directory = %1$s/data/copies
            """
                .formatted(folder));

    assertThat(run("config", "check", "--config", file)).isOne();
    assertThat(shell.out())
        .contains("Problems: 2\n")
        .containsPattern(
            "\\[base\\] data_dir +"
                + file
                + ":2 +must be a folder that this user may make: "
                + data
                + " is none that they may write to\n")
        .containsPattern("\\[backup\\] directory +" + file + ":4 +must be a folder that this user");
  }

  /// Root may write everywhere.
  @Test
  void aFolderBelowOneOfSomebodyElseIsAProblem() throws IOException {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(theirs)).isFalse();

    assertThat(run("config", "check", "--data", theirs.resolve("mine").toString())).isOne();
    assertThat(shell.out()).contains("must be a folder that this user may make: " + theirs);
  }

  @Test
  void nothingIsMadeByLooking() throws IOException {
    Path data = folder.resolve("data");
    Path log = folder.resolve("pro.log");
    String file = file("[base]\ndata_dir = " + data + "\nlog_path = " + log);

    assertThat(run("config", "check", "--config", file)).isZero();
    assertThat(data).doesNotExist();
    assertThat(log).doesNotExist();
  }

  @Test
  void whyAFileIsNoLedgerIsSaid() throws IOException {
    Path text = Files.writeString(folder.resolve("backend.db"), "no database ".repeat(100));
    String file = file("[base]\ndata_dir = " + folder + "\ndb_url = sqlite:///" + text);

    assertThat(run("config", "check", "--config", file)).isOne();
    assertThat(shell.out())
        .containsPattern("must name a ledger, or nothing yet: .*file is not a database");
  }

  @Test
  void theTablesOfAnotherProgramAreAProblem() throws IOException {
    Path old = folder.resolve("backend.db");
    OlderTables.change(new DatabaseUrl.Sqlite(old), "CREATE TABLE users (n BIGINT)");
    String file = file("[base]\ndata_dir = " + folder + "\ndb_url = sqlite:///" + old);
    byte[] before = Files.readAllBytes(old);

    assertThat(run("config", "check", "--config", file)).isOne();
    assertThat(shell.out())
        .containsPattern(
            "\\[base\\] db_url +"
                + file
                + ":3 +must name a ledger, or nothing yet: these are the tables of another program");
    assertThat(old).hasBinaryContent(before);
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void aLedgerIsNoProblem() throws IOException {
    Databases.open(new DatabaseUrl.Sqlite(folder.resolve("pro.db"))).close();

    assertThat(run("config", "check", "--data", folder.toString())).isZero();
  }

  @Test
  void aKeyAtItsDefaultPlaceIsReadIfThereIsOne() throws IOException {
    Files.writeString(folder.resolve("signing.key"), "no key");

    assertThat(run("config", "check", "--data", folder.toString())).isOne();
    assertThat(shell.out()).containsPattern("\\[base\\] backend_key_path +default +must be a file");
  }

  @Test
  void whatMeansNothingIsNoProblem() throws IOException {
    String file = file("[base]\ndata_dir = " + folder + "\nplatform_testing_env = yes");

    assertThat(run("config", "check", "--config", file)).isZero();
    assertThat(shell.out())
        .contains("Warnings: 1\n")
        .containsPattern("\\[base\\] platform_testing_env +" + file + ":3 +has no effect any more");
  }

  @Test
  void settingsAreShownWithWhereTheyComeFrom() throws IOException {
    shell = new CapturedShell(Map.of("SESH_PRO_BACKEND_PORT", "7"));
    String file =
        file(
            """
            [base]
            data_dir = /srv/pro
            dev_endpoints = on
            provider_dry_run = 1
            [logging]
            level-google_play = debug
            """);

    assertThat(run("config", "show", "--config", file, "--key", "/etc/key", "--json")).isZero();
    assertThat(shell.out())
        .contains(
            setting("[http] port", "7", "environment SESH_PRO_BACKEND_PORT"),
            setting("[http] bind", "127.0.0.1", "default"),
            setting("[base] data_dir", "/srv/pro", file + ":2"),
            setting("[base] db_url", "sqlite:////srv/pro/pro.db", "default"),
            setting("[base] backend_key_path", "/etc/key", "command line --key"),
            setting("[base] dev_endpoints", "yes", file + ":3"),
            setting("[base] dev", "no", "default"),
            setting("[backup] directory", "/srv/pro", "default"),
            setting("[logging] level-google_play", "debug", file + ":6"),
            setting("SESH_PRO_BACKEND_INI_PATH", file, "command line --config"))
        .doesNotContain("log_path", "DB_PATH");
  }

  @Test
  void aSettingIsShownByTheNameThatWasUsed() throws IOException {
    String file = file("[base]\nlog_path = /var/log/pro.log\nwith_platform_google = no");

    run("config", "show", "--config", file, "--json");

    assertThat(shell.out())
        .contains(
            setting("[base] log_path", "/var/log/pro.log", file + ":2"),
            setting("[base] with_platform_google", "no", file + ":3"))
        .doesNotContain("[logging] path", "with_provider_google_play", "with_platform_apple");
  }

  @Test
  void noSecretIsShown() throws IOException {
    String file =
        file(
            """
            [base]
            db_url = postgresql://pro:s3cret@db/pro?sslmode=require
            [session_webhook.0]
            enabled = yes
            url = https://hooks.example.org/services/s3cret
            name = Alerts
            """);

    assertThat(run("config", "show", "--config", file)).isZero();
    assertThat(shell.out())
        .contains("postgresql://***@db:5432/pro", "https://hooks.example.org/***")
        .containsPattern("\\[session_webhook.0\\] enabled +yes")
        .doesNotContain("s3cret");
  }

  @Test
  void warningsAreShownBesideTheSettings() throws IOException {
    run("config", "show", "--config", file("[base]\nprovider_testing_env = yes"));

    assertThat(shell.err()).startsWith("pro: warning: [base] provider_testing_env");
  }

  @Test
  void theExampleIsTheOneInTheSources() throws IOException {
    assertThat(run("config", "example")).isZero();
    assertThat(shell.out()).isEqualTo(Files.readString(Path.of("../deploy/config.example.ini")));
  }

  private static String setting(String name, String value, String source) {
    return "{\"setting\":\"%s\",\"value\":\"%s\",\"source\":\"%s\"}".formatted(name, value, source);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("pro.ini"), text).toString();
  }

  private int run(String... arguments) {
    Shell surroundings = shell.shell();
    ConfigCommands commands =
        new ConfigCommands(surroundings, () -> CRYPTO, () -> Instant.ofEpochSecond(1_790_000_000));
    return PromisedMembers.run(shell, List.of(commands), arguments);
  }
}
