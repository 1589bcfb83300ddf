package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// A row of `subscription`.
///
/// @param reconciledAt when it was last compared with the store's record; null if never
/// @param heldSince since when the record is set aside, because it may be behind; null if it is not
/// @param factCount number of facts recorded about it
record SubscriptionRow(
    long id,
    SubscriptionKey key,
    SubscriptionState state,
    @Nullable Instant reconciledAt,
    @Nullable Instant heldSince,
    int factCount) {}
