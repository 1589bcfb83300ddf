package org.sessionpro.backend.takeover;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;

/// What becomes of a payment that names no owner.
///
/// @param payment null if it is put aside, or is part of another row's payment
record PendingPlan(
    @Nullable UnclaimedPayment payment, List<Quarantined> quarantine, List<Note> notes) {}
