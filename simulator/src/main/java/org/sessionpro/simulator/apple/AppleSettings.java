package org.sessionpro.simulator.apple;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.catalogue.Catalogue;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;
import org.sessionpro.simulator.apple.document.Environment;

/// What kind of App Store it is to be.
///
/// @param seed of everything that chance decides, but for keys
/// @param keys where the root certificate and the key for the API are kept; null to make new ones
public record AppleSettings(
    Catalogue catalogue, Environment environment, long seed, @Nullable Path keys) {
  /// The products of Session Pro, in production, with keys of its own.
  public static AppleSettings ofSeed(long seed) {
    return new AppleSettings(SessionCatalogue.catalogue(), Environment.PRODUCTION, seed, null);
  }

  public AppleSettings in(Environment other) {
    return new AppleSettings(catalogue, other, seed, keys);
  }

  public AppleSettings keptIn(@Nullable Path folder) {
    return new AppleSettings(catalogue, environment, seed, folder);
  }
}
