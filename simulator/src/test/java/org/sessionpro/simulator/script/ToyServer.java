package org.sessionpro.simulator.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.Plan;

/// Notes what it is told, answers what it is told to answer, and finds that nothing is met but what
/// `verdict` says.
final class ToyServer implements ServerUnderTest {
  final List<String> done = new ArrayList<>();
  boolean genuine = true;
  Verdict verdict = new Verdict.Met();
  Optional<ProofAnswer> answer = Optional.empty();

  @Override
  public boolean isGenuine() {
    return genuine;
  }

  @Override
  public void settle() {
    done.add("settle");
  }

  @Override
  public Optional<ProofAnswer> askForProof(Buyer buyer) {
    done.add("proof for " + buyer.name());
    return answer;
  }

  @Override
  public void ask(Buyer buyer, Question question) {
    done.add(question + " for " + buyer.name());
  }

  @Override
  public Optional<Integer> add(Buyer buyer, StoreCycle cycle) {
    done.add("add");
    return Optional.of(101);
  }

  @Override
  public void grant(Buyer buyer, Plan plan) {
    done.add("grant " + plan);
  }

  @Override
  public void restart(Map<String, String> settings) {
    done.add("restart " + settings);
  }

  @Override
  public void kill() {
    done.add("kill");
  }

  @Override
  public void start() {
    done.add("start");
  }

  @Override
  public void reachDatabase(boolean reachable) {
    done.add("database " + reachable);
  }

  @Override
  public void operate(List<String> words) {
    done.add("operate " + words);
  }

  @Override
  public void remember(Buyer buyer) {
    done.add("remember " + buyer.name());
  }

  @Override
  public Verdict check(ServerExpectation expectation, Scene scene) {
    return verdict;
  }
}
