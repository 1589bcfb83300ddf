package org.sessionpro.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FillCommandTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_767_225_600));

  @TempDir Path folder;

  private String fill(String... where) {
    StringWriter told = new StringWriter();
    CommandLine command = new CommandLine(new FillCommand(new PrintWriter(told), CLOCK));
    assertThat(command.execute(where)).isZero();
    return told.toString();
  }

  @Test
  void theLedgerOfTheDataFolderIsFilled() {
    Path data = folder.resolve("new").resolve("data");

    String told = fill("--data", data.toString(), "--accounts", "3", "--seed", "1");

    assertThat(told).startsWith("3 accounts").contains("--filled 1:3");
    assertThat(data.resolve("pro.db")).isNotEmptyFile();
  }

  @Test
  void theNamedLedgerIsFilledWhateverTheFolder() {
    Path named = folder.resolve("named.db");

    fill("--data", folder.toString(), "--db", "sqlite:///" + named, "--accounts", "3");

    assertThat(named).isNotEmptyFile();
    assertThat(folder.resolve("pro.db")).doesNotExist();
  }
}
