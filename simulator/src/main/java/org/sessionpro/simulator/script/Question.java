package org.sessionpro.simulator.script;

/// What a client asks about its account. Every one of them is a touch, which binds what waits for the
/// owner.
public enum Question {
  PROOF,
  STATUS,
  PAYMENTS
}
