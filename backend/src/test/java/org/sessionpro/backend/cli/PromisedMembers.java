package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the help of a command promises of its output with `--json`, compared with what it prints.
///
/// A help has one or more paragraphs that begin with `Members with --json`, one for each form of the
/// output. Either the names follow a colon in the same paragraph, or they are the first column of the
/// table below. What a member that holds rows says ends its first sentence with the names of theirs,
/// behind a colon if anything comes before. What stands in parentheses is for people.
public final class PromisedMembers {
  private static final String BEGINNING = "Members with --json";
  private static final Pattern ROW =
      Pattern.compile(" {2}([a-z][a-z0-9_]*(?:, [a-z][a-z0-9_]*)*)(?: +(.*))?");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final List<String> FAILURE = List.of("error", "message");

  private PromisedMembers() {}

  /// Runs a command as [Program] does. If it prints JSON, that must be what its help promises.
  ///
  /// @return the exit status
  public static int run(CapturedShell shell, List<Object> nouns, String... words) {
    Program program = new Program(shell.shell(), _ -> {}, nouns);
    return run(shell, program, program::commandLine, words);
  }

  /// As above.
  ///
  /// @param whole all commands, with their help; asked for only if there is something to compare
  public static int run(
      CapturedShell shell, Program program, Supplier<CommandLine> whole, String... words) {
    int before = shell.out().length();
    int status = program.run(words);
    String printed = shell.out().substring(before);
    if (List.of(words).contains("--json") && !printed.isBlank()) {
      ParseResult parsed = whole.get().parseArgs(words);
      compare(parsed.asCommandLineList().getLast().getCommandSpec(), printed, status);
    }
    return status;
  }

  private static void compare(CommandSpec command, String printed, int status) {
    assertThat(printed.lines()).as("one object on one line").hasSize(1);
    JsonNode answer = parsed(printed);
    List<String> names = names(answer);
    if (status != 0 && names.equals(FAILURE)) {
      return;
    }
    List<Map<String, String>> forms = of(command);
    assertThat(forms)
        .as("the help of '%s' and %s", command.qualifiedName(), printed)
        .anySatisfy(form -> assertThat(List.copyOf(form.keySet())).isEqualTo(names));
    Map<String, String> form =
        forms.stream()
            .filter(one -> List.copyOf(one.keySet()).equals(names))
            .findFirst()
            .orElseThrow();
    for (String name : names) {
      for (JsonNode row : answer.required(name)) {
        assertThat(names(row))
            .as("rows of %s, of '%s'", name, command.qualifiedName())
            .isEqualTo(rowNames(form.getOrDefault(name, "")));
      }
    }
  }

  private static JsonNode parsed(String printed) {
    try {
      return new ObjectMapper().readTree(printed);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(printed, malformed);
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// The forms that a help promises: what it says of each member, in their order.
  public static List<Map<String, String>> of(CommandSpec command) {
    String help = String.join("\n", command.usageMessage().footer());
    List<String> paragraphs = Arrays.asList(help.split("\n\n", -1));
    List<Map<String, String>> forms = new ArrayList<>();
    for (int i = 0; i < paragraphs.size(); i++) {
      String paragraph = paragraphs.get(i).strip();
      if (paragraph.startsWith(BEGINNING)) {
        String[] halves = paragraph.replace('\n', ' ').split(": ", 2);
        forms.add(halves.length == 2 ? inline(halves[1]) : table(paragraphs.get(i + 1)));
      }
    }
    return forms;
  }

  private static Map<String, String> inline(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    rowNames(text).forEach(name -> members.put(name, ""));
    return members;
  }

  private static Map<String, String> table(String text) {
    Map<String, String> members = new LinkedHashMap<>();
    List<String> last = List.of();
    for (String line : text.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        last = List.of(row.group(1).split(", ", -1));
        String said = row.group(2) == null ? "" : row.group(2);
        last.forEach(name -> members.put(name, said));
      } else {
        String more = " " + line.strip();
        last.forEach(name -> members.merge(name, more, String::concat));
      }
    }
    return members;
  }

  private static List<String> rowNames(String said) {
    String sentence = said.replaceAll("\\([^)]*\\)", "").split("[.;]", 2)[0];
    String names = sentence.substring(sentence.lastIndexOf(':') + 1);
    return Arrays.stream(names.split(",", -1))
        .map(String::strip)
        .peek(name -> assertThat(name).as("a name in '%s'", said).matches(NAME))
        .toList();
  }
}
