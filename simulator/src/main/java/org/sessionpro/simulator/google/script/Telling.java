package org.sessionpro.simulator.google.script;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.api.AccessTokens;
import org.sessionpro.simulator.google.notice.Notice;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.pubsub.Delivery;
import org.sessionpro.simulator.google.pubsub.DeliveryRule;
import org.sessionpro.simulator.script.Scene;

/// The steps of scripts in which Play says something, or something becomes of what it says.
final class Telling {
  private static final int REVIEW_REASON = 1;

  private final GoogleStage stage;
  private final PlayStore store;
  private final Delivery delivery;
  private final AccessTokens tokens;

  Telling(GoogleStage stage, PlayStore store, Delivery delivery, AccessTokens tokens) {
    this.stage = stage;
    this.store = store;
    this.delivery = delivery;
    this.tokens = tokens;
  }

  Instant perform(GoogleStep.Telling step, Scene scene) {
    switch (step) {
      case GoogleStep.ReviewRefund review -> {
        return store.announce(reviewed(review, scene));
      }
      case GoogleStep.Notify notify -> {
        return store.notifyAgain(GoogleStage.token(notify.name(), scene), notify.event());
      }
      case GoogleStep.NotifyTest _ -> {
        return store.announce(new Notice.OfTest());
      }
      case GoogleStep.Deliver rule -> delivery.add(rule(rule, scene));
      case GoogleStep.DeliverNormally _ -> delivery.clear();
      case GoogleStep.Seed seed -> delivery.seed(seed.seed());
      case GoogleStep.Release release -> {
        store.catchUp();
        delivery.release(release.order(), scene.now());
      }
      case GoogleStep.EndTokens _ -> tokens.revokeAll();
    }
    return scene.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private Notice reviewed(GoogleStep.ReviewRefund review, Scene scene) {
    return new Notice.OfRefundReview(
        GoogleStage.token(review.cycle().purchase(), scene),
        stage.cycle(review.cycle(), scene).order(),
        REVIEW_REASON);
  }

  private static DeliveryRule rule(GoogleStep.Deliver deliver, Scene scene) {
    @Nullable PurchaseToken about =
        deliver.about() == null ? null : GoogleStage.token(deliver.about(), scene);
    return new DeliveryRule(deliver.words(), about, deliver.times(), deliver.handling());
  }
}
