package org.sessionpro.simulator.script;

/// What an expectation says about an instant.
public sealed interface InstantValue {
  /// It is this one. Stores count milliseconds, so the comparison is exact.
  record At(Moment moment) implements InstantValue {}

  /// There is none.
  record Absent() implements InstantValue {}

  /// It is the end of the paid time, as the store has it.
  record AsPaid() implements InstantValue {}

  /// There is one, whichever.
  record Present() implements InstantValue {}

  /// Reads `@label…`, `none`, `paid` or `any`.
  ///
  /// @throws ScriptError if `text` is anything else
  static InstantValue parse(String text) {
    return switch (text) {
      case "none" -> new Absent();
      case "paid" -> new AsPaid();
      case "any" -> new Present();
      default -> new At(Moment.parse(text));
    };
  }
}
