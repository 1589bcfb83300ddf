package org.sessionpro.simulator.google.play;

import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;

/// What Play tells about a purchase that was made in its own subscriptions centre, where the app
/// could say nothing: the buyer's last expired subscription (`google-play.md` §4).
///
/// @param expiredIds its ids; null if Play does not tell
/// @param expiredToken its token; null if Play does not tell
public record OutOfApp(@Nullable ExternalIds expiredIds, @Nullable PurchaseToken expiredToken) {}
