package org.sessionpro.simulator.google.script;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.simulator.google.api.AccessTokens;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.Extras.PriceChange;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.PlayRefusal;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.PlayStore.Canceler;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.play.Voiding.Cause;
import org.sessionpro.simulator.google.pubsub.Delivery;
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
  private static final Price HIGHER_PRICE = new Price("NZD", 9_490_000);
  private static final Duration PRICE_NOTICE = Duration.ofDays(30);

  private final PlayStore store;
  private final Delivery delivery;
  private final FrontDesk desk;
  private final Buying buying;
  private final Telling telling;
  private final Observation observation;

  public GoogleStage(
      PlayStore store, Delivery delivery, MessageQueue queue, AccessTokens tokens, FrontDesk desk) {
    this.store = store;
    this.delivery = delivery;
    this.desk = desk;
    this.buying = new Buying(store);
    this.telling = new Telling(this, store, delivery, tokens);
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
      case GoogleStep.Buying buys -> buying.perform(buys, scene);
      case GoogleStep.Changing changes -> perform(changes, scene);
      case GoogleStep.TakingBack takes -> perform(takes, scene);
      case GoogleStep.Telling tells -> telling.perform(tells, scene);
    };
  }

  private Instant perform(GoogleStep.Changing step, Scene scene) {
    return switch (step) {
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
      case GoogleStep.Tell tell -> trifle(token(tell.name(), scene), tell.trifle(), scene);
    };
  }

  private Instant trifle(PurchaseToken token, GoogleStep.Trifle trifle, Scene scene) {
    Instant now = scene.now().truncatedTo(ChronoUnit.MILLIS);
    PriceChange change = new PriceChange(HIGHER_PRICE, now.plus(PRICE_NOTICE), false);
    return switch (trifle) {
      case PRICE_CHANGE -> store.changePrice(token, change);
      case STEP_UP -> store.stepUpPrice(token, change);
      case ADD_ON -> store.addOn(token, store.catalogue().sale(SessionCatalogue.STICKERS_MONTH));
      case GOOGLE_PROFILE -> store.showGoogleProfile(token);
    };
  }

  private Instant perform(GoogleStep.TakingBack step, Scene scene) {
    return switch (step) {
      case GoogleStep.Revoke revoke -> store.revoke(token(revoke.name(), scene), Cause.DEVELOPER);
      case GoogleStep.ChargeBack back -> store.revoke(token(back.name(), scene), Cause.CHARGEBACK);
      case GoogleStep.Refund refund ->
          store.refund(cycle(refund.cycle(), scene).order(), refund.revoke());
      case GoogleStep.TakeBack back ->
          store.takeBack(token(back.name(), scene), back.quantity(), Cause.REMORSE);
    };
  }

  static PurchaseToken token(String name, Scene scene) {
    StoreId id = scene.purchase(name);
    if (id instanceof PurchaseToken token) {
      return token;
    }
    throw new ScriptError(name + " was not bought on Google Play");
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
