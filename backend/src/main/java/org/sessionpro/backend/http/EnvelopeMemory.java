package org.sessionpro.backend.http;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/// The memory for bodies that must not be refused before they are there ([Admission.Enveloped]): a
/// few long ones come in at once, the others wait unread.
///
/// Each gets room for the longest body. If they grew into a common store bit by bit, many that are
/// half there could wait for one another for ever.
final class EnvelopeMemory {
  private final Gate gate;

  /// @param bodies how many long ones there is room for
  EnvelopeMemory(int bodies, Executor executor) {
    this.gate = Gate.patient(bodies, executor);
  }

  BodyRoom open() {
    return new Room();
  }

  private enum State {
    OUTSIDE,
    INSIDE,
    GONE
  }

  private final class Room implements BodyRoom, Gate.Turn {
    private final AtomicReference<State> state = new AtomicReference<>(State.OUTSIDE);
    private Runnable next = () -> {};

    @Override
    public boolean growTo(int size) {
      if (size <= FREE || state.get() == State.INSIDE) {
        return true;
      }
      return gate.tryEnter() && take();
    }

    @Override
    public boolean await(Runnable ready) {
      next = ready;
      gate.enter(this);
      return true;
    }

    @Override
    public void admitted() {
      if (take()) {
        next.run();
      }
    }

    /// False if the request has come to its end in the meantime.
    private boolean take() {
      boolean taken = state.compareAndSet(State.OUTSIDE, State.INSIDE);
      if (!taken) {
        gate.leave();
      }
      return taken;
    }

    @Override
    public void refused() {
      throw new IllegalStateException("a patient gate refuses nobody");
    }

    @Override
    public boolean withdraw() {
      return gate.withdraw(this);
    }

    @Override
    public void giveBack() {
      if (state.getAndSet(State.GONE) == State.INSIDE) {
        gate.leave();
      }
    }
  }
}
