package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SettingsReader;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.OlderTables;
import org.sessionpro.backend.db.SchemaState.Standing;
import org.sessionpro.backend.ledger.ForeignLedger;
import org.sessionpro.backend.proof.KeyFileRefused;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.protocol.crypto.Seed;

/// A server of a new release that starts on the tables of an older one (`operator-v1.md` §3).
@ParameterizedClass
@EnumSource(Engine.class)
class KeyBeforeTablesTest {
  private static final int OLDER = 11;

  @Parameter Engine engine;
  @TempDir Path folder;
  private DatabaseUrl url;
  private Path key;
  private final Map<Setting, @Nullable String> given = new HashMap<>();

  @BeforeEach
  void choose() {
    url = engine.withoutTables(folder);
    key = folder.resolve("the.key");
    given.put(Setting.DATA_DIR, folder.resolve("data").toString());
    given.put(Setting.DB_URL, Engine.text(url));
    given.put(Setting.PORT, "0");
    given.put(Setting.KEY_PATH, key.toString());
  }

  private void makeOlder(String owner) {
    OlderTables.make(url, OLDER);
    OlderTables.change(
        url, "INSERT INTO ledger_identity (name, value) VALUES ('signing_key', '" + owner + "')");
  }

  private String makeKey(Path file) {
    Seed seed = Seed.fromHex("42".repeat(Seed.SIZE));
    return SigningKeyFile.create(file, seed, RunningBackend.CRYPTO).publicKey().hex();
  }

  private void start() {
    Settings settings = SettingsReader.read(SettingSource.all(given, Map.of()));
    Backend.start(settings, () -> RunningBackend.CRYPTO, InstantSource.system(), _ -> {}).close();
  }

  private void assertRefusedAsOlder(Class<? extends RuntimeException> refusal) {
    assertThatThrownBy(this::start).isInstanceOf(refusal);
    assertThat(Databases.state(url).installed()).isEqualTo(OLDER);
  }

  @Test
  void aKeyThatCannotBeReadLeavesTheTablesAsTheyAre() throws IOException {
    makeOlder("ab".repeat(32));
    Files.writeString(key, "no key");

    assertRefusedAsOlder(KeyFileRefused.class);
  }

  @Test
  void soDoesAnEarlierKeyThatCannotBeRead() {
    makeOlder(makeKey(key));
    given.put(Setting.ONION_PREVIOUS_KEY_PATHS, folder.resolve("none.key").toString());

    assertRefusedAsOlder(KeyFileRefused.class);
  }

  @Test
  void theLedgerOfAnotherDeploymentIsLeftAsItIs() {
    makeKey(key);
    makeOlder("ab".repeat(32));

    assertRefusedAsOlder(ForeignLedger.class);
  }

  @Test
  void soIsALedgerWhoseKeyIsLost() {
    given.remove(Setting.KEY_PATH);
    makeOlder("ab".repeat(32));

    assertRefusedAsOlder(KeyFileRefused.class);
  }

  @Test
  void noTablesAreMadeForAKeyThatCannotBeRead() {
    assertThatThrownBy(this::start).isInstanceOf(KeyFileRefused.class);

    assertThat(Databases.state(url).standing()).isEqualTo(Standing.ABSENT);
  }

  @Test
  void theKeyOfTheLedgerBringsItsTablesUpToDate() {
    makeOlder(makeKey(key));

    start();

    assertThat(Databases.state(url).standing()).isEqualTo(Standing.CURRENT);
  }

  @Test
  void anOlderLedgerThatWasNeverServedGetsItsFirstKey() {
    given.remove(Setting.KEY_PATH);
    OlderTables.make(url, OLDER);

    start();

    assertThat(Databases.state(url).standing()).isEqualTo(Standing.CURRENT);
    assertThat(folder.resolve("data/signing.key")).exists();
  }
}
