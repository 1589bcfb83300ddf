package org.sessionpro.backend.cli.takeover;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.takeover.Subject;

/// A file of everything that was found, with real ids: one line each, code, kind and id, separated by
/// tabs. Only its owner can read it.
final class IdsFile implements AutoCloseable {
  private final @Nullable BufferedWriter lines;

  private IdsFile(@Nullable BufferedWriter lines) {
    this.lines = lines;
  }

  /// @param file a new one; null for none, which takes no line
  static IdsFile create(@Nullable Path file) {
    if (file == null) {
      return new IdsFile(null);
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new IdsFile(Files.newBufferedWriter(file));
    } catch (FileAlreadyExistsException exists) {
      throw CommandFailed.misused("--ids must name a file that does not exist");
    } catch (IOException impossible) {
      throw CommandFailed.because("the file of ids cannot be made");
    }
  }

  void write(String code, Subject subject) {
    if (lines == null) {
      return;
    }
    try {
      lines.write(code + "\t" + subject.kind() + "\t" + id(subject) + "\n");
    } catch (IOException full) {
      throw new UncheckedIOException("the file of ids cannot be written", full);
    }
  }

  private static String id(Subject subject) {
    return switch (subject.kind()) {
      case "account", "tag" -> subject.id().hex();
      default ->
          new String(subject.id().toByteArray(), StandardCharsets.UTF_8)
              .replaceAll("\\p{Cntrl}", "?");
    };
  }

  @Override
  public void close() {
    try {
      if (lines != null) {
        lines.close();
      }
    } catch (IOException full) {
      throw new UncheckedIOException("the file of ids cannot be written", full);
    }
  }
}
