package org.sessionpro.backend.revocation;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a protocol makes of the revocation list, made once for each [RevocationSnapshot] however
/// many ask for it at once.
public final class Rendered<T> {
  private final Supplier<RevocationSnapshot> snapshots;
  private final Function<RevocationSnapshot, T> rendering;
  private final Consumer<T> replaced;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Made<T> newest;

  private record Made<T>(RevocationSnapshot source, T result) {}

  /// @param snapshots the present list; never an older one than it gave before
  /// @param replaced told each rendering that is not the present one any more. Whoever asked for it
  ///     before may use it still
  public Rendered(
      Supplier<RevocationSnapshot> snapshots,
      Function<RevocationSnapshot, T> rendering,
      Consumer<T> replaced) {
    this.snapshots = snapshots;
    this.rendering = rendering;
    this.replaced = replaced;
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
    Made<T> before = newest;
    if (before != null && before.source().equals(source)) {
      return before.result();
    }
    Made<T> made = new Made<>(source, rendering.apply(source));
    newest = made;
    if (before != null) {
      replaced.accept(before.result());
    }
    return made.result();
  }
}
