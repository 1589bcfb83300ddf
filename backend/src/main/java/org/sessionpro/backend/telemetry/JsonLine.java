package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sessionpro.protocol.json.JsonWriter;
import org.slf4j.event.KeyValuePair;

/// A line as one JSON object, for programs that gather logs.
///
/// | member | content |
/// |---|---|
/// | `time` | ISO 8601 in UTC |
/// | `level` | DEBUG, INFO, WARNING, ERROR or CRITICAL |
/// | `logger` | its name |
/// | `message` | as [LogLine] writes it, but for what JSON escapes |
/// | `reference` | of the request that the line is about, as its client is told it where the server fails; if there is one |
/// | `throwable` | with its stack; if there is one |
final class JsonLine extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    return new String(JsonWriter.object(json -> write(json, event)), StandardCharsets.UTF_8) + "\n";
  }

  private static void write(JsonWriter json, ILoggingEvent event) {
    json.text("time", event.getInstant().toString())
        .text("level", Severity.of(event).toString())
        .text("logger", event.getLoggerName())
        .text("message", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> json.text(pair.key, String.valueOf(pair.value)));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      json.text("throwable", ThrowableProxyUtil.asString(thrown));
    }
  }
}
