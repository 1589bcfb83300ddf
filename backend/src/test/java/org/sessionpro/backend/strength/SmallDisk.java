package org.sessionpro.backend.strength;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A disk of few megabytes, which is mounted in memory; that takes rights that not everybody has.
final class SmallDisk implements AutoCloseable {
  private static final byte[] BLOCK = new byte[4_096];

  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /// Mounts one; empty if that is not allowed here.
  static Optional<SmallDisk> mount(int megabytes) {
    try {
      Path root = Files.createTempDirectory("small-disk");
      if (run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", root.toString())) {
        return Optional.of(new SmallDisk(root));
      }
      Files.delete(root);
      return Optional.empty();
    } catch (IOException impossible) {
      return Optional.empty();
    }
  }

  /// A new folder on it.
  Path folder(String name) {
    try {
      return Files.createDirectory(root.resolve(name));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Takes all the room that is left.
  void fill() {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(BLOCK);
      }
    } catch (IOException full) {
      // That was the aim.
    }
  }

  /// Gives the room back.
  void free() {
    try {
      Files.delete(filler());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Path filler() {
    return root.resolve("filler");
  }

  @Override
  public void close() {
    try {
      if (run("umount", root.toString())) {
        Files.delete(root);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static boolean run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
