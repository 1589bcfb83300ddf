package org.sessionpro.simulator.google.play;

/// A customer of Google Play, who the app knows nothing about.
public record PlayAccount(String name) {}
