package org.sessionpro.simulator.apple.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody wants to buy, and in whose name.
///
/// @param token the app account token that the app tells; null if none
public record Wish(Sale sale, @Nullable UUID token) {}
