package org.sessionpro.simulator.google.play;

import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.google.catalogue.Sale;

/// An order from a buyer.
///
/// @param ids what the app tells Play; null if it tells nothing
/// @param pending whether the payment takes its time, as cash in a shop does
/// @param test whether a licence tester buys
public record Purchase(
    PlayAccount buyer, Sale sale, @Nullable ExternalIds ids, boolean pending, boolean test) {
  /// A purchase that is paid at once.
  public static Purchase of(PlayAccount buyer, Sale sale, @Nullable ExternalIds ids) {
    return new Purchase(buyer, sale, ids, false, false);
  }

  Origin origin() {
    return Origin.inApp(buyer, ids, test);
  }
}
