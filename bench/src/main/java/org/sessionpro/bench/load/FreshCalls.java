package org.sessionpro.bench.load;

import java.util.function.Supplier;

/// Calls of which each is made for its turn and never repeated.
record FreshCalls(Supplier<Call> sign) implements Calls {
  @Override
  public Call next() {
    return sign.get();
  }

  @Override
  public void close() {}
}
