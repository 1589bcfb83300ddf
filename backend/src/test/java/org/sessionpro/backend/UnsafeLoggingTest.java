package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;

/// Whether a server logs identifiers as they are (`operator-v1.md` §5).
class UnsafeLoggingTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);
  private static final MasterKey ALICE = new MasterKey(ByteString.fromHex("a1".repeat(32)));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void identifiersAreLoggedAsTheyAreOnlyWhereThatIsAskedFor(boolean unsafe) throws IOException {
    Path file = folder.resolve("pro.ini");
    Files.writeString(file, "[base]\nunsafe_logging = " + unsafe);
    Settings settings =
        SettingsReader.read(
            SettingSource.all(
                Map.of(
                    Setting.INI_PATH, file.toString(),
                    Setting.DATA_DIR, folder.toString(),
                    Setting.PORT, "0"),
                Map.of()));
    try (Backend backend =
            Backend.start(settings, () -> RunningBackend.CRYPTO, () -> NOW, _ -> {});
        LogLines log = new LogLines()) {
      new VoucherMint(backend.ledger()).mint(ALICE, new Plan("1m"), Duration.ofDays(30), NOW);

      String masked = "order:[0-9a-f]{10}";
      String plain = "order:[0-9a-f]{8}-[0-9a-f-]{27}";
      assertThat(log.at(Level.INFO))
          .filteredOn(line -> line.startsWith("registered"))
          .singleElement()
          .asString()
          .matches("registered and bound at once: " + (unsafe ? plain : masked));
    }
  }
}
