package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Counts what is odd about a source, and what becomes different (`import-python.md` §6.5).
public final class Tally {
  /// Of each kind, so that memory does not grow with the database.
  private static final int LISTED = 1_000;

  private final Map<Anomaly, Long> anomalies = new EnumMap<>(Anomaly.class);
  private final Map<Anomaly, Long> blocking = new EnumMap<>(Anomaly.class);
  private final Map<Category, Sum> categories = new EnumMap<>(Category.class);
  private final Map<Category, Long> losses = new EnumMap<>(Category.class);
  private final List<Unexplained> unexplained = new ArrayList<>();
  private final BiConsumer<String, Subject> ids;
  private long unexplainedCount;
  private long quarantined;

  /// @param ids told of everything by its code and what it is about
  Tally(BiConsumer<String, Subject> ids) {
    this.ids = ids;
    Arrays.stream(Category.values()).forEach(category -> categories.put(category, Sum.NOTHING));
  }

  /// A difference that nothing explains.
  ///
  /// @param part of the answer, in snake case
  public record Unexplained(Subject subject, String part) {}

  /// How much of a category there is.
  ///
  /// @param accounts concerned; for parts of the revocation list and payments, how many
  /// @param active of them served at the instant of the run
  /// @param largest by how much service ends later in the most extreme case, in milliseconds
  /// @param shift the sum of all, in milliseconds
  public record Sum(long accounts, long active, long largest, long shift) {
    /// There is none.
    static final Sum NOTHING = new Sum(0, 0, 0, 0);

    Sum plus(boolean isActive, long coverage) {
      return new Sum(
          accounts + 1,
          active + (isActive ? 1 : 0),
          Math.abs(coverage) > Math.abs(largest) ? coverage : largest,
          shift + coverage);
    }
  }

  void note(Note note) {
    anomalies.merge(note.anomaly(), 1L, Long::sum);
    if (note.blocks()) {
      blocking.merge(note.anomaly(), 1L, Long::sum);
    }
    ids.accept(note.anomaly().name(), note.subject());
  }

  void count(Anomaly anomaly, long many) {
    anomalies.merge(anomaly, many, Long::sum);
    if (anomaly.kind() == Anomaly.Kind.BLOCKS && many > 0) {
      blocking.merge(anomaly, many, Long::sum);
    }
  }

  void quarantined(int rows) {
    quarantined += rows;
  }

  void shift(Category category, boolean active, long coverage, Subject subject) {
    categories.merge(category, Sum.NOTHING, (sum, _) -> sum.plus(active, coverage));
    ids.accept(category.name(), subject);
  }

  /// That somebody loses time, and by which rules.
  void loss(Set<Category> by) {
    by.forEach(category -> losses.merge(category, 1L, Long::sum));
  }

  void unexplained(Unexplained difference) {
    unexplainedCount++;
    if (unexplained.size() < LISTED) {
      unexplained.add(difference);
    }
    ids.accept("UNEXPLAINED", difference.subject());
  }

  Findings findings() {
    return new Findings(
        Map.copyOf(anomalies),
        Map.copyOf(blocking),
        Map.copyOf(categories),
        Map.copyOf(losses),
        List.copyOf(unexplained),
        unexplainedCount,
        quarantined);
  }
}
