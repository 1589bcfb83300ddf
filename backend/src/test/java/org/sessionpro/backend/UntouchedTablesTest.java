package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.OlderTables;
import org.sessionpro.backend.db.SchemaState;

/// Commands of a release whose servers have not been started yet: they leave the tables to the servers of
/// the release before. Only a start, `db migrate` and the making of a new ledger have a say in them.
@ParameterizedClass
@EnumSource(Engine.class)
class UntouchedTablesTest {
  private static final int OLDER = 11;
  private static final String KEY = "a1".repeat(32);

  @Parameter Engine engine;
  @TempDir Path folder;
  private DatabaseUrl url;

  @BeforeEach
  void choose() {
    url = engine.withoutTables(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account show KEY",
        "account explain KEY",
        "account payments KEY",
        "account revoke KEY",
        "account revoke KEY --reason lost --apply",
        "payment reattribute ORDER --to KEY",
        "acts list",
        "revocations list",
        "revocations bump-ticket 1",
        "inbox list",
        "inbox show ID",
        "inbox retry ID",
        "google status",
        "google parked",
        "apple status",
        "apple parked",
        "doctor",
        "keys rotate --to FILE",
        "voucher mint --master-key KEY --plan 1M",
        "import python --seal",
        "import python --discard",
      })
  void olderTablesStayAsTheyAre(String words) {
    OlderTables.make(url, OLDER);
    SchemaState before = Databases.state(url);

    CapturedShell shell = run(words);

    assertThat(shell.err())
        .isEqualTo(
            "pro: the tables are of version 11, older than this program's, which is "
                + before.newest()
                + ": use 'pro db migrate --apply', or start the server\n");
    assertThat(Databases.state(url)).isEqualTo(before);
  }

  /// With SQLite there is a file, which somebody made beforehand.
  @ParameterizedTest
  @ValueSource(strings = {"doctor", "acts list", "voucher mint --master-key KEY --plan 1M"})
  void noTablesAreMadeByALook(String words) {
    OlderTables.change(url, "CREATE TABLE t (n BIGINT)");
    OlderTables.change(url, "DROP TABLE t");

    CapturedShell shell = run(words);

    assertThat(shell.err())
        .isEqualTo(
            "pro: there are no tables yet: use 'pro db migrate --apply', or start the server\n");
    assertThat(Databases.state(url).standing()).isEqualTo(SchemaState.Standing.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"import python --seal", "import python --discard"})
  void noLedgerIsMadeToEndAnImport(String words) {
    assertThat(run(words).err()).matches("pro: there (is no ledger at .*|are no tables yet: .*)\n");
    assertThat(Databases.state(url).standing()).isEqualTo(SchemaState.Standing.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(strings = "voucher mint --master-key KEY --plan 1M --reason thanks --apply")
  void aVoucherMakesALedgerAndChangesNoOlderOne(String words) {
    assertThat(run(words).err()).isEmpty();
    assertThat(Databases.state(url).standing()).isEqualTo(SchemaState.Standing.CURRENT);

    url = engine.withoutTables(folder);
    OlderTables.make(url, OLDER);
    assertThat(run(words).err()).contains("the tables are of version 11, older");
    assertThat(Databases.state(url).installed()).isEqualTo(OLDER);
  }

  private CapturedShell run(String words) {
    CapturedShell shell = new CapturedShell(Map.of());
    Path key = folder.resolve("new.key");
    if (words.contains("FILE")) {
      assertThat(
              Main.program(new CapturedShell(Map.of()).shell())
                  .run("keys", "generate", "--out", key.toString()))
          .isZero();
    }
    List<String> all =
        new ArrayList<>(
            Arrays.asList(words.replace("KEY", KEY).replace("FILE", key.toString()).split(" ")));
    all.addAll(List.of("--db", Engine.text(url), "--data", folder.resolve("data").toString()));
    int status = Main.program(shell.shell()).run(all.toArray(String[]::new));
    assertThat(status).as(shell.err()).isIn(0, 1);
    return shell;
  }
}
