package org.sessionpro.protocol.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/// Code that takes whatever bytes the fuzzer makes up.
///
/// Its seeds are the files of `fuzz/<name>` in the test resources: samples of what it reads, and
/// every input that was once a finding.
///
/// @param name of a few lower-case letters
/// @param entry has the method that the fuzzer calls, `public static void
///     fuzzerTestOneInput(byte[])`
/// @param code that method, for calls without the fuzzer
/// @param allowed what the code under test may throw
public record FuzzTarget(String name, Class<?> entry, Code code, Allowed allowed) {

  /// Looks at one input; throws if it finds something wrong.
  @FunctionalInterface
  public interface Code {
    void accept(byte[] input);
  }

  /// The folder of the seeds.
  Path seeds() {
    URL url = Objects.requireNonNull(entry.getResource("/fuzz/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Feeds every seed.
  public void acceptSeeds() {
    try (Stream<Path> files = Files.list(seeds())) {
      for (Path seed : files.sorted().toList()) {
        try {
          code.accept(Files.readAllBytes(seed));
        } catch (RuntimeException | AssertionError failure) {
          throw new AssertionError(seed.getFileName() + ": " + failure.getMessage(), failure);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
