package org.sessionpro.simulator.script;

/// What a server says to a client that asks for a proof (`wire-v1.md` §6.2).
public enum ProofAnswer {
  ISSUED,
  NOT_SUBSCRIBED,
  REVOKED,
  SUBSCRIPTION_EXPIRED,
  RATE_LIMITED
}
