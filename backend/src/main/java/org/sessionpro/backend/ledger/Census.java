package org.sessionpro.backend.ledger;

import java.util.EnumMap;
import java.util.Map;

/// How much of everything there was in each of several [Periods].
public final class Census {
  private final Map<Figure, long[]> counts;

  Census(Map<Figure, long[]> counts) {
    this.counts = new EnumMap<>(Figure.class);
    counts.forEach((figure, all) -> this.counts.put(figure, all.clone()));
  }

  /// Is told how a census goes on.
  @FunctionalInterface
  public interface Observer {
    /// Some more of it is done.
    ///
    /// @param done 0 to 1
    void progress(double done);
  }

  /// The figure of a period.
  ///
  /// @param period counted from 0, the oldest
  public long count(Figure figure, int period) {
    long[] all = counts.get(figure);
    return all == null ? 0 : all[period];
  }
}
