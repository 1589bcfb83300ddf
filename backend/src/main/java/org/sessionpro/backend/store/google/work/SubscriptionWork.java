package org.sessionpro.backend.store.google.work;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.BasePlanId;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.GoogleConverge;
import org.sessionpro.backend.store.google.SubscriptionResource;
import org.sessionpro.backend.store.google.work.Comparison.Heard;
import org.sessionpro.protocol.PurchaseToken;

/// Compares a subscription with Google's record of it.
final class SubscriptionWork implements WorkHandler {
  private final Asking asking;
  private final Catalogue catalogue;
  private final GoogleConverge converge;
  private final Comparison comparison;
  private final Rooms rooms;

  SubscriptionWork(
      Asking asking, Catalogue catalogue, Continuation continuation, Comparison to, Rooms rooms) {
    this.asking = asking;
    this.catalogue = catalogue;
    this.converge = new GoogleConverge(catalogue, continuation);
    this.comparison = to;
    this.rooms = rooms;
  }

  @Override
  public Outcome handle(Turn turn) {
    return PurchaseWork.unlessForeign(look(turn), turn, rooms, PurchaseWork::isOfSubscription);
  }

  private Outcome look(Turn turn) {
    PurchaseToken token = new PurchaseToken(turn.claim().item().key());
    Instant fetchedAt = rooms.clock().instant();
    StoreAnswer<SubscriptionResource> answer = asking.about(turn.claim()).subscription(token);
    return switch (answer) {
      case Answer<SubscriptionResource>(SubscriptionResource resource) ->
          comparison.compare(
              turn,
              new Heard(
                  fetchedAt,
                  resource.related(),
                  (known, occasion) -> converge.subscription(resource, known, occasion),
                  obstacle -> named(obstacle, resource)));
      case Gone<SubscriptionResource> _ ->
          comparison.compare(turn, new Heard(fetchedAt, before(token), converge::gone, _ -> null));
      case StoreAnswer<SubscriptionResource> other ->
          GoogleWork.UNANSWERED.outcome(other, turn, rooms.clock().instant());
    };
  }

  /// The purchase whose place this one is known to have taken: the same money may be known there.
  private List<PurchaseToken> before(PurchaseToken token) {
    KnownSubscription known = rooms.subscriptions().known(SubscriptionKey.google(token), List.of());
    return PurchaseWork.facts(known, token).stream()
        .filter(Linked.class::isInstance)
        .map(fact -> new PurchaseToken(((Linked) fact).to().value()))
        .toList();
  }

  private @Nullable String named(Obstacle obstacle, SubscriptionResource resource) {
    return obstacle == Obstacle.UNKNOWN_PLAN
        ? resource.lineItems().stream()
            .filter(item -> item.order() != null)
            .flatMap(item -> Stream.ofNullable(item.basePlan()))
            .filter(plan -> !catalogue.basePlans().containsKey(plan))
            .map(BasePlanId::value)
            .findFirst()
            .orElse(null)
        : null;
  }
}
