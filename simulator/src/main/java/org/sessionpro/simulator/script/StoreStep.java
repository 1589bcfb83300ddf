package org.sessionpro.simulator.script;

import org.sessionpro.protocol.PaymentProvider;

/// Something that happens in one of the stores; each store has a closed set of its own.
public non-sealed interface StoreStep extends Step {
  PaymentProvider store();
}
