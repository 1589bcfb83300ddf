package org.sessionpro.backend.inbox;

import java.time.Instant;

/// Work as the service before this one left it.
///
/// @param attempts failures so far, at least 0; more than five are trouble that the owner is told of
/// @param eligibleAt when it is looked at
public record InheritedWork(Owed owed, int attempts, Instant eligibleAt) {}
