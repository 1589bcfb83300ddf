package org.sessionpro.simulator.apple.script;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.StoreRefusal;
import org.sessionpro.simulator.http.CallLog;
import org.sessionpro.simulator.http.FaultPlan;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ScriptError;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.StoreExpectation;
import org.sessionpro.simulator.script.StoreStep;
import org.sessionpro.simulator.script.Verdict;

/// The App Store as scripts play on it. Each step ends with the delivery of what it has to tell.
///
/// What the store signs is ordered by the time of its signing alone, so no step shares its instant with
/// another, nor with what is asked after it: the clock moves by a millisecond before and behind it.
public final class AppleStage implements Stage {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final AppleSimulator simulator;
  private final AppStore store;
  private final Buying buying;
  private final Telling telling;
  private final Observation observation;

  public AppleStage(AppleSimulator simulator) {
    this.simulator = simulator;
    this.store = simulator.store();
    this.buying = new Buying(store);
    this.telling = new Telling(simulator);
    this.observation = new Observation(store, simulator.delivery());
  }

  @Override
  public PaymentProvider store() {
    return PaymentProvider.APP_STORE;
  }

  @Override
  public void catchUp() {
    simulator.catchUp();
    simulator.clock().forward(MOMENT);
  }

  @Override
  public void calm() {
    simulator.desk().faults().clear();
    telling.calm();
  }

  @Override
  public FaultPlan faults() {
    return simulator.desk().faults();
  }

  @Override
  public CallLog calls() {
    return simulator.desk().calls();
  }

  @Override
  public Instant perform(StoreStep step, Scene scene) {
    if (!(step instanceof AppleStep apple)) {
      throw new ScriptError("this does not happen in the App Store");
    }
    try {
      simulator.clock().forward(MOMENT);
      Instant at = perform(apple, scene);
      catchUp();
      return at;
    } catch (StoreRefusal refusal) {
      throw new ScriptError("the App Store does not do it: " + refusal.getMessage());
    }
  }

  private Instant perform(AppleStep step, Scene scene) {
    return switch (step) {
      case AppleStep.Buying buys -> buying.perform(buys, scene);
      case AppleStep.Changing changes -> perform(changes, scene);
      case AppleStep.TakingBack takes -> perform(takes, scene);
      case AppleStep.Telling tells -> telling.perform(tells, scene);
    };
  }

  private Instant perform(AppleStep.Changing step, Scene scene) {
    return switch (step) {
      case AppleStep.SetCard card -> store.setCard(original(card.name(), scene), card.declines());
      case AppleStep.Cancel cancel -> store.cancel(original(cancel.name(), scene));
      case AppleStep.Restart restart -> store.restart(original(restart.name(), scene));
      case AppleStep.SetGrace grace ->
          store.setGrace(original(grace.name(), scene), grace.length());
      case AppleStep.ChargeAhead ahead ->
          store.chargeAhead(original(ahead.name(), scene), ahead.lead());
      case AppleStep.RaisePrice raise -> store.raisePrice(original(raise.name(), scene));
      case AppleStep.AcceptPrice accept -> store.acceptPrice(original(accept.name(), scene));
      case AppleStep.Extend extend -> store.extend(original(extend.name(), scene), extend.by());
      case AppleStep.ExtendAll extend -> store.extendAll(extend.by());
      case AppleStep.Rank rank -> rank(rank, scene);
      case AppleStep.Attach attach -> attach(attach, scene);
    };
  }

  private Instant rank(AppleStep.Rank rank, Scene scene) {
    store.rank(
        store
            .catalogue()
            .product(rank.product())
            .orElseThrow(() -> new ScriptError("'" + rank.product() + "' is not sold")),
        rank.level());
    return scene.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private Instant attach(AppleStep.Attach attach, Scene scene) {
    UUID token = scene.buyer(attach.buyer()).appleToken();
    if (token == null) {
      throw new ScriptError(attach.buyer() + " has no token");
    }
    return store.setToken(original(attach.name(), scene), token);
  }

  private Instant perform(AppleStep.TakingBack step, Scene scene) {
    return switch (step) {
      case AppleStep.Refund refund ->
          store.refund(transaction(refund.cycle(), scene), refund.percent(), refund.reason());
      case AppleStep.DenyRefund deny -> store.denyRefund(transaction(deny.cycle(), scene));
      case AppleStep.ReverseRefund reverse ->
          store.reverseRefund(transaction(reverse.cycle(), scene));
      case AppleStep.AskConsumption ask ->
          store.askConsumption(transaction(ask.cycle(), scene), ask.reason());
      case AppleStep.Unshare unshare -> store.unshare(original(unshare.name(), scene));
    };
  }

  private TransactionId transaction(CycleRef cycle, Scene scene) {
    return paid(cycle, store, scene).ids().first();
  }

  static TransactionId original(String name, Scene scene) {
    StoreId id = scene.purchase(name);
    if (id instanceof TransactionId original) {
      return original;
    }
    throw new ScriptError(name + " was not bought in the App Store");
  }

  static Cycle paid(CycleRef cycle, AppStore store, Scene scene) {
    List<Cycle> cycles = store.subscription(original(cycle.purchase(), scene)).cycles();
    if (cycle.number() > cycles.size()) {
      throw new ScriptError(cycle.purchase() + " has " + cycles.size() + " cycles at the store");
    }
    return cycles.get(cycle.number() - 1);
  }

  @Override
  public StoreCycle.OfApple cycle(CycleRef cycle, Scene scene) {
    Cycle.Ids ids = paid(cycle, store, scene).ids();
    TransactionId lineItem = ids.lineItem();
    return new StoreCycle.OfApple(
        original(cycle.purchase(), scene),
        ids.first(),
        lineItem == null ? null : new OrderId(lineItem.value()));
  }

  @Override
  public @Nullable Instant paidUntil(CycleRef cycle, Scene scene) {
    return paid(cycle, store, scene).term().until();
  }

  @Override
  public Verdict check(StoreExpectation expectation, Scene scene) {
    return expectation instanceof AppleExpectation apple
        ? observation.check(apple, scene)
        : new Verdict.Unchecked();
  }
}
