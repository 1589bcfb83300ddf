package org.sessionpro.backend.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.KeySettings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

class KeyHealthTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final BackendKey OTHER = BackendKey.fromHex("12".repeat(32));

  @TempDir private Path folder;

  private ServerKey keyAt(Path file) {
    return SigningKeyFile.create(file, Seed.fromHex("42".repeat(32)), CRYPTO);
  }

  private static List<KeyHealth.Problem> check(
      SigningKeySource signing, Optional<BackendKey> owner, Path... previous) {
    return KeyHealth.check(new KeySettings(signing, List.of(previous)), owner, CRYPTO);
  }

  @Test
  void theKeyOfTheLedgerIsHealthy() {
    Path file = folder.resolve("signing.key");
    BackendKey owner = keyAt(file).publicKey();

    assertThat(check(new SigningKeySource.ConfiguredFile(file), Optional.of(owner))).isEmpty();
    assertThat(check(new SigningKeySource.DefaultFile(file), Optional.of(owner))).isEmpty();
  }

  @Test
  void anotherKeyThanTheLedgersIsFound() {
    Path file = folder.resolve("signing.key");
    ServerKey key = keyAt(file);

    assertThat(check(new SigningKeySource.ConfiguredFile(file), Optional.of(OTHER)))
        .containsExactly(
            new KeyHealth.Problem(
                "signing_key",
                "public key " + key.publicKey().hex(),
                "the ledger's, " + OTHER.hex()));
  }

  @Test
  void theDevelopmentKeyOnARealLedgerIsFound() {
    assertThat(check(new SigningKeySource.Development(), Optional.of(OTHER)))
        .extracting(KeyHealth.Problem::key)
        .containsExactly("signing_key");
  }

  @Test
  void aMissingKeyIsFoundUnlessTheFirstStartWouldMakeIt() {
    Path file = folder.resolve("signing.key");

    assertThat(check(new SigningKeySource.DefaultFile(file), Optional.empty())).isEmpty();
    assertThat(check(new SigningKeySource.DefaultFile(file), Optional.of(OTHER))).hasSize(1);
    assertThat(check(new SigningKeySource.ConfiguredFile(file), Optional.empty())).hasSize(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void aKeyThatOthersMayReadIsFound() throws IOException {
    Path file = folder.resolve("signing.key");
    BackendKey owner = keyAt(file).publicKey();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(check(new SigningKeySource.ConfiguredFile(file), Optional.of(owner)))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.found()).contains("must give others no right", file.toString()));
  }

  @Test
  void anEarlierOnionKeyThatIsGoneIsFound() {
    Path file = folder.resolve("signing.key");
    BackendKey owner = keyAt(file).publicKey();

    assertThat(
            check(
                new SigningKeySource.ConfiguredFile(file),
                Optional.of(owner),
                folder.resolve("earlier.key")))
        .extracting(KeyHealth.Problem::key)
        .containsExactly("previous_onion_key");
  }
}
