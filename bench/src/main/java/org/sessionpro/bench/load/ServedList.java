package org.sessionpro.bench.load;

import org.sessionpro.protocol.Ticket;

/// What matters of a revocation list to a load.
///
/// @param entries how many there are
record ServedList(Ticket ticket, int entries) {
  /// Refuses every list but this one.
  ///
  /// @throws WrongAnswer if `answered` is another
  void require(ServedList answered) {
    if (!answered.equals(this)) {
      throw new WrongAnswer(entries == 0 ? "a list, though it has not changed" : "another list");
    }
  }
}
