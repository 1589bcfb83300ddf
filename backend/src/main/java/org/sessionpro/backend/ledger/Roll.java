package org.sessionpro.backend.ledger;

/// What became of an account whose generation was revoked (`entitlement.md` §7.4).
///
/// @param revoked the ordinal of the generation within its account, from 1
/// @param continued whether the account goes on under a new generation
public record Roll(int revoked, boolean continued) {}
