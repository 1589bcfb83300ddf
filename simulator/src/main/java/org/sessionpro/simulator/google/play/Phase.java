package org.sessionpro.simulator.google.play;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.catalogue.Sale;

/// Where a subscription stands in its life.
///
/// ```
///  Pending ──▶ Active ──▶ InGrace or SilentGrace ──▶ OnHold ──▶ Expired
///     │        │ ▲  │ ▲            │                    │          ▲
///     ▼        │ │  │ └────────────┴── payment ─────────┘          │
///  Abandoned   │ │  └──▶ Paused ──▶ Active or OnHold               │
///              ▼ │                                                 │
///           Canceled ──────────────────────────────────────────────┘
/// ```
public sealed interface Phase {
  /// The first payment is not through.
  record Pending(Sale sale) implements Phase {}

  /// The first payment never came.
  record Abandoned(Sale sale) implements Phase {}

  /// Paid. A prepaid plan stays active until it ends.
  record Active() implements Phase {}

  /// A renewal was declined on a plan without grace: Play grants a day and calls it active.
  record SilentGrace(Instant until) implements Phase {}

  /// A renewal was declined; access goes on.
  record InGrace(Instant until, OrderId declined) implements Phase {}

  /// A renewal was declined; access is suspended.
  ///
  /// @param since the end of access, which is what Play states as the expiry
  /// @param until when Play gives up
  record OnHold(Instant since, Instant until, OrderId declined) implements Phase {}

  /// Suspended by the buyer's wish.
  record Paused(Instant resumesAt) implements Phase {}

  /// It will not renew.
  ///
  /// @param endsAt when access ends
  record Canceled(Instant endsAt, Cancellation why) implements Phase {}

  /// Over.
  ///
  /// @param at what Play states as the expiry
  /// @param why null for a prepaid plan that ran out
  record Expired(Instant at, @Nullable Cancellation why) implements Phase {}
}
