package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.takeover.source.PythonSource;

/// A generation of the Python service, by one of its databases: what the taking over has to know of it.
/// Belongs to one thread.
public interface OldService {
  PythonSource source();

  ImportRun.Generation generation();

  /// The unit of its instants; a run begins on a whole one.
  ChronoUnit unit();

  /// How many rows each of its tables has.
  default SequencedMap<String, Long> rows() {
    SequencedMap<String, Long> rows = new LinkedHashMap<>();
    source().tables().forEach(table -> rows.put(table, source().count(table)));
    return rows;
  }

  /// The ticket of its revocation list.
  long ticket();

  /// How many values there are, by what they are, that cannot be understood; then nothing else can be
  /// asked.
  Map<Anomaly, Long> unreadable();

  /// What would become of it at that instant.
  Prospect at(Instant takenAt, Options options);
}
