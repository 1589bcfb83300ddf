package org.sessionpro.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), 1_000_000);

  @Test
  void aLineSaysHowManyOfAllAndHowFast() {
    assertThat(progress.line(25_000, Duration.ofSeconds(10)))
        .isEqualTo("25,000 of 1,000,000 accounts, 2,500/s");
  }

  @Test
  void nothingIsSaidForEveryAccount() {
    progress.accept(1);
    progress.accept(2);

    assertThat(said.size()).isZero();
  }
}
