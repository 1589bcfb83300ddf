package org.sessionpro.backend.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Origin;
import org.sessionpro.protocol.ByteString;

/// What is alerted on is what a probe sees.
class ReadinessTest {
  /// Longer than numbers of the database are waited for, shorter than a probe waits.
  private static final long SLOW_MILLIS = 600;

  private static final Exchange PROBE =
      new Exchange(
          Method.GET,
          "/health/ready",
          "",
          ByteString.of(new byte[0]),
          false,
          Origin.DIRECT,
          _ -> true);

  @Test
  void aSlowDatabaseIsReadyToAProbe() {
    assertThat(new Readiness(slow(), () -> "").handle(PROBE).status()).isEqualTo(200);
  }

  @Test
  void aSlowDatabaseIsReadyToAScrape() {
    assertThat(scraped(new Readiness(slow(), () -> ""))).contains("session_pro_ready 1.0");
  }

  @Test
  void aDrainingServerIsReadyToNoScrape() {
    Readiness readiness = new Readiness(() -> new SchemaState(1, 1), () -> "");
    readiness.drain();

    assertThat(scraped(readiness)).contains("session_pro_ready 0.0");
  }

  private static Supplier<SchemaState> slow() {
    CountDownLatch never = new CountDownLatch(1);
    return () -> {
      try {
        assertThat(never.await(SLOW_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return new SchemaState(1, 1);
    };
  }

  private static String scraped(Readiness readiness) {
    Scrape scrape = new Scrape();
    readiness.show(scrape);
    return new String(scrape.text().toByteArray(), StandardCharsets.UTF_8);
  }
}
