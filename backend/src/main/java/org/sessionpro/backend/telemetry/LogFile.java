package org.sessionpro.backend.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The log in a file, of which two earlier ones are kept: `pro.log`, `pro.log.1`, `pro.log.2`
/// (`operator-v0.md` §1.1). One process writes to it.
final class LogFile {
  private static final int KEPT = 2;

  private LogFile() {}

  /// Opens it, for this process alone: what turned it over beside another one would lose lines of both.
  ///
  /// @param size at which a new one is begun, in bytes
  /// @throws UncheckedIOException if it cannot be written to, or another process writes to it
  static RollingFileAppender<ILoggingEvent> open(
      Path file, long size, Encoder<ILoggingEvent> encoder, LoggerContext context) {
    requireWritable(file);
    Alone appender = new Alone(lock(file));
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    Numbered earlier = new Numbered(file);
    earlier.setContext(context);
    earlier.setParent(appender);
    earlier.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> full = new SizeBasedTriggeringPolicy<>();
    full.setContext(context);
    full.setMaxFileSize(new FileSize(size));
    full.setCheckIncrement(Duration.buildByMilliseconds(0));
    full.start();
    appender.setRollingPolicy(earlier);
    appender.setTriggeringPolicy(full);
    appender.start();
    return appender;
  }

  /// The library would only say so to itself.
  private static void requireWritable(Path file) {
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException impossible) {
      throw new UncheckedIOException("the log file " + file + " cannot be written to", impossible);
    }
  }

  /// The lock outlives the process that has it only as an empty file.
  private static FileChannel lock(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException("the log file " + file + " cannot be locked", impossible);
    }
    throw new UncheckedIOException(
        "another process writes to the log file " + file, new IOException("it is locked"));
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException here) {
      return false;
    }
  }

  /// Gives the lock back when it is stopped.
  private static final class Alone extends RollingFileAppender<ILoggingEvent> {
    private final FileChannel lock;

    Alone(FileChannel lock) {
      this.lock = lock;
    }

    @Override
    public void stop() {
      super.stop();
      try {
        lock.close();
      } catch (IOException impossible) {
        addWarn("the lock of the log file cannot be given back", impossible);
      }
    }
  }

  /// Numbers files that are full. The library's own way reads patterns in the name of the file.
  private static final class Numbered extends RollingPolicyBase {
    private final Path file;

    Numbered(Path file) {
      this.file = file;
    }

    @Override
    public void rollover() {
      try {
        for (int number = KEPT; number > 0; number--) {
          Path from = number == 1 ? file : numbered(number - 1);
          if (Files.exists(from)) {
            Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      } catch (IOException impossible) {
        throw new RolloverFailure("the log file cannot be turned over", impossible);
      }
    }

    private Path numbered(int number) {
      return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public String getActiveFileName() {
      return file.toString();
    }
  }
}
