package org.sessionpro.backend.revocation;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a protocol makes of the revocation list, made once for each [RevocationSnapshot] however
/// many ask for it at once.
public final class Rendered<T> {
  private final Supplier<RevocationSnapshot> snapshots;
  private final Function<RevocationSnapshot, T> rendering;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Made<T> newest;

  private record Made<T>(RevocationSnapshot source, T result) {}

  /// @param snapshots the present list; never an older one than it gave before
  public Rendered(
      Supplier<RevocationSnapshot> snapshots, Function<RevocationSnapshot, T> rendering) {
    this.snapshots = snapshots;
    this.rendering = rendering;
  }

  /// The rendering of the present list.
  public T current() {
    Made<T> made = newest;
    if (made != null && made.source().equals(snapshots.get())) {
      return made.result();
    }
    making.lock();
    try {
      return make();
    } finally {
      making.unlock();
    }
  }

  /// Asks for the list anew: whoever held the lock before may have rendered a newer one than this
  /// thread came for.
  private T make() {
    RevocationSnapshot source = snapshots.get();
    Made<T> made = newest;
    if (made == null || !made.source().equals(source)) {
      made = new Made<>(source, rendering.apply(source));
      newest = made;
    }
    return made.result();
  }
}
