package org.sessionpro.simulator.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.Plan;

/// The server that scripts are about, as whoever starts it can drive and question it.
public interface ServerUnderTest {
  /// False of a stand-in, whose requests prove nothing: what a script expects of them is not checked
  /// then.
  default boolean isGenuine() {
    return true;
  }

  /// Waits until it has received and done everything that is due, or has been killed.
  void settle();

  /// Asks for a proof as the buyer's client does; empty if nobody can ask.
  Optional<ProofAnswer> askForProof(Buyer buyer);

  /// Asks for status or payments as the buyer's client does; both touch the account.
  void ask(Buyer buyer, Question question);

  /// Adds a payment as a client of v0 does.
  ///
  /// @return the status of the answer (`wire-v0.md`); empty if nobody can ask
  Optional<Integer> add(Buyer buyer, StoreCycle cycle);

  /// Grants a voucher as the operator does.
  void grant(Buyer buyer, Plan plan);

  /// Stops and starts it.
  ///
  /// @param settings of the store's section that change, by key
  void restart(Map<String, String> settings);

  /// Ends it without warning.
  void kill();

  /// Starts it after [#kill()].
  void start();

  /// Takes the database away, or gives it back.
  void reachDatabase(boolean reachable);

  /// Runs `pro` with these words.
  void operate(List<String> words);

  /// Notes how an account stands, for [ServerExpectation.Unchanged].
  void remember(Buyer buyer);

  Verdict check(ServerExpectation expectation, Scene scene);
}
