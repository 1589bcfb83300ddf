package org.sessionpro.backend.config;

import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the form of PostgreSQL's own tools that is no URL, `host=/run/postgresql dbname=pro`, by the rules
/// of their library: blanks between the words and around `=`, a value that is empty or holds blanks in
/// single quotes, and `\` before a quote or another `\` (`operator-v1.md` §1.1). Its messages never quote
/// a value.
final class ConnectionWords {
  private static final Pattern WORD =
      Pattern.compile(
          """
          \\s*(?<name>[a-z_]+)\\s*=\\s*\
          (?:'(?<quoted>(?:[^'\\\\]|\\\\.)*+)'|(?<plain>(?!')(?:[^\\s\\\\]|\\\\.)*+))(?:\\s+|$)\
          """,
          Pattern.DOTALL);

  private ConnectionWords() {}

  /// Reads all words in their order.
  ///
  /// @param words gets name and value of each
  /// @throws IllegalArgumentException if `text` is anything else
  static void read(String text, BiConsumer<String, String> words) {
    Matcher word = WORD.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!word.region(end, text.length()).lookingAt()) {
        throw new IllegalArgumentException(
            "must be words such as host=/run/postgresql dbname=pro, with a value that holds blanks in"
                + " single quotes");
      }
      String quoted = word.group("quoted");
      String value = quoted == null ? word.group("plain") : quoted;
      words.accept(word.group("name"), value.replaceAll("(?s)\\\\(.)", "$1"));
      end = word.end();
    }
  }
}
