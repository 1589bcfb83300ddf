package org.sessionpro.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `docs/operations.md`, as tests read it.
final class Handbook {
  static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();

  /// Blocks for the service's own commands; those for root are marked.
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private static final Pattern INLINE = Pattern.compile("(?<!`)`(session-pro [^`]+)`");

  private static final Pattern ALERT = Pattern.compile("(?m)^### Alert (.*)$");

  private Handbook() {}

  /// What it tells to do in a state that no test of the whole handbook is in, and the test that does it.
  static final Map<String, String> RUN_ELSEWHERE =
      Map.of("session-pro db restore FILE", "strength/RestoreIT");

  /// What it tells to do with an item that is owed.
  static boolean needsAnItem(String command) {
    return command.matches(".*\\bID\\b.*");
  }

  /// What it tells to do while no server runs.
  static boolean needsSilence(String command) {
    return command.startsWith("session-pro keys rotate ");
  }

  /// Every `session-pro …` that it tells to run: those of blocks in their order, then those within
  /// sentences.
  static List<String> commands() throws IOException {
    Stream<String> ofBlocks =
        BLOCK
            .matcher(text())
            .results()
            .flatMap(block -> block.group(1).lines())
            .filter(line -> line.startsWith("session-pro "));
    Stream<String> ofSentences = INLINE.matcher(text()).results().map(found -> found.group(1));
    return Stream.concat(ofBlocks, ofSentences).distinct().toList();
  }

  /// What it has a section for, as links to them are written.
  static List<String> alerts() throws IOException {
    return ALERT
        .matcher(text())
        .results()
        .map(alert -> "alert-" + alert.group(1).replace(' ', '-'))
        .toList();
  }

  static String text() throws IOException {
    return Files.readString(PROJECT.resolve("docs/operations.md"));
  }
}
