package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.takeover.source.SourceRefused;
import org.sessionpro.backend.takeover.source.V0Runtime;
import org.sessionpro.backend.takeover.source.V0Source;
import org.sessionpro.protocol.crypto.Crypto;

/// The Python service of March 2026.
///
/// @param runtime of the source, as [#runtime(V0Source)] has it
public record V0Service(V0Source source, V0Runtime runtime, Crypto crypto) implements OldService {
  /// What the source runs on. Several rows of one key and salt count as one.
  ///
  /// @throws SourceRefused if there is none, or they differ
  public static V0Runtime runtime(V0Source source) {
    List<V0Runtime> rows = source.runtime();
    if (rows.isEmpty()) {
      throw new SourceRefused("RUNTIME_NOT_SINGLE: the source has no row in runtime");
    }
    V0Runtime first = rows.getFirst();
    for (V0Runtime row : rows) {
      if (!row.seed().equals(first.seed()) || !row.salt().equals(first.salt())) {
        throw new SourceRefused(
            "RUNTIME_NOT_SINGLE: the source has rows of several keys or salts in runtime");
      }
    }
    return new V0Runtime(
        rows.stream().mapToLong(V0Runtime::nextIndex).max().orElseThrow(),
        first.salt(),
        first.seed(),
        first.appleCheckpoint(),
        rows.stream().mapToLong(V0Runtime::ticket).max().orElseThrow());
  }

  @Override
  public ImportRun.Generation generation() {
    return ImportRun.Generation.V0;
  }

  @Override
  public ChronoUnit unit() {
    return ChronoUnit.MILLIS;
  }

  @Override
  public long ticket() {
    return runtime.ticket();
  }

  /// Its columns can hold nothing of the kind.
  @Override
  public Map<Anomaly, Long> unreadable() {
    return Map.of();
  }

  @Override
  public Prospect at(Instant takenAt, Options options) {
    return new V0Prospect(source, runtime, V0Ground.of(source, runtime, takenAt, options, crypto));
  }
}
