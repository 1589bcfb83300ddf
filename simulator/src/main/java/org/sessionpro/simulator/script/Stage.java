package org.sessionpro.simulator.script;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.http.CallLog;
import org.sessionpro.simulator.http.FaultPlan;

/// A simulated store as scripts play on it.
public interface Stage {
  PaymentProvider store();

  /// Makes a step happen and answers when it did, in whole milliseconds.
  ///
  /// @throws ScriptError if the store does not let it happen
  Instant perform(StoreStep step, Scene scene);

  Verdict check(StoreExpectation expectation, Scene scene);

  /// Does what has become due, after the clock moved.
  void catchUp();

  /// Forgets faults and rules of delivery, so that the next script begins undisturbed.
  void calm();

  FaultPlan faults();

  CallLog calls();

  /// The store's names of a cycle.
  ///
  /// @throws ScriptError if there is none
  StoreCycle cycle(CycleRef cycle, Scene scene);

  /// The end of the time that a cycle is paid for; null if there is none.
  @Nullable Instant paidUntil(CycleRef cycle, Scene scene);
}
