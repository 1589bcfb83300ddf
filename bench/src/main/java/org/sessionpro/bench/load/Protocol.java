package org.sessionpro.bench.load;

/// The generation of the wire protocol that the clients of a load speak.
public enum Protocol {
  V0,
  V1
}
