package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// A row of `subscription`.
///
/// @param factCount number of facts recorded about it
record SubscriptionRow(
    long id,
    SubscriptionKey key,
    SubscriptionState state,
    @Nullable Instant reconciledAt,
    int factCount) {}
