package org.sessionpro.simulator.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.Occasions;

/// A line of a script, taken apart: words in order, options `name=value` in any order, and a label
/// `@name` at the end.
///
/// Whoever understands the line takes from it what it knows; [#end()] refuses what is left over.
public final class Words {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern OPTION = Pattern.compile("([a-z][a-z0-9_-]*)=(.*)");
  private static final Pattern LABEL = Pattern.compile("@([a-z][a-z0-9-]*)");

  private final Deque<String> words = new ArrayDeque<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private @Nullable String label;

  private Words() {}

  /// @throws ScriptError if an option is given twice
  static Words of(String line) {
    Words taken = new Words();
    List<String> all = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      all.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    if (all.size() > 1 && LABEL.matcher(all.getLast()).matches()) {
      taken.label = all.removeLast().substring(1);
    }
    for (String next : all) {
      Matcher option = OPTION.matcher(next);
      if (!option.matches()) {
        taken.words.add(next);
      } else if (taken.options.put(option.group(1), option.group(2)) != null) {
        throw new ScriptError("'" + option.group(1) + "' is given twice");
      }
    }
    return taken;
  }

  /// The next word.
  ///
  /// @param what it should be, for the complaint
  /// @throws ScriptError if there is none
  public String next(String what) {
    String next = words.poll();
    if (next == null) {
      throw new ScriptError("here " + what + " is missing");
    }
    return next;
  }

  /// The next word, if there is one.
  public Optional<String> maybeNext() {
    return Optional.ofNullable(words.poll());
  }

  /// Whether the next word is `expected`, which is taken then.
  public boolean takes(String expected) {
    boolean equal = expected.equals(words.peek());
    if (equal) {
      words.remove();
    }
    return equal;
  }

  /// All words that are left.
  public List<String> rest() {
    List<String> rest = List.copyOf(words);
    words.clear();
    return rest;
  }

  /// The next word as a number.
  public int number(String what) {
    return parseNumber(next(what));
  }

  static int parseNumber(String digits) {
    if (!digits.matches("[0-9]{1,9}")) {
      throw new ScriptError("'" + digits + "' is no number");
    }
    return Integer.parseInt(digits);
  }

  /// The value of an option, read by `reader`; empty if it is not given.
  public <T> Optional<T> option(String name, Function<String, T> reader) {
    return Optional.ofNullable(options.remove(name)).map(reader);
  }

  /// The value of an option; empty if it is not given.
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.remove(name));
  }

  /// Which occasions a rule strikes, by the options `nth`, `times`, `chance` and `seed`.
  public Occasions occasions() {
    int first = option("nth", Words::parseNumber).orElse(1);
    int times = option("times", Words::parseNumber).orElse(Occasions.UNTIL_CLEARED);
    Optional<Integer> percent = option("chance", Words::parseNumber);
    Occasions.@Nullable Chance chance =
        percent.isPresent()
            ? new Occasions.Chance(percent.get(), option("seed", Words::parseNumber).orElse(1))
            : null;
    try {
      return new Occasions(first, times, chance);
    } catch (IllegalArgumentException impossible) {
      throw new ScriptError(String.valueOf(impossible.getMessage()));
    }
  }

  /// The value of an option that must be given.
  public <T> T required(String name, Function<String, T> reader) {
    return option(name, reader)
        .orElseThrow(() -> new ScriptError("here " + name + "=… is missing"));
  }

  /// All options that are left.
  public Map<String, String> options() {
    Map<String, String> rest = new LinkedHashMap<>(options);
    options.clear();
    return rest;
  }

  /// The label at the end; null if there is none.
  @Nullable String label() {
    return label;
  }

  /// Nothing may be left.
  ///
  /// @throws ScriptError if anything has not been understood
  void end() {
    if (!words.isEmpty()) {
      throw new ScriptError("'" + words.peek() + "' is not understood here");
    }
    if (!options.isEmpty()) {
      String first = options.keySet().iterator().next();
      throw new ScriptError("the option '" + first + "' is not understood here");
    }
  }

  /// A constant of an enumeration from its name in lower case with `-` for `_`.
  ///
  /// @throws ScriptError if there is none of that name
  public static <E extends Enum<E>> E constant(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    throw new ScriptError(
        "'"
            + word
            + "' is none of "
            + List.of(type.getEnumConstants()).stream().map(Words::word).toList());
  }

  /// How scripts write a constant of an enumeration.
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// `yes` or `no`.
  ///
  /// @throws ScriptError if `word` is neither
  public static boolean yes(String word) {
    return switch (word) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new ScriptError("'" + word + "' is neither yes nor no");
    };
  }
}
