package org.sessionpro.backend.ledger;

import java.time.Instant;
import org.sessionpro.backend.entitlement.AccountId;

/// An account with live credits that have not been charged for a while.
///
/// @param chargedUntil the instant up to which they are charged
public record DueCredits(AccountId account, Instant chargedUntil) {}
