package org.sessionpro.simulator.script;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.CallLog;
import org.sessionpro.simulator.http.Endpoint;
import org.sessionpro.simulator.http.FaultPlan;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.http.Service;

/// A store that sells toys: `sell NAME` names a purchase, `expect sold N` counts them.
final class ToyStage implements Stage, Vocabulary {
  final List<String> sold = new ArrayList<>();
  final FrontDesk desk;
  private final InstantSource clock;
  private int caughtUp;
  boolean calmed;

  record Sell(String name) implements StoreStep {
    @Override
    public PaymentProvider store() {
      return PaymentProvider.GOOGLE_PLAY;
    }
  }

  record Sold(int count) implements StoreExpectation {
    @Override
    public PaymentProvider store() {
      return PaymentProvider.GOOGLE_PLAY;
    }
  }

  ToyStage(InstantSource clock) {
    this.clock = clock;
    this.desk =
        new FrontDesk(
            new Service() {
              @Override
              public Routed route(Request request) {
                return new Routed(
                    () -> "look", request.segments().getLast(), () -> Answer.empty(200));
              }

              @Override
              public Answer refusal(
                  Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
                return Answer.empty(status);
              }
            },
            clock);
  }

  @Override
  public PaymentProvider store() {
    return PaymentProvider.GOOGLE_PLAY;
  }

  @Override
  public Optional<StoreStep> step(String verb, Words words) {
    return verb.equals("sell") ? Optional.of(new Sell(words.next("a name"))) : Optional.empty();
  }

  @Override
  public Optional<StoreExpectation> expectation(String noun, Words words) {
    return noun.equals("sold") ? Optional.of(new Sold(words.number("how many"))) : Optional.empty();
  }

  @Override
  public boolean knowsEndpoint(String word) {
    return word.equals("look");
  }

  @Override
  public Instant perform(StoreStep step, Scene scene) {
    String name = ((Sell) step).name();
    sold.add(name);
    scene.name(name, new PurchaseToken("token-" + name));
    return clock.instant();
  }

  @Override
  public Verdict check(StoreExpectation expectation, Scene scene) {
    return Verdict.of(((Sold) expectation).count() == sold.size(), "sold are " + sold);
  }

  @Override
  public void catchUp() {
    caughtUp++;
  }

  int caughtUp() {
    return caughtUp;
  }

  @Override
  public void calm() {
    calmed = true;
  }

  @Override
  public FaultPlan faults() {
    return desk.faults();
  }

  @Override
  public CallLog calls() {
    return desk.calls();
  }

  @Override
  public StoreCycle cycle(CycleRef cycle, Scene scene) {
    return new StoreCycle.OfGoogle(
        (PurchaseToken) scene.purchase(cycle.purchase()), new OrderId("order-" + cycle.number()));
  }

  @Override
  public Instant paidUntil(CycleRef cycle, Scene scene) {
    return Instant.EPOCH;
  }
}
