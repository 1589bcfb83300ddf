package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import picocli.CommandLine;

/// What holds of all commands of the program.
class CommandLineTest {
  /// What has no result, or tables as they are.
  private static final List<String> WITHOUT_JSON =
      List.of("pro serve", "pro completion", "pro config example", "pro db print");

  /// What changes something that was there before.
  private static final List<String> PLANNED_FIRST =
      List.of(
          "pro account revoke",
          "pro apple catch-up",
          "pro apple parked",
          "pro apple reconcile",
          "pro db migrate",
          "pro db restore",
          "pro google pull-once",
          "pro google reconcile",
          "pro google review",
          "pro google-purchase cancel",
          "pro google-purchase defer",
          "pro google-purchase refund",
          "pro google-purchase revoke",
          "pro import python",
          "pro inbox drop",
          "pro inbox reconcile",
          "pro inbox retry",
          "pro keys rotate",
          "pro payment reattribute",
          "pro revocations bump-ticket",
          "pro voucher mint");

  /// Those of them that only have done sooner what is done anyway.
  private static final List<String> WITHOUT_REASON =
      List.of(
          "pro apple catch-up",
          "pro apple reconcile",
          "pro db migrate",
          "pro google pull-once",
          "pro google reconcile",
          "pro import python",
          "pro inbox reconcile",
          "pro inbox retry");

  @TempDir Path folder;
  private final CapturedShell shell = new CapturedShell(Map.of());

  private int run(String... words) {
    return Main.program(shell.shell()).run(words);
  }

  private static Stream<CommandLine> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command)
        : command.getSubcommands().values().stream().flatMap(CommandLineTest::leaves);
  }

  private List<String> having(String option) {
    return leaves(Main.program(shell.shell()).commandLine())
        .map(CommandLine::getCommandSpec)
        .filter(spec -> spec.findOption(option) != null)
        .map(spec -> spec.qualifiedName())
        .toList();
  }

  @Test
  void everyCommandSpeaksToPrograms() {
    List<String> all =
        leaves(Main.program(shell.shell()).commandLine())
            .map(command -> command.getCommandSpec().qualifiedName())
            .filter(name -> !WITHOUT_JSON.contains(name))
            .toList();

    assertThat(having("--json")).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void whateverChangesSomethingIsPlannedFirst() {
    assertThat(having("--apply")).containsExactlyInAnyOrderElementsOf(PLANNED_FIRST);
  }

  @Test
  void whateverTakesOrGivesHasAReason() {
    List<String> deciding =
        PLANNED_FIRST.stream().filter(name -> !WITHOUT_REASON.contains(name)).toList();

    assertThat(having("--reason")).containsAll(deciding);
  }

  @Test
  void thePageNamesWhatNeedsNoReason() throws IOException {
    String row =
        Files.readAllLines(Path.of("../docs/commands.md")).stream()
            .filter(line -> line.startsWith("| `--reason TEXT` |"))
            .findFirst()
            .orElseThrow();

    assertThat(WITHOUT_REASON)
        .allMatch(name -> row.contains("`" + name.substring("pro ".length()) + "`"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, client keygen --out FOLDER/wallet.json",
    "1, keys show --data FOLDER",
    "1, account show x --db sqlite:///FOLDER/none.db",
    "1, revocations delete " + KEY,
    "2, keys",
    "2, nonsense",
    "2, account revoke x",
    "2, client status",
    "1, client revocations --url http://127.0.0.1:1",
  })
  void theExitStatusIsTheSameEverywhere(int status, String words) {
    assertThat(run(words.replace("FOLDER", folder.toString()).split(" "))).isEqualTo(status);
  }

  private static final String KEY =
      "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";

  /// What bash would complete the words with that were typed so far.
  private List<String> completions(Path script, String... typed) throws Exception {
    String words = String.join("' '", typed);
    String ask =
        "source '%s'; COMP_WORDS=('%s'); COMP_CWORD=%d; COMPREPLY=(); _complete_pro 2>/dev/null; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, words, typed.length - 1);
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", ask).redirectErrorStream(true).start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return answer.lines().map(String::strip).toList();
  }

  private Path script(String kind) throws IOException {
    assertThat(run("completion", kind)).as(shell::err).isZero();
    return Files.writeString(folder.resolve("completion." + kind), shell.out());
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path script = script("bash");

    assertThat(completions(script, "pro", "acc")).containsExactly("account");
    assertThat(completions(script, "pro", "account", "rev")).containsExactly("revoke");
    assertThat(completions(script, "pro", "account", "revoke", "--app")).containsExactly("--apply");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pro", "./pro", "session-pro"})
  void theProgramIsCompletedUnderEachOfItsNames(String name) throws Exception {
    String ask = "source '%s' && complete -p %s".formatted(script("bash"), name);
    Process bash = new ProcessBuilder("bash", "--norc", "-c", ask).start();

    assertThat(bash.inputReader().readLine()).contains("-F _complete_pro").endsWith(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void theScriptIsWellFormed(String kind) throws Exception {
    Process bash = new ProcessBuilder("bash", "-n", script(kind).toString()).inheritIO().start();

    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void anUnknownShellIsNotUnderstood() {
    assertThat(run("completion", "fish")).isEqualTo(2);
    assertThat(run("completion")).isEqualTo(2);
  }
}
