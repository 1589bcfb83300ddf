package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class ProgramTest {
  private final CapturedShell shell = new CapturedShell(Map.of("SESH_PRO_BACKEND_PORT", "7"));
  private final List<Settings> served = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "serve --help", "keys --help", "keys show --help"})
  void everyHelpTextListsTheExitCodes(String arguments) {
    assertThat(run(arguments.split(" "))).isZero();
    assertThat(shell.out())
        .contains(
            """
            Exit status:
               0   done
               1   not done; one line on standard error says why
               2   the command line is not understood
               3   refused by the server, whose code is on standard error, or an import is blocked
               4   an import differs from its source in a way that nothing explains
            """);
  }

  @Test
  void theHelpTextListsTheCommands() {
    run("--help");

    assertThat(shell.out())
        .startsWith("Usage: pro ")
        .contains("\n  serve  ")
        .contains("\n  keys  ");
  }

  @Test
  void theVersionIsShown() {
    assertThat(run("--version")).isZero();
    assertThat(shell.out()).isEqualTo("pro unpackaged\n");
  }

  @Test
  void optionsOfServeBecomeSettings() {
    int status =
        run(
            "serve",
            "--bind",
            "::1",
            "--data",
            "/d",
            "--db",
            "sqlite:///x",
            "--key",
            "/k",
            "--log-level",
            "error");

    assertThat(status).isZero();
    Settings settings = served.getFirst();
    assertThat(settings.http().bind().isLoopbackAddress()).isTrue();
    assertThat(settings.http().port()).as("from the environment").isEqualTo(7);
    assertThat(settings.storage().dataDirectory()).isEqualTo(Path.of("/d"));
    assertThat(settings.storage().database()).isEqualTo(new DatabaseUrl.Sqlite(Path.of("x")));
    assertThat(settings.keys().signing())
        .isEqualTo(new SigningKeySource.ConfiguredFile(Path.of("/k")));
    assertThat(settings.log().level()).isEqualTo(LogLevel.ERROR);
  }

  @Test
  void developmentModeIsASwitch() {
    run("serve", "--dev", "--port", "8");

    assertThat(served.getFirst().dev()).isTrue();
    assertThat(served.getFirst().http().port()).isEqualTo(8);
  }

  @Test
  void allConfigurationProblemsAreShownAndNothingIsServed() {
    assertThat(run("serve", "--port", "x", "--bind", "y")).isEqualTo(2);
    assertThat(shell.err())
        .isEqualTo(
            """
            pro: --bind (command line) must be an IP address or localhost
            pro: --port (command line) must be a whole number from 0 to 65535
            pro: the configuration is not usable (see pro serve --help)
            """);
    assertThat(served).isEmpty();
  }

  static Stream<List<String>> misunderstood() {
    return Stream.of(
        List.of(),
        List.of("keys"),
        List.of("serv"),
        List.of("keys", "shwo"),
        List.of("serve", "--bogus"),
        List.of("keys", "generate"),
        List.of("serve", "--port"),
        List.of("test", "key", "--master-key", "abc"));
  }

  @ParameterizedTest
  @MethodSource("misunderstood")
  void aCommandLineThatIsNotUnderstoodGetsOneLineThatNamesTheHelp(List<String> arguments) {
    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(shell.err())
        .hasLineCount(1)
        .startsWith("pro: ")
        .contains("(see pro")
        .endsWith("--help)\n");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aMisspeltCommandIsGuessed() {
    run("serv");

    assertThat(shell.err()).contains("did you mean serve?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x"})
  void aKeyIsReadWithAndWithoutPrefix(String prefix) {
    assertThat(run("test", "key", "--master-key", prefix + "AB".repeat(32))).isZero();
    assertThat(shell.out()).isEqualTo("Key  " + "ab".repeat(32) + "\n");
  }

  @Test
  void aMalformedKeyIsRefusedWithoutRepeatingIt() {
    run("test", "key", "--master-key", "abc123");

    assertThat(shell.err())
        .contains("'--master-key'")
        .contains("must be 64 hex digits")
        .doesNotContain("abc123");
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "io", "bug"})
  void aFailureIsOneLineAndOne(String how) {
    assertThat(run("test", "end", how)).isOne();
    assertThat(shell.err())
        .isEqualTo(
            switch (how) {
              case "failed" -> "pro: it cannot be done\n";
              case "io" -> "pro: the disk is gone\n";
              default -> "pro: IllegalStateException: first line\n";
            });
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aRefusalOfTheServerIsThree() {
    assertThat(run("test", "end", "refused")).isEqualTo(3);
    assertThat(shell.err()).isEqualTo("pro: the server refused with not_subscribed: no account\n");
  }

  @Test
  void aProgramGetsErrorsAsJsonToo() {
    assertThat(run("test", "end", "refused", "--json")).isEqualTo(3);
    assertThat(shell.out())
        .isEqualTo(
            "{\"error\":\"not_subscribed\",\"message\":\"the server refused with not_subscribed: no account\"}\n");
  }

  @Test
  void aProgramGetsTheProblemsOfSettingsToo() {
    assertThat(run("keys", "show", "--db", "nonsense", "--json")).isEqualTo(2);
    assertThat(shell.out())
        .startsWith("{\"error\":\"usage\",\"message\":\"the configuration is not usable\",")
        .contains(
            "\"problems\":[{\"setting\":\"--db\",\"source\":\"command line\",\"detail\":\"must ");
  }

  private int run(String... arguments) {
    Shell surroundings = shell.shell();
    return new Program(
            surroundings,
            configuration -> served.add(configuration.settings()),
            List.of(
                new KeysCommands(surroundings, Crypto::selfTested, () -> Instant.EPOCH),
                new TestCommands(surroundings)))
        .run(arguments);
  }

  /// A command that takes a key, and one that ends in each of the possible ways.
  @Command(name = "test")
  static final class TestCommands {
    private final Shell shell;

    TestCommands(Shell shell) {
      this.shell = shell;
    }

    @Command
    int key(
        @Option(names = "--master-key", required = true) MasterKey key,
        @Mixin OutputOptions output) {
      return shell.print(Report.empty().text("key", key.hex()), output);
    }

    @Command
    int end(@Parameters String how, @Mixin OutputOptions output) {
      return switch (how) {
        case "well" -> shell.print(Report.empty(), output);
        case "failed" -> throw CommandFailed.because("it cannot be done");
        case "io" -> throw new UncheckedIOException("the disk is gone", new IOException("EIO"));
        case "refused" -> throw CommandFailed.refused("not_subscribed", "no account");
        default -> throw new IllegalStateException("first line\nsecond line");
      };
    }
  }
}
