package org.sessionpro.simulator.script;

import org.sessionpro.protocol.PaymentProvider;

/// What must be true in one of the stores; each store has a closed set of its own.
public non-sealed interface StoreExpectation extends Expectation {
  PaymentProvider store();
}
