package org.sessionpro.simulator.google.script;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.Sale;
import org.sessionpro.simulator.google.play.ExternalIds;
import org.sessionpro.simulator.google.play.OneTimeOrder;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.OutOfApp;
import org.sessionpro.simulator.google.play.PlanChange;
import org.sessionpro.simulator.google.play.PlayAccount;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Purchase;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.script.GoogleStep.Told;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.Scene;

/// The steps of scripts in which somebody buys.
final class Buying {
  private final PlayStore store;

  Buying(PlayStore store) {
    this.store = store;
  }

  Instant perform(GoogleStep.Buying step, Scene scene) {
    return switch (step) {
      case GoogleStep.Buy buy -> buy(buy, scene);
      case GoogleStep.BuyMany many -> buyMany(many, scene);
      case GoogleStep.BuyOnce once -> buyOnce(once, scene);
      case GoogleStep.Complete complete ->
          complete(GoogleStage.token(complete.name(), scene), scene);
      case GoogleStep.Abandon abandon -> abandon(GoogleStage.token(abandon.name(), scene), scene);
      case GoogleStep.Change change -> change(change, scene);
      case GoogleStep.TopUp topUp -> topUp(topUp, scene);
      case GoogleStep.BuyAgain again -> buyAgain(again, scene);
      case GoogleStep.AppAcknowledges app -> acknowledge(GoogleStage.token(app.name(), scene));
    };
  }

  private Instant buy(GoogleStep.Buy buy, Scene scene) {
    Buyer buyer = scene.buyer(buy.buyer());
    Sale plan = store.catalogue().sale(buy.plan());
    Sale sale = new Sale(plan.product(), plan.plan(), buy.offer());
    return named(
        buy.name(),
        store.buy(new Purchase(account(buyer), sale, ids(buyer), buy.pending(), buy.test())),
        scene);
  }

  private static PlayAccount account(Buyer buyer) {
    return new PlayAccount(buyer.name());
  }

  private static @Nullable ExternalIds ids(Buyer buyer) {
    String id = buyer.googleId();
    return id == null ? null : ExternalIds.ofAccount(id);
  }

  private static Instant named(String name, Subscription bought, Scene scene) {
    scene.name(name, bought.token());
    Instant started = bought.origin().startedAt();
    return started == null ? scene.now().truncatedTo(ChronoUnit.MILLIS) : started;
  }

  /// Ids that no key will ever ask for.
  private Instant buyMany(GoogleStep.BuyMany many, Scene scene) {
    Sale sale = store.catalogue().sale(many.plan());
    Random random = new Random(many.name().hashCode());
    for (int i = 1; i <= many.size(); i++) {
      byte[] id = new byte[32];
      random.nextBytes(id);
      ExternalIds ids = ExternalIds.ofAccount(HexFormat.of().formatHex(id));
      PlayAccount account = new PlayAccount(many.name() + "-" + i);
      named(account.name(), store.buy(Purchase.of(account, sale, ids)), scene);
    }
    return scene.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private Instant buyOnce(GoogleStep.BuyOnce once, Scene scene) {
    Buyer buyer = scene.buyer(once.buyer());
    OneTimePurchase.Basket basket = new OneTimePurchase.Basket(once.product(), once.quantity());
    OneTimePurchase bought =
        store.buyOnce(
            new OneTimeOrder(account(buyer), basket, ids(buyer), once.pending(), once.test()));
    scene.name(once.name(), bought.token());
    Instant completed = bought.completedAt();
    return completed == null ? scene.now().truncatedTo(ChronoUnit.MILLIS) : completed;
  }

  private boolean isOneTime(PurchaseToken token) {
    return store.oneTimePurchases().stream().anyMatch(purchase -> purchase.token().equals(token));
  }

  private Instant complete(PurchaseToken token, Scene scene) {
    Instant at =
        isOneTime(token)
            ? store.completeOnce(token).completedAt()
            : store.complete(token).origin().startedAt();
    return at == null ? scene.now() : at;
  }

  private Instant abandon(PurchaseToken token, Scene scene) {
    if (isOneTime(token)) {
      store.abandonOnce(token);
    } else {
      store.abandon(token);
    }
    return scene.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private Instant change(GoogleStep.Change change, Scene scene) {
    Sale sale = store.catalogue().sale(change.plan());
    PlanChange wish = new PlanChange(sale, change.mode(), change.pending());
    return named(
        change.successor(), store.changePlan(GoogleStage.token(change.name(), scene), wish), scene);
  }

  private Instant topUp(GoogleStep.TopUp topUp, Scene scene) {
    return named(topUp.successor(), store.topUp(GoogleStage.token(topUp.name(), scene)), scene);
  }

  private Instant buyAgain(GoogleStep.BuyAgain again, Scene scene) {
    PurchaseToken over = GoogleStage.token(again.name(), scene);
    Told told = again.told();
    boolean tellsIds = told == Told.IDS || told == Told.BOTH;
    boolean tellsToken = told == Told.TOKEN || told == Told.BOTH;
    OutOfApp context =
        new OutOfApp(
            tellsIds ? store.subscription(over).origin().ids() : null, tellsToken ? over : null);
    return named(again.successor(), store.buyOutOfApp(over, context), scene);
  }

  private Instant acknowledge(PurchaseToken token) {
    return isOneTime(token) ? store.acknowledgeOnce(token) : store.acknowledge(token, null);
  }
}
