package org.sessionpro.simulator.google;

import java.time.Duration;
import java.util.Set;
import org.sessionpro.simulator.google.catalogue.Catalogue;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.play.Quirk;

/// What kind of Google Play it is to be.
///
/// @param quirks how it answers where documentation is silent
/// @param seed of everything that chance decides
/// @param pullWait real time that a pull waits for a message
public record GoogleSettings(Catalogue catalogue, Set<Quirk> quirks, long seed, Duration pullWait) {
  /// A wait that fits a clock which is moved by hand (`decisions-stores.md` §7).
  public static final Duration SHORT_WAIT = Duration.ofMillis(200);

  public GoogleSettings {
    quirks = Set.copyOf(quirks);
  }

  /// The catalogue of Session Pro, without quirks, for a clock that is moved by hand.
  public static GoogleSettings ofSeed(long seed) {
    return new GoogleSettings(SessionCatalogue.catalogue(), Set.of(), seed, SHORT_WAIT);
  }

  public GoogleSettings with(Set<Quirk> otherQuirks) {
    return new GoogleSettings(catalogue, otherQuirks, seed, pullWait);
  }
}
