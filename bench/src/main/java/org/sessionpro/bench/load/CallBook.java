package org.sessionpro.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/// One call of each customer, taken in turn by all connections and signed anew while the load runs,
/// so that none grows stale. Closing it ends the signing.
final class CallBook implements Calls {
  private final List<Customer> customers;
  private final Duration lifetime;
  private final Function<Customer, Call> sign;
  private final AtomicReferenceArray<Call> calls;
  private final AtomicInteger turn = new AtomicInteger();
  private final Thread renewal;

  /// Signs one call of each customer.
  ///
  /// @param customers at least one
  /// @param lifetime how old a call gets at most, but for the time that signing takes
  CallBook(List<Customer> customers, Duration lifetime, Function<Customer, Call> sign) {
    this.customers = List.copyOf(customers);
    this.lifetime = lifetime;
    this.sign = sign;
    this.calls = new AtomicReferenceArray<>(customers.size());
    for (int i = 0; i < customers.size(); i++) {
      calls.set(i, sign.apply(customers.get(i)));
    }
    this.renewal = Thread.ofVirtual().name("renewal").start(this::renew);
  }

  /// The call of the customer whose turn it is.
  @Override
  public Call next() {
    return calls.get(Math.floorMod(turn.getAndIncrement(), calls.length()));
  }

  /// Evenly, so that the work of signing is never felt at once.
  private void renew() {
    Duration pause = lifetime.dividedBy(customers.size());
    try {
      while (true) {
        for (int i = 0; i < customers.size(); i++) {
          Thread.sleep(pause);
          calls.set(i, sign.apply(customers.get(i)));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    renewal.interrupt();
  }
}
