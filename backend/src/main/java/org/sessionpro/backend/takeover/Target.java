package org.sessionpro.backend.takeover;

import java.time.Instant;
import java.util.function.Consumer;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.LedgerImport;
import org.sessionpro.backend.ledger.LedgerTies;

/// Where everything goes.
///
/// @param imports of `ledger`
/// @param inbox in the same database
/// @param ties of the ledger, from the beginning of the run on
/// @param equal told the instant of the run whenever everything is found equal, before that is noted
public record Target(
    Ledger ledger, LedgerImport imports, Inbox inbox, LedgerTies ties, Consumer<Instant> equal) {}
