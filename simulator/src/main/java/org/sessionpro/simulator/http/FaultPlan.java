package org.sessionpro.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.Occasions;

/// Which requests are to go wrong. A request is struck by the first rule that fits it and does not spare
/// it, so rules added one after the other follow upon each other. Safe for any number of threads.
public final class FaultPlan {
  private final List<Fault> faults = new ArrayList<>();

  public synchronized void add(Fault fault) {
    faults.add(fault);
  }

  /// Forgets the rules about `endpoint`.
  public synchronized void clear(String endpoint) {
    faults.removeIf(fault -> endpoint.equals(fault.endpoint()));
  }

  public synchronized void clear() {
    faults.clear();
  }

  /// What happens to the request that has just come in.
  synchronized Optional<Effect> next(Endpoint endpoint, @Nullable String subject) {
    ListIterator<Fault> each = faults.listIterator();
    while (each.hasNext()) {
      Fault fault = each.next();
      if (fault.fits(endpoint, subject)) {
        @Nullable Occasions left = fault.occasions().rest();
        if (left == null) {
          each.remove();
        } else {
          each.set(fault.with(left));
        }
        if (fault.occasions().strikes()) {
          return Optional.of(fault.effect());
        }
      }
    }
    return Optional.empty();
  }
}
