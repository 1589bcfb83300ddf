package org.sessionpro.simulator.script;

import java.util.List;
import org.sessionpro.protocol.PaymentProvider;

/// A scenario: lines that happen one after the other.
///
/// @param source where it comes from, for messages; part of the names of its people
public record Script(String source, Title title, List<Line> lines) {
  public Script {
    lines = List.copyOf(lines);
  }

  /// What a scenario is about.
  ///
  /// @param number in the list of its store's specification; 0 if it stands in no list
  /// @param seeds how many differently seeded runs it wants; 1 where chance plays no part
  /// @param ownProcess whether the server under test must be its alone, because it is restarted,
  ///     killed, cut off or configured
  public record Title(
      PaymentProvider store, int number, String text, int seeds, boolean ownProcess) {}
}
