package org.sessionpro.backend.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Claims of tests that do not care who waits for an item: what is announced first.
public final class AnyLane {
  private AnyLane() {}

  /// As [Inbox#claim].
  public static List<Claim> claim(
      Inbox inbox, StoreProvider provider, Set<WorkKind> kinds, int limit, Instant now) {
    List<Claim> announced = inbox.claim(provider, kinds, Lane.ANNOUNCED, limit, now);
    return announced.size() == limit
        ? announced
        : Stream.concat(
                announced.stream(),
                inbox.claim(provider, kinds, Lane.SWEPT, limit - announced.size(), now).stream())
            .toList();
  }
}
