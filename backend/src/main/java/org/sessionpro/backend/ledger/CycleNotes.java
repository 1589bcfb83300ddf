package org.sessionpro.backend.ledger;

import java.util.Map;
import org.sessionpro.backend.entitlement.PaymentKey;

/// What is to be noted about cycles beside facts.
///
/// @param renamed the names under which cycles are known, and those that they have from now on, of
///     which the statements of the same ruling speak (`decisions-stores.md` §1, cycle identity)
/// @param sightings by the cycle's name from now on
public record CycleNotes(
    Map<PaymentKey, PaymentKey> renamed, Map<PaymentKey, CycleSighting> sightings) {
  /// Nothing.
  public static final CycleNotes NONE = new CycleNotes(Map.of(), Map.of());

  public CycleNotes {
    renamed = Map.copyOf(renamed);
    sightings = Map.copyOf(sightings);
  }
}
