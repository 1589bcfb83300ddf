package org.sessionpro.backend.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

class SigningKeyFileTest {
  private static final Crypto CRYPTO = Crypto.selfTested();
  private static final String SEED = "cd".repeat(32);
  private static final String PUBLIC =
      "fc947730f49eb01427a66e050733294d9e520e545c7a27125a780634e0860a27";

  @TempDir private Path directory;

  @Test
  void aKeyFileIsSeedAndPublicKey() throws IOException {
    ServerKey key = SigningKeyFile.read(file(SEED + PUBLIC), CRYPTO);

    assertThat(key.seed()).isEqualTo(Seed.fromHex(SEED));
    assertThat(key.publicKey().hex()).isEqualTo(PUBLIC);
  }

  @Test
  void theOnionKeyIsDerivedFromTheSeed() throws IOException {
    assertThat(SigningKeyFile.read(file(SEED + PUBLIC), CRYPTO).onion().publicKey().hex())
        .isEqualTo("920b81e9bf1a06e70814432668c61487d6fdbe13faaee3b09ebc56223061f140");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void aLineEndIsTolerated(String lineEnd) throws IOException {
    assertThat(SigningKeyFile.read(file(SEED + PUBLIC + lineEnd), CRYPTO).publicKey().hex())
        .isEqualTo(PUBLIC);
  }

  @Test
  void upperCaseDigitsAreAccepted() throws IOException {
    assertThat(
            SigningKeyFile.read(file((SEED + PUBLIC).toUpperCase(Locale.ROOT)), CRYPTO)
                .publicKey()
                .hex())
        .isEqualTo(PUBLIC);
  }

  @Test
  void aPublicKeyOfAnotherSeedIsRefused() throws IOException {
    Path file = file("ce".repeat(32) + PUBLIC);

    assertRefused(
        () -> SigningKeyFile.read(file, CRYPTO),
        file,
        "must end with the public key of its seed, and does not");
  }

  @Test
  void anAbsentFileIsRefused() {
    Path file = directory.resolve("absent");

    assertRefused(() -> SigningKeyFile.read(file, CRYPTO), file, "does not exist");
  }

  @Test
  void anUnreadableFileIsRefused() throws IOException {
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

    assertRefused(
        () -> SigningKeyFile.read(loop, CRYPTO),
        loop,
        "cannot be read: Too many levels of symbolic links or unable to access attributes of symbolic link");
  }

  @Test
  void aDirectoryIsRefused() {
    assertRefused(
        () -> SigningKeyFile.read(directory, CRYPTO), directory, "must be a regular file");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 126, 127, 129, 256, 100_000})
  void anyOtherLengthIsRefused(int digits) throws IOException {
    Path file = file("c".repeat(digits));

    assertRefused(
        () -> SigningKeyFile.read(file, CRYPTO), file, "must hold exactly 128 hex digits");
  }

  @Test
  void aSecondLineEndIsRefused() throws IOException {
    Path file = file(SEED + PUBLIC + "\n\n");

    assertRefused(
        () -> SigningKeyFile.read(file, CRYPTO), file, "must hold exactly 128 hex digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"g", " ", "\n", "é"})
  void anythingButHexDigitsIsRefused(String character) throws IOException {
    Path file = directory.resolve("key");
    Files.write(
        file, (SEED + character + PUBLIC.substring(1)).getBytes(StandardCharsets.ISO_8859_1));
    restrict(file, "rw-------");

    assertRefused(() -> SigningKeyFile.read(file, CRYPTO), file, "must hold hex digits only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-----w-", "rw------x", "rw-rw-rw-"})
  void anyRightForOthersIsRefused(String mode) throws IOException {
    Path file = file(SEED + PUBLIC);
    restrict(file, mode);

    assertRefused(
        () -> SigningKeyFile.read(file, CRYPTO),
        file,
        "must give others no right, but its mode is " + mode + " (chmod o-rwx)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--r-----", "rw-rw----", "rwx------"})
  void rightsOfOwnerAndGroupAreAccepted(String mode) throws IOException {
    Path file = file(SEED + PUBLIC);
    restrict(file, mode);

    assertThat(SigningKeyFile.read(file, CRYPTO).publicKey().hex()).isEqualTo(PUBLIC);
  }

  @Test
  void aSymbolicLinkIsFollowed() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), file(SEED + PUBLIC));

    assertThat(SigningKeyFile.read(link, CRYPTO).publicKey().hex()).isEqualTo(PUBLIC);
  }

  @Test
  void aCreatedFileIsReadBack() {
    Path file = directory.resolve("new");

    ServerKey created = SigningKeyFile.create(file, Seed.fromHex(SEED), CRYPTO);

    assertThat(SigningKeyFile.read(file, CRYPTO).seed()).isEqualTo(created.seed());
  }

  @Test
  void aCreatedFileHasTheExactForm() {
    Path file = directory.resolve("new");

    SigningKeyFile.create(file, Seed.fromHex(SEED), CRYPTO);

    assertThat(file).hasContent(SEED + PUBLIC + "\n");
  }

  @Test
  void aCreatedFileIsItsOwnersOnly() throws IOException {
    Path file = directory.resolve("new");

    SigningKeyFile.create(file, Seed.fromHex(SEED), CRYPTO);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void creatingLeavesNothingElseBehind() throws IOException {
    SigningKeyFile.create(directory.resolve("new"), Seed.fromHex(SEED), CRYPTO);

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("new"));
    }
  }

  @Test
  void anExistingFileIsNeverOverwritten() throws IOException {
    Path file = file("precious");

    assertRefused(
        () -> SigningKeyFile.create(file, Seed.fromHex(SEED), CRYPTO),
        file,
        "exists already and is never overwritten");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aRefusedCreationLeavesNothingBehind() throws IOException {
    Path file = file("precious");

    assertThatThrownBy(() -> SigningKeyFile.create(file, Seed.fromHex(SEED), CRYPTO))
        .isInstanceOf(KeyFileRefused.class);

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEqualTo(List.of(file));
    }
  }

  @Test
  void aDanglingLinkIsNotFollowedWhenCreating() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("elsewhere"));

    assertRefused(
        () -> SigningKeyFile.create(link, Seed.fromHex(SEED), CRYPTO),
        link,
        "exists already and is never overwritten");
  }

  @Test
  void aMissingDirectoryIsReported() {
    Path file = directory.resolve("missing/key");

    assertRefused(
        () -> SigningKeyFile.create(file, Seed.fromHex(SEED), CRYPTO),
        file,
        "cannot be made: its directory does not exist");
  }

  @Test
  void neitherKeyNorSeedIsPrinted() throws IOException {
    assertThat(SigningKeyFile.read(file(SEED + PUBLIC), CRYPTO))
        .hasToString("ServerKey(" + PUBLIC + ")");
  }

  /// The whole message is compared, so nothing of the content can be in it.
  private static void assertRefused(ThrowingCallable call, Path file, String rule) {
    assertThatThrownBy(call)
        .isInstanceOf(KeyFileRefused.class)
        .hasMessage("key file " + file + " " + rule);
  }

  private Path file(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("key"), content);
    restrict(file, "rw-------");
    return file;
  }

  private static void restrict(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
