package org.sessionpro.backend.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.LoggerFactory;

/// Hears everything that is logged in this process, by the program from DEBUG on and by libraries as
/// ever, and looks in it for what must not stand there: what looks like a key, a signature, an order or
/// a signed message, and the secrets of the run. What is heard is not written anywhere else.
public final class LeakScan implements AutoCloseable {
  private static final Logger LIBRARIES = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  /// What is shorter may stand in a line by chance.
  private static final int SHORTEST_SECRET = 8;

  private static final Pattern SUSPICIOUS =
      Pattern.compile(
          "\\b[0-9a-fA-F]{40,}\\b|GPA\\.|eyJ[A-Za-z0-9_-]{10,}"
              + "|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}(?:==|\\b)|(?<![\\w-])[\\w-]{86}\\b");

  /// What a secret may be written with.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{8,}");

  /// Bytes in base64.
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{8,}");

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

  public LeakScan() {
    ear.start();
    LIBRARIES.addAppender(ear);
    for (LoggerName name : LoggerName.values()) {
      Logger logger = (Logger) name.logger();
      before.put(logger, logger.getLevel());
      logger.setLevel(Level.DEBUG);
      logger.setAdditive(false);
      logger.addAppender(ear);
    }
  }

  /// Everything in a ledger that stands for a person or a purchase.
  public static Set<String> stored(Handle handle) {
    Set<String> secrets = new HashSet<>();
    for (String text :
        List.of(
            "SELECT subscription_key FROM payments",
            "SELECT cycle_key FROM payments",
            "SELECT substr(cycle_key, 3) FROM payments WHERE provider = 'app_store'",
            "SELECT transaction_id FROM payments WHERE transaction_id IS NOT NULL",
            "SELECT alias FROM payment_aliases",
            "SELECT subscription_key FROM subscription",
            "SELECT external_id FROM inbox_message",
            "SELECT subject_key FROM inbox_message WHERE subject_key IS NOT NULL",
            "SELECT subject_key FROM inbox_work")) {
      secrets.addAll(handle.createQuery(text).mapTo(String.class).list());
    }
    for (String bytes :
        List.of(
            "SELECT master_key FROM accounts",
            "SELECT tag FROM generations",
            "SELECT binding FROM payments WHERE binding IS NOT NULL")) {
      handle
          .createQuery(bytes)
          .mapTo(byte[].class)
          .forEach(found -> secrets.addAll(written(found)));
    }
    return secrets;
  }

  /// The ways in which such bytes are written; the App Store's are a UUID.
  private static List<String> written(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    if (bytes.length != 2 * Long.BYTES) {
      return List.of(hex, base64);
    }
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return List.of(hex, base64, new UUID(halves.getLong(), halves.getLong()).toString());
  }

  /// Forgets the lines that were heard so far.
  ///
  /// @return those that tell too much
  public List<String> leaks(Set<String> secrets) {
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

  /// Whether there is something in it that looks like a secret of whatever kind.
  static boolean isSuspicious(String line) {
    return SUSPICIOUS.matcher(line).find();
  }

  private static boolean isLeak(String line, Set<String> secrets) {
    return isSuspicious(line)
        || Stream.of(WORD, BASE64)
            .flatMap(pattern -> pattern.matcher(line).results())
            .map(found -> found.group().toLowerCase(Locale.ROOT))
            .anyMatch(word -> secrets.contains(word) || secrets.contains(withoutEnd(word)));
  }

  /// A full stop at the end of a sentence belongs to no secret.
  private static String withoutEnd(String word) {
    return word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
  }

  @Override
  public void close() {
    LIBRARIES.detachAppender(ear);
    before.forEach((logger, level) -> {
      logger.setAdditive(true);
      logger.detachAppender(ear);
      logger.setLevel(level);
    });
  }
}
