package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.takeover.source.V1Source;
import org.sessionpro.backend.takeover.source.V1Unreadable;
import org.sessionpro.protocol.BackendKey;

/// The Python service of summer 2026.
///
/// @param key that it signs with, as somebody says: its database does not tell
/// @param globals as the source has them
public record V1Service(V1Source source, BackendKey key, Map<String, Long> globals)
    implements OldService {
  public V1Service(V1Source source, BackendKey key) {
    this(source, key, source.globals());
  }

  /// Up to when Apple's notifications were looked for; the epoch for never.
  public Instant appleCheckpoint() {
    return Micros.toInstant(globals.getOrDefault("apple_notification_checkpoint_at", 0L));
  }

  @Override
  public ImportRun.Generation generation() {
    return ImportRun.Generation.V1;
  }

  @Override
  public ChronoUnit unit() {
    return ChronoUnit.MICROS;
  }

  @Override
  public long ticket() {
    return globals.getOrDefault("revocation_ticket", 0L);
  }

  @Override
  public Map<Anomaly, Long> unreadable() {
    V1Unreadable found = source.unreadable();
    Map<Anomaly, Long> unreadable = new EnumMap<>(Anomaly.class);
    unreadable.put(Anomaly.INTERVAL_MONTHS, found.months());
    unreadable.put(Anomaly.INSTANT_INFINITE, found.infinite());
    unreadable.put(Anomaly.UNKNOWN_CODE, found.codes());
    unreadable.values().removeIf(count -> count == 0);
    return unreadable;
  }

  @Override
  public Prospect at(Instant takenAt, Options options) {
    return new V1Prospect(source, key, globals, V1Ground.of(source, takenAt, options));
  }
}
