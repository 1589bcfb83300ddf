package org.sessionpro.backend.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files that hold secrets: others must have no right to them; owner and group may (`decisions.md`
/// §6: 0600 and 0440 are both in use).
public final class SecretFile {
  private static final Set<PosixFilePermission> RIGHTS_OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private SecretFile() {}

  /// The content of `file`, or its first `limit` bytes if it is longer.
  ///
  /// @throws KeyFileRefused if it is absent, unreadable, no regular file, or open to others
  public static byte[] read(Path file, int limit) {
    try {
      requireRights(file);
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(limit);
      }
    } catch (NoSuchFileException absent) {
      throw new KeyFileRefused(file, "does not exist");
    } catch (AccessDeniedException denied) {
      throw new KeyFileRefused(file, "cannot be read by this user");
    } catch (IOException | UnsupportedOperationException unreadable) {
      throw new KeyFileRefused(file, "cannot be read: " + reason(unreadable));
    }
  }

  /// The rights to a file, as `rw-r-----`; empty if it is not there.
  public static Optional<String> mode(Path file) {
    try {
      return Optional.of(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    } catch (IOException | UnsupportedOperationException unknown) {
      return Optional.empty();
    }
  }

  /// Writes a new file of mode 0600, whole or not at all, never over another file. The content is on
  /// disk when this returns.
  ///
  /// @throws KeyFileRefused if `file` exists or cannot be written
  public static void create(Path file, byte[] content) {
    Path directory = file.toAbsolutePath().resolveSibling("");
    try {
      Path written = write(directory, content);
      try {
        // A link, unlike a move, fails if somebody else has made the file meanwhile.
        Files.createLink(file, written);
      } finally {
        Files.delete(written);
      }
      try (FileChannel folder = FileChannel.open(directory)) {
        folder.force(true);
      }
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

  private static Path write(Path directory, byte[] content) throws IOException {
    Path temporary =
        Files.createTempFile(
            directory,
            ".key",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return temporary;
    } catch (IOException failed) {
      Files.delete(temporary);
      throw failed;
    }
  }

  private static String reason(Exception fault) {
    @Nullable String reason =
        fault instanceof FileSystemException ofFile ? ofFile.getReason() : fault.getMessage();
    return reason == null ? fault.getClass().getSimpleName() : reason;
  }
}
