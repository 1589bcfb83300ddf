package org.sessionpro.backend.store.google.work;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.google.Convergence.Obstacle;
import org.sessionpro.backend.store.google.OneTimeConverge;
import org.sessionpro.backend.store.google.ProductResource;
import org.sessionpro.backend.store.google.work.Comparison.Heard;
import org.sessionpro.protocol.PurchaseToken;

/// Compares something that was bought once with Google's record of it.
final class OneTimeWork implements WorkHandler {
  private final Asking asking;
  private final OneTimeConverge converge;
  private final Comparison comparison;
  private final Rooms rooms;

  OneTimeWork(Asking asking, Catalogue catalogue, Comparison comparison, Rooms rooms) {
    this.asking = asking;
    this.converge = new OneTimeConverge(catalogue);
    this.comparison = comparison;
    this.rooms = rooms;
  }

  @Override
  public Outcome handle(Turn turn) {
    return PurchaseWork.unlessForeign(look(turn), turn, rooms, PurchaseWork::isOnce);
  }

  private Outcome look(Turn turn) {
    PurchaseToken token = new PurchaseToken(turn.claim().item().key());
    Instant fetchedAt = rooms.clock().instant();
    StoreAnswer<ProductResource> answer = asking.about(turn.claim()).product(token);
    return switch (answer) {
      case Answer<ProductResource>(ProductResource resource) ->
          comparison.compare(
              turn,
              new Heard(
                  fetchedAt,
                  List.of(),
                  (known, occasion) -> converge.purchase(resource, known, occasion),
                  obstacle -> named(obstacle, resource)));
      case Gone<ProductResource> _ ->
          comparison.compare(turn, new Heard(fetchedAt, List.of(), converge::gone, _ -> null));
      case StoreAnswer<ProductResource> other ->
          GoogleWork.UNANSWERED.outcome(other, turn, rooms.clock().instant());
    };
  }

  private static @Nullable String named(Obstacle obstacle, ProductResource resource) {
    return obstacle == Obstacle.UNKNOWN_PRODUCT
        ? resource.items().stream().map(item -> item.product().value()).findFirst().orElse(null)
        : null;
  }
}
