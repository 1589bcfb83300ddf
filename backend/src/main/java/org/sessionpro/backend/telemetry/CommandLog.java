package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The few lines of a command at the end of a log file to which a server may write at the same time:
/// each is appended as a whole, and the file is turned over by servers only ([LogFile]). There is no
/// file before there is a line.
final class CommandLog extends AppenderBase<ILoggingEvent> {
  private final Path file;
  private final Encoder<ILoggingEvent> encoder;
  private boolean failed;

  private CommandLog(Path file, Encoder<ILoggingEvent> encoder) {
    this.file = file;
    this.encoder = encoder;
  }

  static CommandLog to(Path file, Encoder<ILoggingEvent> encoder, LoggerContext context) {
    CommandLog log = new CommandLog(file, encoder);
    log.setContext(context);
    log.start();
    return log;
  }

  /// No command fails for the sake of its log.
  @Override
  protected void append(ILoggingEvent event) {
    if (failed) {
      return;
    }
    try {
      Files.write(
          file, encoder.encode(event), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException impossible) {
      failed = true;
      LoggerName.PRO
          .logger()
          .warn("the log file {} cannot be written to: this command is not logged", file);
    }
  }
}
