package org.sessionpro.simulator.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.Occasions;
import org.sessionpro.simulator.http.Effect;

/// Something that a script makes happen.
public sealed interface Step
    permits Step.Introduce,
        Step.AdvanceBy,
        Step.AdvanceTo,
        Step.Mark,
        Step.Repeat,
        Step.Break,
        Step.Mend,
        Step.Meanwhile,
        Step.OfServer,
        Step.Expect,
        StoreStep {

  /// A person appears who will buy and ask.
  ///
  /// @param known the key if it exists outside the script; null to make one up
  record Introduce(String buyer, Buyer.Told told, @Nullable MasterKey known) implements Step {}

  /// The clock moves.
  record AdvanceBy(Span span) implements Step {}

  /// The clock moves, unless it is there.
  record AdvanceTo(Moment moment) implements Step {}

  /// The present instant gets a label.
  record Mark() implements Step {}

  /// Some lines happen several times.
  record Repeat(int times, List<Line> lines) implements Step {
    public Repeat {
      lines = List.copyOf(lines);
    }
  }

  /// Requests go wrong from now on.
  ///
  /// @param endpoint word of it; null is any
  /// @param subject name of a purchase; null is any
  /// @param occasions which requests
  record Break(
      @Nullable String endpoint, @Nullable String subject, Occasions occasions, Effect effect)
      implements Step {
    /// The next `times` requests.
    Break(@Nullable String endpoint, @Nullable String subject, int times, Effect effect) {
      this(endpoint, subject, Occasions.next(times), effect);
    }
  }

  /// Requests go right again.
  ///
  /// @param endpoint word of it; null is every one
  record Mend(@Nullable String endpoint) implements Step {}

  /// Something happens while the next request of a kind is on its way.
  ///
  /// @param subject name of a purchase; null is any
  /// @param done whether the store does first what is asked; otherwise it never does
  record Meanwhile(String endpoint, @Nullable String subject, boolean done, Line then)
      implements Step {}

  /// Something must be true now.
  record Expect(Expectation expectation) implements Step {}

  /// Something that the server under test does or suffers.
  sealed interface OfServer extends Step {
    /// It works until nothing is left to do.
    record Settle() implements OfServer {}

    /// A client asks.
    ///
    /// @param answer what a proof request must be told; null is anything
    record Ask(String buyer, Question question, @Nullable ProofAnswer answer) implements OfServer {}

    /// A client of v0 adds a payment by its ids.
    ///
    /// @param status what it must be told (`wire-v0.md`); null is anything
    record Add(String buyer, CycleRef cycle, @Nullable Integer status) implements OfServer {}

    /// The operator grants a voucher.
    record Grant(String buyer, Plan plan) implements OfServer {}

    /// It is stopped and started.
    ///
    /// @param settings of the store's section that change, by key
    record Restart(Map<String, String> settings) implements OfServer {
      public Restart {
        settings = Map.copyOf(settings);
      }
    }

    /// It is killed in the middle of what it does.
    record Kill() implements OfServer {}

    /// It is started after it was killed.
    record Start() implements OfServer {}

    /// Its database goes away or comes back.
    record Database(boolean reachable) implements OfServer {}

    /// The operator types a command.
    ///
    /// @param words behind `pro`; `{name}` in them stands for the store's id of a purchase
    record Operator(List<String> words) implements OfServer {
      public Operator {
        words = List.copyOf(words);
      }
    }

    /// It remembers how an account stands, for [ServerExpectation.Unchanged].
    record Remember(String buyer) implements OfServer {}
  }
}
