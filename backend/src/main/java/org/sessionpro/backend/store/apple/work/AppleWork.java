package org.sessionpro.backend.store.apple.work;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.SignedData;

/// What is done about each kind of item of Apple's.
public final class AppleWork {
  private AppleWork() {}

  /// The handlers, which share what they know.
  ///
  /// @param asking null if Apple cannot be asked: then what it sends is all that is known, and items of
  ///     other kinds rest
  public static Map<WorkKind, WorkHandler> handlers(
      SignedData signed, @Nullable Asking asking, Products products, Rooms rooms) {
    Comparison comparison = new Comparison(products, rooms);
    MessageWork messages = new MessageWork(signed, comparison, rooms);
    return asking == null
        ? Map.of(WorkKind.MESSAGE, messages)
        : Map.of(
            WorkKind.MESSAGE,
            messages,
            WorkKind.RECONCILE,
            new ReconcileWork(asking, signed, comparison, rooms));
  }
}
