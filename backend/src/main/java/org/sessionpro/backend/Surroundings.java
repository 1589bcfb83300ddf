package org.sessionpro.backend;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.sessionpro.backend.config.JobSettings;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.store.Rooms;

/// What the provider of a store stands on.
///
/// @param rooms of the ledger
/// @param settings of jobs, with those of the inbox
/// @param waiters requests that may wait for a store at a time
record Surroundings(
    Ledger ledger,
    Rooms rooms,
    Leases leases,
    Continuation continuation,
    JobSettings settings,
    SecureRandom random,
    int waiters) {
  InstantSource clock() {
    return rooms.clock();
  }
}
