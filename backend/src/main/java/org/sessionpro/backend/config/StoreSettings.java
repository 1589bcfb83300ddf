package org.sessionpro.backend.config;

import org.jspecify.annotations.Nullable;

/// The stores that the server talks to (`decisions-stores.md` §6).
///
/// @param google null while Google Play is switched off
/// @param dryRun whether nothing leaves the server: what stores say is not asked for, and what is owed
///     to them holds nobody up and stays owed
public record StoreSettings(@Nullable GoogleSettings google, boolean dryRun) {
  /// No store at all.
  public static final StoreSettings OFF = new StoreSettings(null, false);
}
