package org.sessionpro.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which requests are to go wrong. A request is struck by the first rule that fits it, so rules added
/// one after the other follow upon each other. Safe for any number of threads.
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
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      if (fault.strikes(endpoint, subject)) {
        if (fault.times() == 1) {
          faults.remove(i);
        } else {
          faults.set(i, fault.spent());
        }
        return Optional.of(fault.effect());
      }
    }
    return Optional.empty();
  }
}
