package org.sessionpro.simulator.apple.store;

/// Somebody with an account at the store. It is not an account at the server: one customer may buy for
/// several of those.
public record Customer(String name) {}
