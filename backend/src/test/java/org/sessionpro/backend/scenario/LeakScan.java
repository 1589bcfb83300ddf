package org.sessionpro.backend.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.LoggerName;

/// Hears everything that the program logs, from DEBUG on, and looks in it for what must not stand
/// there: what looks like a key, a signature, an order or a signed message, and the secrets of the run.
final class LeakScan implements AutoCloseable {
  /// What is shorter may stand in a line by chance.
  private static final int SHORTEST_SECRET = 8;

  private static final Pattern SUSPICIOUS =
      Pattern.compile("\\b[0-9a-fA-F]{40,}\\b|GPA\\.|eyJ[A-Za-z0-9_-]{10,}");

  /// What a secret may be written with.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{8,}");

  private final List<String> lines = new ArrayList<>();
  private final Map<Logger, @Nullable Level> before = new HashMap<>();
  private final AppenderBase<ILoggingEvent> ear =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          String thrown =
              event.getThrowableProxy() == null
                  ? ""
                  : " " + ThrowableProxyUtil.asString(event.getThrowableProxy());
          lines.add(event.getFormattedMessage() + thrown);
        }
      };

  LeakScan() {
    ear.start();
    for (LoggerName name : LoggerName.values()) {
      Logger logger = (Logger) name.logger();
      before.put(logger, logger.getLevel());
      logger.setLevel(Level.DEBUG);
      logger.addAppender(ear);
    }
  }

  /// Forgets the lines that were heard so far.
  ///
  /// @return those that tell too much
  List<String> leaks(Set<String> secrets) {
    Set<String> telling = new HashSet<>();
    secrets.stream()
        .filter(secret -> secret.length() >= SHORTEST_SECRET)
        .forEach(secret -> telling.add(secret.toLowerCase(Locale.ROOT)));
    List<String> leaks = lines.stream().filter(line -> isLeak(line, telling)).toList();
    lines.clear();
    return leaks;
  }

  /// Lines that were heard and not forgotten.
  int heard() {
    return lines.size();
  }

  private static boolean isLeak(String line, Set<String> secrets) {
    return SUSPICIOUS.matcher(line).find()
        || WORD.matcher(line)
            .results()
            .map(found -> found.group().toLowerCase(Locale.ROOT))
            .anyMatch(word -> secrets.contains(word) || secrets.contains(withoutEnd(word)));
  }

  /// A full stop at the end of a sentence belongs to no secret.
  private static String withoutEnd(String word) {
    return word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
  }

  @Override
  public void close() {
    before.forEach((logger, level) -> {
      logger.detachAppender(ear);
      logger.setLevel(level);
    });
  }
}
