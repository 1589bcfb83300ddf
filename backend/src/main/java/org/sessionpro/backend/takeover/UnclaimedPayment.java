package org.sessionpro.backend.takeover;

import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.InheritedPayment;

/// A payment that nobody owns.
///
/// @param inherited what is taken over
/// @param due how it must be shown then
/// @param claim why its buyer is answered otherwise than before who adds it; null if that is as it was
record UnclaimedPayment(InheritedPayment inherited, DuePayment due, @Nullable Category claim) {}
