package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/// The line `YY-MM-DD HH:MM:SS.mmm LEVEL logger message` in local time (`operator-v1.md` §5).
///
/// Behind the message of a line about a request stands ` (reference 0123456789abcdef)`, the same for
/// all lines about it. Control characters of a message are escaped, so that no input can forge a line. A throwable
/// follows on lines of its own.
final class LogLine extends LayoutBase<ILoggingEvent> {
  private final DateTimeFormatter time;

  LogLine(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("yy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    time.formatTo(event.getInstant(), line);
    line.append(' ')
        .append(Severity.of(event))
        .append(' ')
        .append(event.getLoggerName())
        .append(' ');
    appendEscaped(line, event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(
          pair -> line.append(" (").append(pair.key).append(' ').append(pair.value).append(')'));
    }
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.toString();
  }

  /// An instant as lines begin with it.
  String time(Instant at) {
    return time.format(at);
  }

  private static void appendEscaped(StringBuilder line, String message) {
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
  }
}
