package org.sessionpro.backend.inbox;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The places at which items of some kinds are worked on, each by a thread of its own. Kinds for which
/// the store is asked share some, and those for which it is not have as many of their own: what waits
/// for the store keeps none of those that need not (`app-store.md` §6.1). `workers_per_provider`
/// (`decisions-stores.md` §6) is the number of each.
///
/// What is announced comes before what is swept, which takes half of the places at most, but always
/// gets the next one if nothing swept is worked on and the last thing begun was announced. A lane in
/// which the store may not be asked rests for a while, here and not at other places.
///
/// One thread begins things; any may end.
final class Places {
  private final Set<WorkKind> kinds;
  private final boolean askStore;
  private final int all;
  private final Map<Thread, Lane> working = new ConcurrentHashMap<>();

  /// Until when a lane rests, in real time.
  private final Map<Lane, Long> resting = new ConcurrentHashMap<>();

  /// Of what was begun last.
  private Lane last = Lane.ANNOUNCED;

  private Places(Set<WorkKind> kinds, boolean askStore, int all) {
    this.kinds = Set.copyOf(kinds);
    this.askStore = askStore;
    this.all = all;
  }

  /// Those for some kinds.
  ///
  /// @param each how many there are for kinds that share them, at least 1
  /// @return first those of the kinds that need no store
  static List<Places> of(Set<WorkKind> kinds, int each) {
    return kinds.stream()
        .collect(
            groupingBy(
                WorkKind::asksStore,
                TreeMap::new,
                Collectors.toCollection(() -> EnumSet.noneOf(WorkKind.class))))
        .entrySet()
        .stream()
        .map(some -> new Places(some.getValue(), some.getKey(), each))
        .toList();
  }

  /// What is worked on here.
  Set<WorkKind> kinds() {
    return kinds;
  }

  /// What to fill places with.
  ///
  /// @param most how many items of the lane may be worked on
  record Share(Lane lane, int most) {}

  /// What to fill the places with, one after the other.
  List<Share> shares() {
    Share announced = new Share(Lane.ANNOUNCED, all);
    if (!askStore) {
      // A message is never swept.
      return List.of(announced);
    }
    return atWork(Lane.SWEPT) == 0 && last == Lane.ANNOUNCED
        ? List.of(new Share(Lane.SWEPT, 1), announced)
        : List.of(announced, new Share(Lane.SWEPT, Math.max(1, all / 2)));
  }

  /// How many places a share may take now; none if zero or less.
  int free(Share share) {
    return isResting(share.lane())
        ? 0
        : Math.min(share.most() - atWork(share.lane()), all - atWork());
  }

  /// A thread takes a place.
  void take(Thread thread, Lane lane) {
    last = lane;
    working.put(thread, lane);
  }

  /// A thread that has a place, or none any more, gives it back.
  void leave(Thread thread) {
    working.remove(thread);
  }

  /// Nothing of a lane is begun for so long, in real time.
  void rest(Lane lane, Duration length) {
    resting.put(lane, System.nanoTime() + length.toNanos());
  }

  private boolean isResting(Lane lane) {
    Long until = resting.get(lane);
    return until != null && System.nanoTime() - until < 0;
  }

  /// How many places are taken.
  int atWork() {
    return working.size();
  }

  private int atWork(Lane lane) {
    return Math.toIntExact(working.values().stream().filter(it -> it == lane).count());
  }

  /// The threads that have a place.
  Stream<Thread> threads() {
    return working.keySet().stream();
  }
}
