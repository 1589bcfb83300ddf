package org.sessionpro.backend.store.apple.work;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.telemetry.Tally;

/// What is done about each kind of item of Apple's.
public final class AppleWork {
  private final Map<WorkKind, WorkHandler> handlers;
  private final Alarms alarms;

  /// @param asking null if Apple cannot be asked: then what it sends is all that is known, and items of
  ///     other kinds rest
  public AppleWork(SignedData signed, @Nullable Asking asking, Products products, Rooms rooms) {
    this.alarms = new Alarms(rooms);
    Comparison comparison = new Comparison(products, rooms, alarms, asking != null);
    MessageWork messages = new MessageWork(signed, comparison, rooms);
    this.handlers =
        asking == null
            ? Map.of(WorkKind.MESSAGE, messages)
            : Map.of(
                WorkKind.MESSAGE,
                messages,
                WorkKind.RECONCILE,
                new ReconcileWork(asking, signed, comparison, rooms));
  }

  /// The handlers, which share what they know.
  public Map<WorkKind, WorkHandler> handlers() {
    return handlers;
  }

  /// How often this process found what somebody should look at, told of each time or not.
  public Tally<Matter> findings() {
    return alarms.found();
  }
}
