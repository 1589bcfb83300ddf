package org.sessionpro.backend.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.Setting;

/// The words behind `pro serve` as they are nearly always written, understood without the library that
/// reads command lines: it is too old for the cache that the build trains, so that to load it is a good
/// part of a start. Whatever is unusual, help and every mistake among it, is left to the library.
final class ServeWords {
  private static final Set<Setting> OPTIONS =
      EnumSet.of(
          Setting.BIND,
          Setting.PORT,
          Setting.OPS_PORT,
          Setting.OPS_BIND,
          Setting.DEV_CLOCK,
          Setting.LOG_LEVEL,
          Setting.INI_PATH,
          Setting.DEV,
          Setting.DATA_DIR,
          Setting.DB_URL,
          Setting.KEY_PATH);

  /// The first characters of words that may mean something else than a value.
  private static final String SPECIAL = "-@\"'";

  private ServeWords() {}

  /// What is set by these words.
  ///
  /// @return empty if the library has to read them
  static Optional<Map<Setting, @Nullable String>> read(String... words) {
    Iterator<String> rest = Arrays.asList(words).iterator();
    if (!rest.hasNext() || !rest.next().equals(ProCommand.SERVE)) {
      return Optional.empty();
    }
    Map<Setting, @Nullable String> given = new EnumMap<>(Setting.class);
    while (rest.hasNext()) {
      Setting option = option(rest.next());
      String value = option == Setting.DEV ? "1" : value(rest);
      if (option == null || value.isEmpty() || given.put(option, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(given);
  }

  private static @Nullable Setting option(String word) {
    for (Setting one : OPTIONS) {
      if (one.flag().equals(word)) {
        return one;
      }
    }
    return null;
  }

  /// @return empty for what is no plain value
  private static String value(Iterator<String> words) {
    String word = words.hasNext() ? words.next() : "";
    return word.isEmpty() || SPECIAL.indexOf(word.charAt(0)) >= 0 ? "" : word;
  }
}
