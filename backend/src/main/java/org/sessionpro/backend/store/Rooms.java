package org.sessionpro.backend.store;

import java.time.InstantSource;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.ledger.Subscriptions;
import org.sessionpro.backend.telemetry.IdentifierMask;

/// Where work on a store's purchases reads and writes.
///
/// @param mask of everything that is logged
public record Rooms(
    Subscriptions subscriptions, Inbox inbox, IdentifierMask mask, InstantSource clock) {}
