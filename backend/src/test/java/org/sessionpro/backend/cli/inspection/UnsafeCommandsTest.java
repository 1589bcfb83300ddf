package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.protocol.OrderId;

/// How commands that do the work of a store, as `google pull-once` and `apple catch-up`, log
/// identifiers (`operator-v1.md` §5).
class UnsafeCommandsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"yes, order:GPA[.]1", "no, 'order:[0-9a-f]{10}'"})
  void identifiersAreAsTheyAreOnlyWhereThatIsAskedFor(String unsafe, String shown)
      throws IOException {
    InspectedLedger ledger = new InspectedLedger(Engine.SQLITE, folder);
    ledger.open().close();
    Path file = Files.writeString(folder.resolve("pro.ini"), "[base]\nunsafe_logging = " + unsafe);
    Settings settings =
        SettingsReader.read(
            SettingSource.all(
                Map.of(Setting.INI_PATH, file.toString(), Setting.DB_URL, Engine.text(ledger.url)),
                Map.of()));

    try (OpenedInbox opened = new OpenedInbox(settings, () -> Instant.EPOCH)) {
      assertThat(
              opened
                  .rooms(settings.log(), () -> InspectedLedger.CRYPTO)
                  .mask()
                  .of(new OrderId("GPA.1"))
                  .text())
          .matches(shown);
    }
  }
}
