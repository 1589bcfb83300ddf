package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SequencedMap;
import org.sessionpro.backend.ledger.ImportRun;

/// A generation of the Python service, by one of its databases: what the taking over has to know of it.
/// Belongs to one thread.
public interface OldService {
  ImportRun.Generation generation();

  /// The unit of its instants; a run begins on a whole one.
  ChronoUnit unit();

  /// A digest of everything that is taken over.
  String fingerprint();

  /// How many rows each of its tables has.
  SequencedMap<String, Long> rows();

  /// The ticket of its revocation list.
  long ticket();

  /// What would become of it at that instant.
  Prospect at(Instant takenAt, Options options);
}
