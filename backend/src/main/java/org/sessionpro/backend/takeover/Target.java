package org.sessionpro.backend.takeover;

import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.LedgerImport;

/// Where everything goes.
///
/// @param imports of `ledger`
/// @param inbox in the same database
public record Target(Ledger ledger, LedgerImport imports, Inbox inbox) {}
