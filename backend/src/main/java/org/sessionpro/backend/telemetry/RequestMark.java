package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.event.KeyValuePair;

/// Writes on each line to which request it belongs, before threads that know nothing of the request
/// write it down. Has to be the first appender.
final class RequestMark extends UnsynchronizedAppenderBase<ILoggingEvent> {
  /// The name under which clients are told it.
  static final String REFERENCE = "reference";

  static RequestMark of(LoggerContext context) {
    RequestMark mark = new RequestMark();
    mark.setContext(context);
    mark.start();
    return mark;
  }

  @Override
  protected void append(ILoggingEvent event) {
    RequestId request = RequestId.current();
    if (request != null && event instanceof LoggingEvent line) {
      line.addKeyValuePair(new KeyValuePair(REFERENCE, request));
    }
  }
}
