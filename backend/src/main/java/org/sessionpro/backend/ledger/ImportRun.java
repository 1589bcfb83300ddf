package org.sessionpro.backend.ledger;

import java.time.Instant;

/// The taking over of another service's database (`import-python.md` §7.2).
///
/// @param id random, for the record
/// @param takenAt the instant that the whole run goes by
/// @param fingerprint of everything in the source; whoever resumes has the same one
/// @param options that change what is written, in one line
/// @param progress how far it is; opaque here
public record ImportRun(
    String id,
    Generation generation,
    Instant takenAt,
    String fingerprint,
    String options,
    State state,
    String progress) {

  /// Which service is taken over.
  public enum Generation {
    /// Of March 2026.
    V0,
    /// Of summer 2026.
    V1
  }

  /// How far a run is.
  public enum State {
    LOADING,
    LOADED,
    /// Compared with its source, and nothing stands against it.
    VERIFIED,
    /// Final: servers start from now on.
    SEALED
  }
}
