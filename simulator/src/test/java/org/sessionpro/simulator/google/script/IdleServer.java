package org.sessionpro.simulator.google.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ProofAnswer;
import org.sessionpro.simulator.script.Question;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.ServerUnderTest;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// Stands in for a server and does nothing; what others do is added to it.
public class IdleServer implements ServerUnderTest {
  @Override
  public boolean isGenuine() {
    return false;
  }

  @Override
  public void settle() {}

  @Override
  public Optional<ProofAnswer> askForProof(Buyer buyer) {
    return Optional.empty();
  }

  @Override
  public void ask(Buyer buyer, Question question) {}

  @Override
  public Optional<Integer> add(Buyer buyer, StoreCycle cycle) {
    return Optional.empty();
  }

  @Override
  public void grant(Buyer buyer, Plan plan) {}

  @Override
  public void restart(Map<String, String> settings) {}

  @Override
  public void kill() {}

  @Override
  public void start() {}

  @Override
  public void reachDatabase(boolean reachable) {}

  @Override
  public void operate(List<String> words) {}

  @Override
  public void remember(Buyer buyer) {}

  @Override
  public Verdict check(ServerExpectation expectation, Scene scene) {
    return new Verdict.Unchecked();
  }
}
