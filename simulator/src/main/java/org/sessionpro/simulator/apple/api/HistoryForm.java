package org.sessionpro.simulator.apple.api;

/// What the history of notifications returns, which is documented nowhere (`app-store.md` §11).
public enum HistoryForm {
  /// What was sent, to the letter.
  ORIGINAL,
  /// The same, signed anew: the parts with the leaf of today, the whole with the time of today too.
  SIGNED_ANEW
}
