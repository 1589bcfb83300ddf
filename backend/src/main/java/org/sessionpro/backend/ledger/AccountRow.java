package org.sessionpro.backend.ledger;

import org.sessionpro.backend.entitlement.Account;

/// A row of `accounts` with its current generation.
///
/// @param factCount number of facts recorded about it
record AccountRow(Account account, int factCount) {}
