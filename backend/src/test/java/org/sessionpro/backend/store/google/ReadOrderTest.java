package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.store.google.Shelf.ONE;
import static org.sessionpro.backend.store.google.Shelf.T;
import static org.sessionpro.backend.store.google.Shelf.TWO;
import static org.sessionpro.backend.store.google.Shelf.day;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.SubscriptionFact.Loss;
import org.sessionpro.backend.entitlement.SubscriptionFact.LossHeard;
import org.sessionpro.backend.store.google.SubscriptionResource.State;
import org.sessionpro.protocol.PurchaseToken;

/// In which order notifications arrive does not matter for how payments end up
/// (`google-play.md` §1, scenario 29): every order of up to five, each followed by a look at what
/// Google's record says in the end.
class ReadOrderTest {
  /// What must be the same. When a cycle was bought depends on what was heard first, and whether the term
  /// it was sold with is known of what was taken back.
  private record Outcome(
      @Nullable Instant end,
      boolean renewing,
      @Nullable Revocation revocation,
      boolean hidden,
      boolean owned) {
    static Outcome of(Payment payment) {
      return new Outcome(
          payment.isStanding() ? payment.terms().expiry() : payment.termEnd(),
          payment.isRenewing(),
          payment.revocation(),
          payment.hidden(),
          payment.owner() != null);
    }
  }

  private static <E> List<List<E>> permutations(List<E> all) {
    if (all.isEmpty()) {
      return List.of(List.of());
    }
    List<List<E>> result = new ArrayList<>();
    for (E first : all) {
      List<E> rest = new ArrayList<>(all);
      rest.remove(first);
      for (List<E> tail : permutations(rest)) {
        List<E> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        result.add(one);
      }
    }
    return result;
  }

  /// Plays every order of `steps` and demands one outcome.
  private static void playEveryOrder(List<Consumer<Shelf>> steps, Consumer<Shelf> last) {
    List<Map<?, Outcome>> outcomes =
        permutations(steps).stream()
            .<Map<?, Outcome>>map(order -> {
              Shelf shelf = new Shelf();
              order.forEach(step -> step.accept(shelf));
              last.accept(shelf);
              return outcome(shelf);
            })
            .distinct()
            .toList();

    assertThat(outcomes).hasSize(1);
  }

  private static Map<?, Outcome> outcome(Shelf shelf) {
    List<Payment> all = new ArrayList<>(shelf.payments(ONE));
    all.addAll(shelf.payments(TWO));
    return all.stream().collect(Collectors.toMap(Payment::key, Outcome::of));
  }

  /// Looks at the record `at`, because of what happened at `hint`; held losses are looked at again.
  private static Consumer<Shelf> look(
      PurchaseToken token, PlayRecord record, Instant hint, Instant at) {
    return shelf -> shelf.hinted(hint).owedSince(at).look(token, record, at);
  }

  private static PlayRecord record(State state, String order, Instant expiry) {
    return PlayRecord.of(state, order, expiry);
  }

  @Test
  void hintsOfARevokedSubscription() {
    PlayRecord end = record(State.EXPIRED, "O2", day(40));
    Instant now = day(41);
    playEveryOrder(
        List.of(
            look(ONE, end, T, now),
            look(ONE, end, day(30), now),
            shelf -> shelf.hear(ONE, LossHeard.revoked(day(40))),
            shelf -> shelf.hear(ONE, Loss.VOIDED_FULL, "O2", day(40).plusSeconds(1)),
            look(ONE, end, day(40), now)),
        look(ONE, end, day(40), now.plusSeconds(60)));
  }

  @Test
  void hintsOfAnUpgradedSubscription() {
    PlayRecord old = record(State.EXPIRED, "O1", day(10)).replaced();
    PlayRecord upgraded = record(State.ACTIVE, "P1", day(40)).instead(ONE).started(day(10));
    Instant now = day(11);
    playEveryOrder(
        List.of(
            look(ONE, old, T, now),
            look(TWO, upgraded, day(10), now),
            look(ONE, old, day(10), now),
            look(TWO, upgraded, day(10), now)),
        shelf -> {
          look(TWO, upgraded, day(10), now.plusSeconds(60)).accept(shelf);
          look(ONE, old, day(10), now.plusSeconds(60)).accept(shelf);
        });
  }

  @Test
  void hintsOfASubscriptionThatWasWatched() {
    PlayRecord end = record(State.ACTIVE, "O2", day(60));
    Consumer<Shelf> seenBefore = look(ONE, record(State.ACTIVE, "O1", day(30)), T, T);
    Instant now = day(50);
    playEveryOrder(
        List.of(
            seenBefore.andThen(look(ONE, end, day(30), now)),
            seenBefore.andThen(look(ONE, end, day(5), now)),
            seenBefore.andThen(look(ONE, end, day(31), now)),
            seenBefore.andThen(look(ONE, end, day(40), now))),
        look(ONE, end, day(40), now.plusSeconds(60)));
  }

  @Test
  void theVoidOfARevokedSubscriptionWhoseRecordIsBehind() {
    PlayRecord behind = record(State.ACTIVE, "O1", day(30));
    playEveryOrder(
        List.of(
            look(ONE, behind, day(10), day(10)),
            shelf -> shelf.hear(ONE, Loss.VOIDED_FULL, "O1", day(10)),
            look(ONE, behind, day(10), day(10).plusSeconds(1)),
            look(ONE, record(State.EXPIRED, "O1", day(10)), day(10), day(10).plusSeconds(2))),
        look(ONE, record(State.EXPIRED, "O1", day(10)), day(10), day(11)));
  }

  @Test
  void recordsThatAreCarriedOutInAnyOrder() {
    List<Consumer<Shelf>> reads =
        List.of(
            look(ONE, record(State.ACTIVE, "O1", day(30)), T, day(1)),
            look(ONE, record(State.CANCELED, "O1", day(30)), T, day(2)),
            look(ONE, record(State.ACTIVE, "O1", day(37)), T, day(3)),
            look(ONE, record(State.CANCELED, "O1", day(36)), T, day(4)),
            look(ONE, record(State.ACTIVE, "O1", day(35)), T, day(5)));

    playEveryOrder(reads, shelf -> {});
  }
}
