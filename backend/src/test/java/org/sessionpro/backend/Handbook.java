package org.sessionpro.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// `docs/operations.md`, as tests read it.
final class Handbook {
  static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();

  /// Blocks for the service's own commands; those for root are marked.
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private static final Pattern ALERT = Pattern.compile("(?m)^### Alert (.*)$");

  private Handbook() {}

  /// Every `session-pro …` that it tells to run, in its order.
  static List<String> commands() throws IOException {
    return BLOCK
        .matcher(text())
        .results()
        .flatMap(block -> block.group(1).lines())
        .filter(line -> line.startsWith("session-pro "))
        .toList();
  }

  /// What it has a section for, as links to them are written.
  static List<String> alerts() throws IOException {
    return ALERT
        .matcher(text())
        .results()
        .map(alert -> "alert-" + alert.group(1).replace(' ', '-'))
        .toList();
  }

  private static String text() throws IOException {
    return Files.readString(PROJECT.resolve("docs/operations.md"));
  }
}
