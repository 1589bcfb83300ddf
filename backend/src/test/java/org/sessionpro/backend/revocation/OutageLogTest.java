package org.sessionpro.backend.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.simulator.SimulatedClock;

/// What an operator reads of an outage.
class OutageLogTest {
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(Instant.ofEpochSecond(1_767_225_600));
  private final Logger logger = (Logger) LoggerName.BACKEND.logger();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private FailingDatabase database;
  private Revocations revocations;

  @BeforeEach
  void open() {
    database = new FailingDatabase(Engine.SQLITE.open(folder));
    Rules rules = Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom()));
    revocations = new Revocations(new Ledger(database, rules), clock);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void close() {
    logger.detachAppender(lines);
    database.close();
  }

  private void pollForTenSeconds(boolean failing) {
    database.fail(failing);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofSeconds(1));
      revocations.current();
    }
  }

  private long warnings() {
    return lines.list.stream().filter(line -> line.getLevel().toString().equals("WARN")).count();
  }

  @Test
  void anOutageIsOneWarning() {
    pollForTenSeconds(true);
    assertThat(warnings()).isOne();
  }

  @Test
  void theNextOutageIsAnother() {
    pollForTenSeconds(true);
    pollForTenSeconds(false);
    pollForTenSeconds(true);
    assertThat(warnings()).isEqualTo(2);
  }

  @Test
  void theWarningSaysWhichListIsServedAndForHowLong() {
    pollForTenSeconds(true);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .isEqualTo(
            "the revocation list of 2026-01-01T00:00:00Z cannot be refreshed; it is served until"
                + " it is 5 min old");
  }
}
