package org.sessionpro.backend.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PublicKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;

/// The file that holds a signing key (`wire-v1.md` §4):
///
/// | characters | content |
/// |---|---|
/// | 0…63 | seed, hex of either case |
/// | 64…127 | public key of that seed, hex |
/// | 128 | a line end, or nothing |
///
/// Others must have no right to it; owner and group may (`decisions.md` §6: 0600 and 0440 are both
/// in use).
public final class SigningKeyFile {
  private static final int DIGITS = 2 * (Seed.SIZE + PublicKey.SIZE);
  private static final int LONGEST_LINE_END = 2;

  private static final Set<PosixFilePermission> RIGHTS_OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private SigningKeyFile() {}

  /// Reads and checks `file`.
  ///
  /// @throws KeyFileRefused if it is absent, unreadable, open to others, or anything but a key
  public static ServerKey read(Path file, Crypto crypto) {
    try {
      requireRights(file);
      return parse(file, content(file), crypto);
    } catch (NoSuchFileException absent) {
      throw new KeyFileRefused(file, "does not exist");
    } catch (AccessDeniedException denied) {
      throw new KeyFileRefused(file, "cannot be read by this user");
    } catch (IOException | UnsupportedOperationException unreadable) {
      throw new KeyFileRefused(file, "cannot be read: " + reason(unreadable));
    }
  }

  /// Writes a new key to `file` with mode 0600, whole or not at all, never over another file. The
  /// key is on disk when this returns.
  ///
  /// @throws KeyFileRefused if `file` exists or cannot be written
  public static ServerKey create(Path file, Seed seed, Crypto crypto) {
    ServerKey key = ServerKey.of(seed, crypto);
    Path directory = file.toAbsolutePath().resolveSibling("");
    try {
      Path written = write(directory, seed.bytes().hex() + key.publicKey().hex() + "\n");
      try {
        // A link, unlike a move, fails if somebody else has made the file meanwhile.
        Files.createLink(file, written);
      } finally {
        Files.delete(written);
      }
      try (FileChannel folder = FileChannel.open(directory)) {
        folder.force(true);
      }
      return key;
    } catch (FileAlreadyExistsException exists) {
      throw new KeyFileRefused(file, "exists already and is never overwritten");
    } catch (NoSuchFileException absent) {
      throw new KeyFileRefused(file, "cannot be made: its directory does not exist");
    } catch (AccessDeniedException denied) {
      throw new KeyFileRefused(file, "cannot be made: this user may not write to its directory");
    } catch (IOException | UnsupportedOperationException impossible) {
      throw new KeyFileRefused(file, "cannot be made: " + reason(impossible));
    }
  }

  private static void requireRights(Path file) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new KeyFileRefused(file, "must be a regular file");
    }
    if (attributes.permissions().stream().anyMatch(RIGHTS_OF_OTHERS::contains)) {
      throw new KeyFileRefused(
          file,
          "must give others no right, but its mode is "
              + PosixFilePermissions.toString(attributes.permissions())
              + " (chmod o-rwx)");
    }
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(DIGITS + LONGEST_LINE_END + 1);
    }
  }

  private static ServerKey parse(Path file, byte[] content, Crypto crypto) {
    String digits = withoutLineEnd(new String(content, StandardCharsets.ISO_8859_1));
    if (digits.length() != DIGITS) {
      throw new KeyFileRefused(file, "must hold exactly " + DIGITS + " hex digits");
    }
    if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new KeyFileRefused(file, "must hold hex digits only");
    }
    Seed seed = Seed.fromHex(digits.substring(0, 2 * Seed.SIZE));
    ByteString stated = ByteString.fromHex(digits.substring(2 * Seed.SIZE));
    ServerKey key = ServerKey.of(seed, crypto);
    if (!key.publicKey().bytes().equals(stated)) {
      throw new KeyFileRefused(file, "must end with the public key of its seed, and does not");
    }
    return key;
  }

  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private static String reason(Exception fault) {
    @Nullable String reason =
        fault instanceof FileSystemException ofFile ? ofFile.getReason() : fault.getMessage();
    return reason == null ? fault.getClass().getSimpleName() : reason;
  }

  private static Path write(Path directory, String content) throws IOException {
    Path temporary =
        Files.createTempFile(
            directory,
            ".key",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return temporary;
  }
}
