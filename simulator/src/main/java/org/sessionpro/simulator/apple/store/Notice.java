package org.sessionpro.simulator.apple.store;

import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.notice.News;

/// What the store has to tell.
public sealed interface Notice {
  News news();

  /// Something about a purchase, with the store's record of it.
  ///
  /// @param purchase as it stood then
  /// @param cycle whose transaction is told
  /// @param consumptionReason why a refund was asked for; null where that is not the matter
  record OfPurchase(
      News news, Subscription purchase, Cycle cycle, @Nullable String consumptionReason)
      implements Notice {}

  /// How far an extension of everybody's renewal dates has come.
  ///
  /// @param request the id of the request for it
  record OfExtension(News news, String request, long succeeded, long failed) implements Notice {}

  /// Something that is about no purchase, such as a test.
  record Plain(News news) implements Notice {}
}
