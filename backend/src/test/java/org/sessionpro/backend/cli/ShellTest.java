package org.sessionpro.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ShellTest {
  private static final Report REPORT =
      Report.empty()
          .rows("items", List.of(Report.empty().text("id", "1").text("why", "y".repeat(90))));

  private static String printed(Terminals terminals, Map<String, String> environment, String... o) {
    CapturedShell shell = new CapturedShell(environment, terminals);
    OutputOptions options = new OutputOptions();
    new CommandLine(options).parseArgs(o);
    shell.shell().print(REPORT, options);
    return shell.out();
  }

  private record Terminal(int columns) implements Terminals {
    @Override
    public boolean showsResults() {
      return true;
    }

    @Override
    public boolean showsErrors() {
      return true;
    }
  }

  private static int widest(String text) {
    return text.lines().mapToInt(String::length).max().orElseThrow();
  }

  @Test
  void aPersonSeesAsMuchAsTheTerminalIsWide() {
    assertThat(widest(printed(new Terminal(60), Map.of()))).isEqualTo(60);
  }

  @Test
  void columnsSaysHowWideATerminalIs() {
    assertThat(widest(printed(new Terminal(60), Map.of("COLUMNS", "50")))).isEqualTo(50);
  }

  @Test
  void whatNobodyReadsAlongIsWhole() {
    assertThat(printed(Terminals.NONE, Map.of("COLUMNS", "50"))).contains("y".repeat(90));
  }

  @Test
  void whatIsAskedForIsWhole() {
    assertThat(printed(new Terminal(60), Map.of(), "--wide")).contains("y".repeat(90));
  }

  @Test
  void programsGetTheWhole() {
    assertThat(printed(new Terminal(60), Map.of(), "--json")).contains("y".repeat(90));
  }
}
