package org.sessionpro.simulator.script;

/// What became of an expectation.
public sealed interface Verdict {
  /// It is true.
  record Met() implements Verdict {}

  /// It is not.
  ///
  /// @param found what is true instead
  record Unmet(String found) implements Verdict {}

  /// Nobody could tell.
  record Unchecked() implements Verdict {}

  /// Met or unmet.
  ///
  /// @param found said if it is not met
  static Verdict of(boolean met, String found) {
    return met ? new Met() : new Unmet(found);
  }
}
