package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Periods that follow one another without a gap, and the moments at which a [Census] looks at accounts:
/// the last microsecond of each period, or now in the period that runs.
///
/// @param bounds where they begin, oldest first, and where the last one ends; ascending whole microseconds
/// @param now our clock
public record Periods(List<Instant> bounds, Instant now) {
  public Periods {
    bounds = List.copyOf(bounds);
    if (bounds.size() < 2) {
      throw new IllegalArgumentException("a period has two bounds");
    }
    for (int i = 1; i < bounds.size(); i++) {
      if (!bounds.get(i - 1).isBefore(bounds.get(i))) {
        throw new IllegalArgumentException("each period is longer than zero");
      }
    }
  }

  /// How many there are.
  public int size() {
    return bounds.size() - 1;
  }

  /// When the first one begins.
  Instant begin() {
    return bounds.getFirst();
  }

  /// The period that holds an instant, counted from 0; -1 if none does.
  int indexOf(Instant instant) {
    int place = Collections.binarySearch(bounds, instant);
    int index = place >= 0 ? place : -place - 2;
    return index < size() ? index : -1;
  }

  /// One moment more than there are periods, ascending: how accounts stood before the first one, then at
  /// the end of each.
  List<Instant> moments() {
    return IntStream.rangeClosed(0, size()).mapToObj(this::moment).toList();
  }

  private Instant moment(int place) {
    Instant end = bounds.get(place);
    boolean running = place > 0 && now.isBefore(end) && !now.isBefore(bounds.get(place - 1));
    return running ? now : end.minus(1, ChronoUnit.MICROS);
  }
}
