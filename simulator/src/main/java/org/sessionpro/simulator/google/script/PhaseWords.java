package org.sessionpro.simulator.google.script;

import org.sessionpro.simulator.google.play.Phase;

/// The names that scripts and people give to the phases of a subscription.
public final class PhaseWords {
  private PhaseWords() {}

  public static String word(Phase phase) {
    return switch (phase) {
      case Phase.Pending _ -> "pending";
      case Phase.Abandoned _ -> "abandoned";
      case Phase.Active _ -> "active";
      case Phase.SilentGrace _ -> "silent-grace";
      case Phase.InGrace _ -> "in-grace";
      case Phase.OnHold _ -> "on-hold";
      case Phase.Paused _ -> "paused";
      case Phase.Canceled _ -> "canceled";
      case Phase.Expired _ -> "expired";
    };
  }
}
