package org.sessionpro.backend.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLineTest {
  private final JsonLine layout = new JsonLine();

  @Test
  void aLineIsOneObject() {
    assertThat(layout.doLayout(event("proof issued")))
        .isEqualTo(
            """
            {"time":"2026-03-01T12:05:09.007Z","level":"INFO","logger":"backend",\
            "message":"proof issued"}
            """);
  }

  @Test
  void nothingInAMessageForgesALine() throws Exception {
    String message = "a\n{\"level\":\"INFO\"}\u2028b";

    assertThat(layout.doLayout(event(message))).hasLineCount(1);
    assertThat(read(event(message)).get("message").asText()).isEqualTo(message);
  }

  @Test
  void anErrorMarkedCriticalIsCritical() throws Exception {
    LoggingEvent event = event(Level.ERROR, "x");
    event.addMarker(Severity.CRITICAL);

    assertThat(read(event).get("level").asText()).isEqualTo("CRITICAL");
  }

  @Test
  void theReferenceOfARequestHasAMemberOfItsOwn() throws Exception {
    LoggingEvent event = event("x");
    event.addKeyValuePair(new KeyValuePair("reference", "0123456789abcdef"));

    assertThat(read(event).get("reference").asText()).isEqualTo("0123456789abcdef");
  }

  @Test
  void aThrowableStaysWithinTheLine() throws Exception {
    LoggingEvent event = event("x");
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("why")));

    assertThat(layout.doLayout(event)).hasLineCount(1);
    assertThat(read(event).get("throwable").asText())
        .startsWith("java.lang.IllegalStateException: why\n\tat ");
  }

  private JsonNode read(LoggingEvent event) throws Exception {
    return new ObjectMapper().readTree(layout.doLayout(event));
  }

  private static LoggingEvent event(String message) {
    return event(Level.INFO, message);
  }

  private static LoggingEvent event(Level level, String message) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(new LoggerContext());
    event.setLoggerName("backend");
    event.setLevel(level);
    event.setMessage(message);
    event.setInstant(Instant.parse("2026-03-01T12:05:09.007Z"));
    return event;
  }
}
