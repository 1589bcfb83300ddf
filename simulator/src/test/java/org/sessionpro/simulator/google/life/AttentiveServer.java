package org.sessionpro.simulator.google.life;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ProofAnswer;
import org.sessionpro.simulator.script.Question;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.ServerUnderTest;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// Acknowledges whatever belongs to somebody, without asking over the network.
final class AttentiveServer implements ServerUnderTest {
  private final PlayStore store;

  AttentiveServer(PlayStore store) {
    this.store = store;
  }

  @Override
  public boolean isGenuine() {
    return false;
  }

  @Override
  public void settle() {
    for (Subscription one : store.subscriptions()) {
      boolean owed = one.acknowledgement().deadline() != null && !one.acknowledgement().isGiven();
      if (owed && one.origin().ids() != null) {
        store.acknowledge(one.token(), null);
      }
    }
  }

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
