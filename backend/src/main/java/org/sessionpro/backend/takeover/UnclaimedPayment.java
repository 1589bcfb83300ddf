package org.sessionpro.backend.takeover;

import org.sessionpro.backend.ledger.InheritedPayment;

/// A payment that nobody owns.
///
/// @param inherited what is taken over
/// @param due how it must be shown then
record UnclaimedPayment(InheritedPayment inherited, DuePayment due) {}
