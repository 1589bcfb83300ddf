package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a store's statements about one cycle have come to, beside what they state: whether one that
/// comes late is older than what is known (`decisions-stores.md` §4). A cache: nothing that anybody is
/// entitled to follows from it alone, and no replay rebuilds it.
///
/// @param newest when the newest statement was made
/// @param standing when the newest one was made that showed nothing taken back; null if none did
/// @param takenBack when the newest one was made that showed a refund or the like; null if none did
/// @param upgraded whether one showed that another cycle took its place
public record CycleSighting(
    Instant newest, @Nullable Instant standing, @Nullable Instant takenBack, boolean upgraded) {}
