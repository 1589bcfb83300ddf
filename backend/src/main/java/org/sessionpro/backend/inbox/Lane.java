package org.sessionpro.backend.inbox;

/// Who waits for an item. What is announced comes before what is swept, of which there may be tens of
/// thousands at once; neither can keep the other out for ever ([InboxWorkers]).
public enum Lane {
  /// A customer, a store, or somebody who runs the service. News puts an item here for good.
  ANNOUNCED,
  /// Nobody: it is looked at because nobody announced anything.
  SWEPT
}
