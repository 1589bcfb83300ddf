package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReader;

/// Where the ledger of a server comes to be (`operator-v0.md` §1.5).
class LedgerFolderTest {
  @TempDir Path folder;

  @Test
  void theFolderOfTheLedgerIsMadeIfItIsAbsent() {
    Path ledger = folder.resolve("of/its/own/pro.db");
    Settings settings =
        SettingsReader.read(
            SettingSource.all(
                Map.of(
                    Setting.DATA_DIR,
                    folder.resolve("data").toString(),
                    Setting.DB_URL,
                    "sqlite:///" + ledger,
                    Setting.PORT,
                    "0"),
                Map.of()));

    Backend.start(settings, () -> RunningBackend.CRYPTO, InstantSource.system(), _ -> {}).close();

    assertThat(ledger).exists();
  }
}
