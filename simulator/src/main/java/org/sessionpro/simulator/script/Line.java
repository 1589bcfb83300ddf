package org.sessionpro.simulator.script;

import org.jspecify.annotations.Nullable;

/// A line of a script.
///
/// @param number in its file, from 1; 0 if it comes from no file
/// @param text as written
/// @param label of its instant; null if nobody will ask for it
public record Line(int number, String text, Step step, @Nullable String label) {
  /// A line written in Java.
  public static Line of(Step step) {
    return new Line(0, step.toString(), step, null);
  }

  /// The same line with its instant labelled.
  public Line labelled(String name) {
    return new Line(number, text, step, name);
  }
}
