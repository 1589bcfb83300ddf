package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupSettingsTest {
  @Test
  void copiesLieBesideTheLedgerAndAreMadeDaily() {
    assertThat(read(Map.of("DB_URL", "sqlite:////srv/pro/ledger.db")).settings().storage().backup())
        .isEqualTo(new BackupSettings(Path.of("/srv/pro"), Duration.ofDays(1)));
    assertThat(read(Map.of("DB_URL", "sqlite:///ledger.db")).settings().storage().backup())
        .isEqualTo(new BackupSettings(Path.of(""), Duration.ofDays(1)));
  }

  @Test
  void folderAndIntervalCanBeChosen() {
    assertThat(
            read(Map.of("BACKUP_DIRECTORY", "/backups", "BACKUP_INTERVAL", "60"))
                .settings()
                .storage()
                .backup())
        .isEqualTo(new BackupSettings(Path.of("/backups"), Duration.ofMinutes(1)));
  }

  @Test
  void zeroMakesNoCopies() {
    assertThat(read(Map.of("BACKUP_INTERVAL", "0")).settings().storage().backup()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "59", "31536001", "-1", "1d"})
  void anyOtherIntervalIsRefused(String interval) {
    assertThat(
            Assertions.catchThrowableOfType(
                    ConfigurationError.class, () -> read(Map.of("BACKUP_INTERVAL", interval)))
                .problems())
        .extracting(ConfigurationError.Problem::text)
        .containsExactly(
            "SESH_PRO_BACKEND_BACKUP_INTERVAL (environment) must be 0, or a whole number from 60 to"
                + " 31536000");
  }

  @Test
  void onlyAnSqliteFileIsCopied() {
    Configuration configuration =
        read(Map.of("DB_URL", "postgresql://db/pro", "BACKUP_DIRECTORY", "/backups"));

    assertThat(configuration.settings().storage().backup()).isNull();
    assertThat(configuration.warnings())
        .extracting(SettingSource.Warning::text)
        .containsExactly(
            "SESH_PRO_BACKEND_BACKUP_DIRECTORY (environment) has no effect on PostgreSQL, which is"
                + " copied by means of its own");
    assertThat(read(Map.of("DB_URL", "postgresql://db/pro")).warnings()).isEmpty();
  }

  private static Configuration read(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>();
    variables.forEach((name, text) -> environment.put("SESH_PRO_BACKEND_" + name, text));
    return SettingsReader.configuration(List.of(SettingSource.environment(environment)));
  }
}
