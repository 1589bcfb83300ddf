package org.sessionpro.backend.db;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a lease stands and what was done under it, for whoever looks after the service.
///
/// @param holder who has it, or had it last
/// @param renewedAt by the holder's clock
/// @param until past once it was released or has lapsed
/// @param runs how often its work was done, by any holder and with any outcome
/// @param lastSuccess null if there was none
/// @param lastFailure null if there was none
public record LeaseState(
    LeaseName name,
    LeaseHolder holder,
    Instant renewedAt,
    Instant until,
    long runs,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure) {}
