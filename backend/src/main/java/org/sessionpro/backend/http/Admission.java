package org.sessionpro.backend.http;

/// When the requests of a route are worked on, and what becomes of them when the server has more to
/// do than it can (`decisions.md` §1, "overload").
public sealed interface Admission {
  /// At once, always: for a handler that takes next to nothing and never blocks.
  record Free() implements Admission {}

  /// When its turn comes in its lane. If it does not come in time ([HttpLimits.WorkLimits]) the
  /// request is shed: 503 with `Retry-After`, directly or as the code inside an onion.
  record Gated(Lane lane) implements Admission {}

  /// As [Gated] in the lane [Lane#CLIENTS], but the answer to a shed request can be made from the
  /// whole request only. So no request is ever refused for want of a turn or of memory before it is
  /// there as a whole: bodies wait, unread, until there is room for them.
  ///
  /// @param shed answers a request whose turn has not come. As many run at once as there are
  ///     processors; further ones wait for them, however long that takes
  record Enveloped(Route.Handler shed) implements Admission {}
}
