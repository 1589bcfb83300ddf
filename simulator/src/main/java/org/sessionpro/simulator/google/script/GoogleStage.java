package org.sessionpro.simulator.google.script;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.simulator.google.api.AccessTokens;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.PlayRefusal;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.play.Voiding.Cause;
import org.sessionpro.simulator.google.pubsub.Delivery;
import org.sessionpro.simulator.google.pubsub.DeliveryRule;
import org.sessionpro.simulator.google.pubsub.MessageQueue;
import org.sessionpro.simulator.http.CallLog;
import org.sessionpro.simulator.http.FaultPlan;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ScriptError;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.StoreExpectation;
import org.sessionpro.simulator.script.StoreStep;
import org.sessionpro.simulator.script.Verdict;

/// Google Play as scripts play on it.
public final class GoogleStage implements Stage {
  private final PlayStore store;
  private final Delivery delivery;
  private final AccessTokens tokens;
  private final FrontDesk desk;
  private final Buying buying;
  private final Observation observation;

  public GoogleStage(
      PlayStore store, Delivery delivery, MessageQueue queue, AccessTokens tokens, FrontDesk desk) {
    this.store = store;
    this.delivery = delivery;
    this.tokens = tokens;
    this.desk = desk;
    this.buying = new Buying(store);
    this.observation = new Observation(store, delivery, queue);
  }

  @Override
  public PaymentProvider store() {
    return PaymentProvider.GOOGLE_PLAY;
  }

  @Override
  public void catchUp() {
    store.catchUp();
  }

  @Override
  public void calm() {
    desk.faults().clear();
    delivery.clear();
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
  public Instant perform(StoreStep step, Scene scene) {
    if (!(step instanceof GoogleStep google)) {
      throw new ScriptError("this does not happen on Google Play");
    }
    try {
      return perform(google, scene);
    } catch (PlayRefusal refusal) {
      throw new ScriptError("Play does not do it: " + refusal.getMessage());
    }
  }

  private Instant perform(GoogleStep step, Scene scene) {
    return switch (step) {
      case GoogleStep.Buy buy -> buying.buy(buy, scene);
      case GoogleStep.BuyMany many -> buying.buyMany(many, scene);
      case GoogleStep.BuyOnce once -> buying.buyOnce(once, scene);
      case GoogleStep.Complete complete -> buying.complete(token(complete.name(), scene), scene);
      case GoogleStep.Abandon abandon -> buying.abandon(token(abandon.name(), scene), scene);
      case GoogleStep.Change change -> buying.change(change, scene);
      case GoogleStep.TopUp topUp -> buying.topUp(topUp, scene);
      case GoogleStep.BuyAgain again -> buying.buyAgain(again, scene);
      case GoogleStep.SetCard card -> store.setCard(token(card.name(), scene), card.declines());
      case GoogleStep.Cancel cancel ->
          store.cancel(
              token(cancel.name(), scene),
              cancel.byDeveloper() ? Canceler.DEVELOPER : Canceler.USER);
      case GoogleStep.Restart restart -> store.restart(token(restart.name(), scene));
      case GoogleStep.Pause pause ->
          store.schedulePause(token(pause.name(), scene), pause.length());
      case GoogleStep.Resume resume -> store.resume(token(resume.name(), scene));
      case GoogleStep.Defer defer -> store.defer(token(defer.name(), scene), defer.by());
      case GoogleStep.ChargeAhead ahead ->
          store.chargeAhead(token(ahead.name(), scene), ahead.lead());
      case GoogleStep.Revoke revoke -> store.revoke(token(revoke.name(), scene), Cause.DEVELOPER);
      case GoogleStep.ChargeBack back -> store.revoke(token(back.name(), scene), Cause.CHARGEBACK);
      case GoogleStep.Refund refund -> store.refund(order(refund.cycle(), scene), refund.revoke());
      case GoogleStep.TakeBack back ->
          store.takeBack(token(back.name(), scene), back.quantity(), Cause.REMORSE);
      case GoogleStep.AppAcknowledges app -> buying.acknowledge(token(app.name(), scene));
      case GoogleStep.Tell tell -> buying.tell(token(tell.name(), scene), tell.trifle(), scene);
      case GoogleStep.ReviewRefund review ->
          store.announce(
              new Notice.OfRefundReview(
                  token(review.cycle().purchase(), scene), order(review.cycle(), scene), 1));
      case GoogleStep.Notify notify ->
          store.notifyAgain(token(notify.name(), scene), notify.event());
      case GoogleStep.NotifyTest _ -> store.announce(new Notice.OfTest());
      case GoogleStep.Deliver _,
          GoogleStep.DeliverNormally _,
          GoogleStep.Seed _,
          GoogleStep.Release _,
          GoogleStep.EndTokens _ ->
          arrange(step, scene);
    };
  }

  /// What happens around the store, not in it.
  private Instant arrange(GoogleStep step, Scene scene) {
    switch (step) {
      case GoogleStep.Deliver rule -> delivery.add(rule(rule, scene));
      case GoogleStep.DeliverNormally _ -> delivery.clear();
      case GoogleStep.Seed seed -> delivery.seed(seed.seed());
      case GoogleStep.Release release -> {
        store.catchUp();
        delivery.release(release.order(), scene.now());
      }
      case GoogleStep.EndTokens _ -> tokens.revokeAll();
      default -> throw new IllegalStateException("this happens in the store");
    }
    return scene.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static DeliveryRule rule(GoogleStep.Deliver deliver, Scene scene) {
    @Nullable PurchaseToken about = deliver.about() == null ? null : token(deliver.about(), scene);
    return new DeliveryRule(deliver.words(), about, deliver.times(), deliver.handling());
  }

  static PurchaseToken token(String name, Scene scene) {
    StoreId id = scene.purchase(name);
    if (id instanceof PurchaseToken token) {
      return token;
    }
    throw new ScriptError(name + " was not bought on Google Play");
  }

  private OrderId order(CycleRef cycle, Scene scene) {
    return cycle(cycle, scene).order();
  }

  @Override
  public StoreCycle.OfGoogle cycle(CycleRef cycle, Scene scene) {
    PurchaseToken token = token(cycle.purchase(), scene);
    return observation
        .oneTime(token)
        .map(OneTimePurchase::order)
        .map(order -> new StoreCycle.OfGoogle(token, order))
        .orElseGet(() -> new StoreCycle.OfGoogle(token, paid(cycle, token).order()));
  }

  private Cycle paid(CycleRef cycle, PurchaseToken token) {
    Subscription subscription = store.subscription(token);
    List<Cycle> cycles = subscription.cycles();
    if (cycle.number() > cycles.size()) {
      throw new ScriptError(cycle.purchase() + " has " + cycles.size() + " cycles at the store");
    }
    return cycles.get(cycle.number() - 1);
  }

  @Override
  public @Nullable Instant paidUntil(CycleRef cycle, Scene scene) {
    PurchaseToken token = token(cycle.purchase(), scene);
    return observation.oneTime(token).isPresent() ? null : paid(cycle, token).paidUntil();
  }

  @Override
  public Verdict check(StoreExpectation expectation, Scene scene) {
    return expectation instanceof GoogleExpectation google
        ? observation.check(google, scene)
        : new Verdict.Unchecked();
  }
}
