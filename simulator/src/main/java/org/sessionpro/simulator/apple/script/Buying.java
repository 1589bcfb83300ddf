package org.sessionpro.simulator.apple.script;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.catalogue.Product;
import org.sessionpro.simulator.apple.script.AppleStep.Wanted;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.Customer;
import org.sessionpro.simulator.apple.store.Offer;
import org.sessionpro.simulator.apple.store.Sale;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.apple.store.Wish;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ScriptError;

/// The steps of scripts in which somebody buys.
final class Buying {
  /// Offers of scripts are codes that are redeemed.
  private static final int CODE = 3;

  private final AppStore store;

  Buying(AppStore store) {
    this.store = store;
  }

  Instant perform(AppleStep.Buying step, Scene scene) {
    return switch (step) {
      case AppleStep.Buy buy -> buy(buy, scene);
      case AppleStep.BuyOnce once -> buyOnce(once, scene);
      case AppleStep.Resubscribe again -> {
        TransactionId id = AppleStage.original(again.name(), scene);
        yield store.resubscribe(id, wish(again.wanted(), usualToken(id), scene));
      }
      case AppleStep.Change change -> change(change, scene);
      case AppleStep.Revert revert -> revert(AppleStage.original(revert.name(), scene), revert);
      case AppleStep.Share share -> {
        TransactionId shared = AppleStage.original(share.name(), scene);
        yield named(
            share.share(), store.share(shared, customer(scene.buyer(share.member()), null)), scene);
      }
      case AppleStep.Restore restore ->
          store.restore(AppleStage.paid(restore.cycle(), store, scene).ids().first());
    };
  }

  private Instant buy(AppleStep.Buy buy, Scene scene) {
    Buyer buyer = scene.buyer(buy.buyer());
    Wish wish = wish(buy.wanted(), buyer.appleToken(), scene);
    return named(buy.name(), store.buy(customer(buyer, buy.customer()), wish, buy.grace()), scene);
  }

  private Instant buyOnce(AppleStep.BuyOnce once, Scene scene) {
    Buyer buyer = scene.buyer(once.buyer());
    Wish wish = wish(once.wanted(), buyer.appleToken(), scene);
    return named(once.name(), store.buyOnce(customer(buyer, null), wish, once.length()), scene);
  }

  /// Scripts have their own people, also where they share a store.
  private static Customer customer(Buyer buyer, @Nullable String name) {
    String person = buyer.name() + "/" + buyer.key().hex();
    return new Customer(name == null ? person : name + "/" + person);
  }

  private static Instant named(String name, Subscription bought, Scene scene) {
    scene.name(name, bought.original());
    return bought.newest().start();
  }

  private Instant change(AppleStep.Change change, Scene scene) {
    TransactionId id = AppleStage.original(change.name(), scene);
    Wish wish = wish(change.wanted(), usualToken(id), scene);
    return change.redeems() ? store.redeem(id, wish) : store.changeProduct(id, wish);
  }

  private Instant revert(TransactionId id, AppleStep.Revert revert) {
    Sale running = store.subscription(id).newest().sale();
    Wish wish = new Wish(new Sale(running.product(), running.monthly(), null), usualToken(id));
    return revert.afresh() ? store.revertAfresh(id, wish.token()) : store.changeProduct(id, wish);
  }

  private @Nullable UUID usualToken(TransactionId id) {
    return store.subscription(id).newest().token();
  }

  private Wish wish(Wanted wanted, @Nullable UUID usual, Scene scene) {
    Product product =
        store
            .catalogue()
            .product(wanted.product())
            .orElseThrow(() -> new ScriptError("'" + wanted.product() + "' is not sold"));
    Offer offer = wanted.offer() == null ? null : new Offer(wanted.offer(), CODE);
    return new Wish(new Sale(product, wanted.monthly(), offer), token(wanted, usual, scene));
  }

  private static @Nullable UUID token(Wanted wanted, @Nullable UUID usual, Scene scene) {
    if (wanted.token() == null) {
      return usual;
    }
    return wanted.token().equals(Wanted.NO_TOKEN) ? null : scene.buyer(wanted.token()).appleToken();
  }
}
