package org.sessionpro.backend.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.KeySettings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.config.SigningKeySource.ConfiguredFile;
import org.sessionpro.backend.config.SigningKeySource.DefaultFile;
import org.sessionpro.backend.config.SigningKeySource.Development;
import org.sessionpro.backend.proof.ServerKeys.Origin;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

class ServerKeysTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final boolean EMPTY = true;
  private static final boolean IN_USE = false;

  @TempDir private Path directory;

  @Test
  void developmentModeUsesThePublicKeyOfTheContract() {
    ServerKeys keys = load(new Development(), IN_USE);

    assertThat(keys.current().publicKey().hex())
        .isEqualTo("fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27");
    assertThat(ServerKey.isDevelopment(keys.current().publicKey())).isTrue();
  }

  @Test
  void theFirstStartAtTheDefaultPlaceMakesAKey() {
    Path file = directory.resolve("data/signing.key");

    ServerKeys keys = load(new DefaultFile(file), EMPTY);

    assertThat(keys.origin()).isEqualTo(Origin.CREATED);
    assertThat(SigningKeyFile.read(file, CRYPTO).publicKey()).isEqualTo(keys.current().publicKey());
  }

  @Test
  void theDirectoryOfANewKeyIsItsOwnersOnly() throws IOException {
    load(new DefaultFile(directory.resolve("data/signing.key")), EMPTY);

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data"))))
        .isEqualTo("rwx------");
  }

  @Test
  void theSecondStartReadsTheKeyOfTheFirst() {
    DefaultFile source = new DefaultFile(directory.resolve("signing.key"));
    ServerKeys first = load(source, EMPTY);

    ServerKeys second = load(source, IN_USE);

    assertThat(second.origin()).isEqualTo(Origin.READ);
    assertThat(second.current().seed()).isEqualTo(first.current().seed());
  }

  @Test
  void twoNewKeysDiffer() {
    assertThat(load(new DefaultFile(directory.resolve("a")), EMPTY).current().seed())
        .isNotEqualTo(load(new DefaultFile(directory.resolve("b")), EMPTY).current().seed());
  }

  @Test
  void aLedgerInUseNeverGetsANewKey() {
    Path file = directory.resolve("signing.key");

    assertThatThrownBy(() -> load(new DefaultFile(file), IN_USE))
        .isInstanceOf(KeyFileRefused.class)
        .hasMessage(
            "key file "
                + file
                + " does not exist, but the ledger holds proofs made with it: restore it from its"
                + " backup");
    assertThat(file).doesNotExist();
  }

  @Test
  void aConfiguredKeyIsNeverMade() {
    Path file = directory.resolve("signing.key");

    assertThatThrownBy(() -> load(new ConfiguredFile(file), EMPTY))
        .isInstanceOf(KeyFileRefused.class)
        .hasMessage("key file " + file + " does not exist");
    assertThat(file).doesNotExist();
  }

  @Test
  void aConfiguredKeyIsRead() {
    Path file = directory.resolve("my.key");
    ServerKey made = SigningKeyFile.create(file, Seed.random(new SecureRandom()), CRYPTO);

    assertThat(load(new ConfiguredFile(file), IN_USE).current().seed()).isEqualTo(made.seed());
  }

  @Test
  void aDanglingLinkAtTheDefaultPlaceIsNotTakenForAFirstStart() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("signing.key"), Path.of("gone"));

    assertThatThrownBy(() -> load(new DefaultFile(link), EMPTY))
        .isInstanceOf(KeyFileRefused.class)
        .hasMessage("key file " + link + " does not exist");
  }

  @Test
  void previousKeysKeepTheirOnionKeysInOrder() {
    Path first = directory.resolve("1");
    Path second = directory.resolve("2");
    ServerKey one = SigningKeyFile.create(first, Seed.random(new SecureRandom()), CRYPTO);
    ServerKey two = SigningKeyFile.create(second, Seed.random(new SecureRandom()), CRYPTO);

    ServerKeys keys =
        ServerKeys.load(
            new KeySettings(new Development(), List.of(second, first)),
            EMPTY,
            CRYPTO,
            new SecureRandom());

    assertThat(keys.previousOnion()).containsExactly(two.onion(), one.onion());
  }

  @Test
  void anAbsentPreviousKeyIsRefused() {
    Path absent = directory.resolve("absent");
    KeySettings settings = new KeySettings(new Development(), List.of(absent));

    assertThatThrownBy(() -> ServerKeys.load(settings, EMPTY, CRYPTO, new SecureRandom()))
        .isInstanceOf(KeyFileRefused.class)
        .hasMessage("key file " + absent + " does not exist");
  }

  private static ServerKeys load(SigningKeySource source, boolean ledgerIsEmpty) {
    return ServerKeys.load(
        new KeySettings(source, List.of()), ledgerIsEmpty, CRYPTO, new SecureRandom());
  }
}
