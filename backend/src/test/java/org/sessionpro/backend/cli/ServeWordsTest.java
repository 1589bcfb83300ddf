package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.Configuration;
import org.sessionpro.backend.config.Setting;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ServeWordsTest {
  private final CapturedShell shell = new CapturedShell(Map.of());
  private final List<Configuration> served = new ArrayList<>();
  private final Serving serving = new Serving(shell.shell(), served::add);
  private final CommandTree library = new CommandTree(shell.shell(), serving, List::of);

  /// Each option that the library knows by itself, alone and in development mode, and all of them.
  static Stream<List<String>> usual() {
    CommandLine pro =
        new Program(new CapturedShell(Map.of()).shell(), _ -> {}, List.of()).commandLine();
    List<OptionSpec> options =
        Objects.requireNonNull(pro.getSubcommands().get("serve"))
            .getCommandSpec()
            .options()
            .stream()
            .filter(option -> !option.usageHelp())
            .toList();
    List<String> all =
        options.stream()
            .filter(option -> !option.longestName().equals("--config"))
            .flatMap(ServeWordsTest::words)
            .toList();
    return Stream.of(
            Stream.of(List.<String>of(), all),
            options.stream().map(option -> words(option).toList()),
            options.stream()
                .filter(option -> !option.longestName().equals("--dev"))
                .map(option -> Stream.concat(Stream.of("--dev"), words(option)).toList()))
        .flatMap(some -> some);
  }

  private static Stream<String> words(OptionSpec option) {
    String name = option.longestName();
    return option.arity().max() == 0 ? Stream.of(name) : Stream.of(name, value(name));
  }

  private static String value(String option) {
    return switch (option) {
      case "--bind", "--ops-bind" -> "::1";
      case "--port" -> "0";
      case "--ops-port" -> "65535";
      case "--log-level" -> "debug";
      case "--db" -> "sqlite:///a?b=c&d=%20";
      default -> "a folder/of \"mine\"=x,y";
    };
  }

  @ParameterizedTest
  @MethodSource("usual")
  void whatIsUsualIsReadAsTheLibraryReadsIt(List<String> options) {
    String[] words = words(options);

    Map<Setting, @Nullable String> read = ServeWords.read(words).orElseThrow();
    Outcome own = outcome(() -> new Program(shell.shell(), served::add, List.of()).run(words));
    Outcome theirs = outcome(() -> library.run(words));

    assertThat(read).hasSize((int) options.stream().filter(it -> it.startsWith("--")).count());
    assertThat(own).isEqualTo(theirs);
  }

  private static String[] words(List<String> options) {
    return Stream.concat(Stream.of("serve"), options.stream()).toArray(String[]::new);
  }

  private record Outcome(int status, List<Configuration> served, String out, String err) {}

  private Outcome outcome(IntSupplier run) {
    served.clear();
    int before = shell.err().length();
    int status = run.getAsInt();
    return new Outcome(status, List.copyOf(served), shell.out(), shell.err().substring(before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys show",
        "--dev serve",
        "serve --help",
        "serve -h",
        "serve --bogus",
        "serve --port",
        "serve --port --dev",
        "serve --port -1",
        "serve --port=1",
        "serve --dev=1",
        "serve --dev --dev",
        "serve --port 1 --port 2",
        "serve --data 'd'",
        "serve --data \"d\"",
        "serve --data @file",
        "serve @file",
        "serve --",
        "serve word",
        "serve --dev word",
        "serve --print-tables 1",
        "Serve"
      })
  void whatIsUnusualIsLeftToTheLibrary(String words) {
    assertThat(ServeWords.read(words.isEmpty() ? new String[0] : words.split(" "))).isEmpty();
  }

  @Test
  void anEmptyValueIsLeftToTheLibrary() {
    assertThat(ServeWords.read("serve", "--data", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"an ordinary fault", "of two\nlines"})
  void aFaultWhileServingIsToldAsTheLibraryTellsIt(String message) {
    ServeAction failing =
        _ -> {
          throw new IllegalStateException(message);
        };
    CommandTree tree =
        new CommandTree(shell.shell(), new Serving(shell.shell(), failing), List::of);

    Outcome own = outcome(() -> new Program(shell.shell(), failing, List.of()).run("serve"));
    Outcome theirs = outcome(() -> tree.run("serve"));

    assertThat(own).isEqualTo(theirs);
    assertThat(own.status()).isEqualTo(ExitCode.FAILED.number());
  }
}
