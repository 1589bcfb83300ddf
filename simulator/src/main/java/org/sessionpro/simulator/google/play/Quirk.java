package org.sessionpro.simulator.google.play;

/// An answer that Play may give to a question that its documentation leaves open
/// (`google-play.md` §13), or a habit that only some of its servers have. Without any, the simulator
/// behaves as recorded traffic did.
public enum Quirk {
  /// A subscription that is cancelled in its grace period stays accessible, as cancelled, until the
  /// grace ends, instead of expiring at once.
  CANCELED_GRACE_RUNS_ON,
  /// While paused, the stated expiry is the instant at which the pause ends, not the paid term.
  PAUSE_STATES_RESUMPTION,
  /// A refund that does not revoke is not announced.
  PLAIN_REFUNDS_ARE_SILENT,
  /// Out of the app, the expired subscription's id has the name that an older model gave it.
  FORMER_ID_NAME,
  /// Orders of renewals have ids of their own, without the id of the first order in them.
  UNRELATED_ORDER_IDS,
  /// Tokens hold characters that a path must escape.
  ODD_TOKENS,
  /// Resources hold the field `latestOrderId`, which the published model no longer has.
  LATEST_ORDER_ID,
  /// Answers hold fields that nobody has heard of, a different one each time.
  UNKNOWN_FIELDS,
  /// Records of what was bought once name no order, as if a code had paid for it.
  ORDERLESS_THINGS
}
