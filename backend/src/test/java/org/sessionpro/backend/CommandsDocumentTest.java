package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.cli.CapturedShell;
import picocli.CommandLine;

/// `docs/commands.md` says what there is.
class CommandsDocumentTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static final CommandLine ALL =
      Main.program(new CapturedShell(Map.of()).shell()).commandLine();

  /// Every command of the two earlier servers.
  private static final List<String> EARLIER =
      List.of(
          "user-error set",
          "user-error delete",
          "google-notification list",
          "google-notification handle",
          "google-notification delete",
          "revoke list",
          "revoke user",
          "revoke timestamp",
          "revoke delete",
          "revoke bump-ticket",
          "report generate",
          "db info",
          "db print",
          "voucher",
          "server add-pro-payment",
          "server set-payment-refund-requested",
          "server get-pro-revocations",
          "server get-pro-details",
          "server generate-pro-proof");

  /// What stands for something in the document.
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "KEY", "a1".repeat(32),
          "ID", "some-id",
          "N", "7",
          "TEXT", "because",
          "FILE", "file",
          "URL", "http://127.0.0.1:5000");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "commands.md")).stream()
        .filter(line -> line.startsWith("| "))
        .toList();
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static Stream<String> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command.getCommandSpec().qualifiedName())
        : command.getSubcommands().values().stream().flatMap(CommandsDocumentTest::leaves);
  }

  static Stream<String> newSpellings() throws IOException {
    return rows().stream()
        .map(CommandsDocumentTest::cells)
        .filter(cells -> cells.size() > 4)
        .flatMap(cells -> code(cells.get(2)).stream());
  }

  @ParameterizedTest
  @MethodSource("newSpellings")
  void everyNewSpellingIsUnderstood(String spelling) {
    String[] words =
        Arrays.stream(spelling.split(" "))
            .skip(1)
            .map(word -> EXAMPLES.getOrDefault(word, word))
            .toArray(String[]::new);

    assertThat(spelling).startsWith("pro ");
    assertThatCode(() -> ALL.parseArgs(words)).doesNotThrowAnyException();
  }

  @Test
  void everyCommandOfTheEarlierServersIsNamed() throws IOException {
    List<String> named =
        rows().stream()
            .map(CommandsDocumentTest::cells)
            .filter(cells -> cells.size() > 4)
            .flatMap(cells -> code(cells.get(1)).stream())
            .toList();

    assertThat(EARLIER)
        .allSatisfy(
            command -> assertThat(named).anyMatch(text -> (text + " ").startsWith(command + " ")));
  }

  @Test
  void everyCommandHasALine() throws IOException {
    List<String> listed =
        rows().stream()
            .map(CommandsDocumentTest::cells)
            .filter(cells -> cells.size() == 4)
            .flatMap(cells -> code(cells.get(1)).stream())
            .filter(text -> text.startsWith("pro "))
            .toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(leaves(ALL).toList());
  }

  @Test
  void theDocumentKnowsTheExitCodes() throws IOException {
    List<String> codes =
        rows().stream()
            .filter(row -> row.startsWith("| exit status"))
            .flatMap(row -> Pattern.compile("\\b([0-4]) [a-z]").matcher(row).results())
            .map(MatchResult::group)
            .map(text -> text.substring(0, 1))
            .toList();

    assertThat(codes).containsExactly("0", "1", "2", "3", "4");
  }
}
