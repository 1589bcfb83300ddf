package org.sessionpro.simulator.apple.store;

/// A reduced price.
///
/// @param type 1 introductory, 2 promotional, 3 code, 4 win-back
public record Offer(String id, int type) {}
