package org.sessionpro.simulator.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.http.Call;
import org.sessionpro.simulator.http.CallLog;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ProofAnswer;
import org.sessionpro.simulator.script.Question;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ScriptError;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.ServerUnderTest;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// A server that somebody has pointed at the simulator. Only its requests are seen, so it has settled
/// when it has taken all messages and asked nothing of consequence for a while.
final class AttachedServer implements ServerUnderTest {
  private static final Duration QUIET = Duration.ofMillis(600);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final ServedStore store;
  private final CallLog calls;
  private final PrintWriter out;

  AttachedServer(ServedStore store, PrintWriter out) {
    this.store = store;
    this.calls = store.stage().calls();
    this.out = out;
  }

  /// Waits until a server is there.
  ///
  /// @throws ScriptError if none is for a minute
  static void await(ServedStore store) throws InterruptedException {
    await("no server is there", store::isAttended);
  }

  private static void await(String complaint, BooleanSupplier reached) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new ScriptError(complaint);
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  @Override
  public void settle() {
    long[] seen = {calls.answered(), System.nanoTime()};
    try {
      await("the server does not come to rest", () -> hasRested(seen));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ScriptError("interrupted");
    }
  }

  /// @param seen number of the last request looked at, and when one was last worth noting
  private boolean hasRested(long[] seen) {
    List<Call> made = calls.since(seen[0]);
    seen[0] += made.size();
    if (!made.stream().allMatch(store::isIdle) || store.waiting() > 0) {
      seen[1] = System.nanoTime();
    }
    return System.nanoTime() - seen[1] > QUIET.toNanos();
  }

  @Override
  public Optional<ProofAnswer> askForProof(Buyer buyer) {
    return Optional.empty();
  }

  @Override
  public void ask(Buyer buyer, Question question) {
    // Nobody here has a client.
  }

  @Override
  public Optional<Integer> add(Buyer buyer, StoreCycle cycle) {
    return Optional.empty();
  }

  @Override
  public void grant(Buyer buyer, Plan plan) {
    throw notHere("grant a voucher");
  }

  @Override
  public void restart(Map<String, String> settings) {
    throw notHere("restart the server");
  }

  @Override
  public void kill() {
    throw notHere("kill the server");
  }

  @Override
  public void start() {
    throw notHere("start the server");
  }

  @Override
  public void reachDatabase(boolean reachable) {
    throw notHere("touch its database");
  }

  @Override
  public void operate(List<String> words) {
    throw notHere("run pro " + String.join(" ", words));
  }

  private static ScriptError notHere(String what) {
    return new ScriptError("somebody would have to " + what + ", which nobody here can");
  }

  @Override
  public void remember(Buyer buyer) {
    // Nobody here can look into the server.
  }

  @Override
  public Verdict check(ServerExpectation expectation, Scene scene) {
    out.println("not checked: " + expectation);
    return new Verdict.Unchecked();
  }
}
