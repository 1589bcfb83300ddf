package org.sessionpro.backend.ledger;

import org.sessionpro.protocol.MasterKey;

/// What came of charging the credits of an account.
///
/// @param owner whose account it is
/// @param spent how many of its credits turned out to have run out
public record DrainedCredits(MasterKey owner, int spent) {}
