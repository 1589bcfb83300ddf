package org.sessionpro.simulator.script;

import org.jspecify.annotations.Nullable;

/// Something that must be true at a point of a script.
public sealed interface Expectation
    permits ServerExpectation, StoreExpectation, Expectation.Calls, Expectation.Rate {

  /// How many requests a store has been asked since the script began.
  ///
  /// @param endpoint its word
  /// @param subject name of a purchase; null is any
  record Calls(String endpoint, @Nullable String subject, Range count) implements Expectation {}

  /// How often a store has been asked since the script began: no stretch of whole seconds holds more than its seconds allow,
  /// and those of one more, for a request may arrive up to a second after it was sent.
  record Rate(String endpoint, int perSecond) implements Expectation {}

  /// A number within bounds.
  record Range(int least, int most) {
    static final int UNBOUNDED = Integer.MAX_VALUE;

    public boolean contains(long number) {
      return number >= least && number <= most;
    }

    /// Reads `3`, `2..` or `0..4`.
    ///
    /// @throws ScriptError if `text` is anything else
    static Range parse(String text) {
      int dots = text.indexOf("..");
      if (dots < 0) {
        int exact = Words.parseNumber(text);
        return new Range(exact, exact);
      }
      String most = text.substring(dots + 2);
      return new Range(
          Words.parseNumber(text.substring(0, dots)),
          most.isEmpty() ? UNBOUNDED : Words.parseNumber(most));
    }

    @Override
    public String toString() {
      return least == most ? "" + least : most == UNBOUNDED ? least + ".." : least + ".." + most;
    }
  }
}
