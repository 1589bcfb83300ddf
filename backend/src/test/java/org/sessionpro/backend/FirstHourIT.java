package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goes through the handbook with the packaged program: from nothing to two servers on PostgreSQL behind
/// nginx, with metrics, a backup and a restore. Where the machine does not allow that, it says why.
class FirstHourIT {
  private static final int NOT_HERE = 77;
  private static final int PATIENCE_SECONDS = 600;

  @TempDir private Path directory;

  @Test
  void theLinesOfTheHandbookLeadToWhatItPromises() throws Exception {
    Path said = directory.resolve("said.txt");
    Process handbook =
        new ProcessBuilder(Handbook.PROJECT.resolve(".ci/handbook").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(handbook.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      handbook.destroy();
    }
    String text = Files.readString(said);
    System.out.println(text.strip().lines().reduce("", (_, last) -> last));
    assumeTrue(handbook.exitValue() != NOT_HERE, text);
    assertThat(handbook.exitValue()).as(text).isZero();
  }
}
