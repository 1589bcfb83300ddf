package org.sessionpro.backend.db;

import java.time.Instant;

/// The right to be the only one who does something for a while; from [Leases].
///
/// @param token grows whenever another holder takes the lease, and with nothing else: of two holders
///     the one with the smaller token has lost it
/// @param renewedAt when it was taken or renewed, by the holder's clock
/// @param until when others may take it, by their clocks
public record Lease(
    LeaseName name, LeaseHolder holder, long token, Instant renewedAt, Instant until) {}
