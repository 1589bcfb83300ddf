package org.sessionpro.simulator.google.play;

import org.sessionpro.simulator.google.catalogue.Sale;

/// A buyer's wish for another plan.
///
/// @param pending whether its payment takes its time
public record PlanChange(Sale sale, ReplacementMode mode, boolean pending) {}
