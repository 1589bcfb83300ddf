package org.sessionpro.simulator.google.play;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Sale;

/// How a purchase token came into the world.
///
/// @param buyer who paid
/// @param ids what the app told; null if it told nothing
/// @param linked the token that this one replaced; null if none
/// @param replacement what of it was replaced, and how; null if `linked` is
/// @param outOfApp of a purchase made outside the app; null otherwise. Play shows it until the purchase
///     is acknowledged
/// @param test whether a licence tester bought it, for whom time runs faster (`google-play.md` §9)
/// @param startedAt when it was first paid; null before
public record Origin(
    PlayAccount buyer,
    @Nullable ExternalIds ids,
    @Nullable PurchaseToken linked,
    @Nullable Replacement replacement,
    @Nullable OutOfApp outOfApp,
    boolean test,
    @Nullable Instant startedAt) {
  /// A plan change as the new purchase remembers it.
  public record Replacement(Sale replaced, ReplacementMode mode) {}

  /// A purchase made in the app.
  static Origin inApp(PlayAccount buyer, @Nullable ExternalIds ids, boolean test) {
    return new Origin(buyer, ids, null, null, null, test, null);
  }

  /// The replacement of a subscription of that origin.
  Origin replacing(PurchaseToken former, Replacement how) {
    return new Origin(buyer, ids, former, how, null, test, null);
  }

  /// A purchase by the same buyer outside the app.
  Origin outside(OutOfApp context) {
    return new Origin(buyer, null, null, null, context, test, null);
  }

  Origin startedAt(Instant instant) {
    return new Origin(buyer, ids, linked, replacement, outOfApp, test, instant);
  }

  Origin ids(ExternalIds attached) {
    return new Origin(buyer, attached, linked, replacement, outOfApp, test, startedAt);
  }
}
