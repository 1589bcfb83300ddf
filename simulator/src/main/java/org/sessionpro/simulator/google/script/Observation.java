package org.sessionpro.simulator.google.script;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.Phase;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.pubsub.Delivery;
import org.sessionpro.simulator.google.pubsub.MessageQueue;
import org.sessionpro.simulator.google.script.GoogleExpectation.Notices;
import org.sessionpro.simulator.google.script.GoogleExpectation.Stands;
import org.sessionpro.simulator.google.script.GoogleExpectation.Undelivered;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.Verdict;
import org.sessionpro.simulator.script.Words;

/// Compares Play with what a script expects of it.
final class Observation {
  private final PlayStore store;
  private final Delivery delivery;
  private final MessageQueue queue;

  Observation(PlayStore store, Delivery delivery, MessageQueue queue) {
    this.store = store;
    this.delivery = delivery;
    this.queue = queue;
  }

  Optional<OneTimePurchase> oneTime(PurchaseToken token) {
    return store.oneTimePurchases().stream()
        .filter(purchase -> purchase.token().equals(token))
        .findFirst();
  }

  Verdict check(GoogleExpectation expectation, Scene scene) {
    return switch (expectation) {
      case Stands stands -> check(stands, scene);
      case Notices notices -> {
        List<String> found = notices(GoogleStage.token(notices.name(), scene));
        yield Verdict.of(found.equals(notices.words()), "they are " + found);
      }
      case Undelivered undelivered -> {
        int found = queue.size();
        yield Verdict.of(found == undelivered.messages(), "there are " + found);
      }
    };
  }

  private List<String> notices(PurchaseToken token) {
    store.catchUp();
    return delivery.published().stream()
        .filter(published -> published.notice().subject().equals(token))
        .map(published -> published.notice().word())
        .toList();
  }

  private Verdict check(Stands expected, Scene scene) {
    PurchaseToken token = GoogleStage.token(expected.name(), scene);
    List<String> differences = new ArrayList<>();
    oneTime(token)
        .ifPresentOrElse(
            purchase -> compare(expected, purchase, differences),
            () -> compare(expected, store.subscription(token), scene, differences));
    return Verdict.of(differences.isEmpty(), String.join(", ", differences));
  }

  private static void compare(Stands expected, OneTimePurchase found, List<String> differences) {
    compare("it is", expected.phase(), Words.word(found.state()), differences);
    compare(
        "acknowledged is", expected.acknowledged(), found.acknowledgement().isGiven(), differences);
    compare("taken is", expected.taken(), found.refunded(), differences);
  }

  private static void compare(
      Stands expected, Subscription found, Scene scene, List<String> differences) {
    compare("it is", expected.phase(), word(found.phase()), differences);
    compareExpiry(expected, found, scene, differences);
    compare("renewing is", expected.renewing(), found.renewal().on(), differences);
    compare(
        "acknowledged is", expected.acknowledged(), found.acknowledgement().isGiven(), differences);
    compare("cycles is", expected.cycles(), found.cycles().size(), differences);
    long taken = found.cycles().stream().map(Cycle::revokedAt).filter(Objects::nonNull).count();
    compare("taken is", expected.taken(), (int) taken, differences);
  }

  private static void compareExpiry(
      Stands expected, Subscription found, Scene scene, List<String> differences) {
    @Nullable InstantValue value = expected.expiry();
    @Nullable Instant stated = found.statedExpiry();
    if (value == null || (value instanceof InstantValue.Present && stated != null)) {
      return;
    }
    CycleRef newest = new CycleRef(expected.name(), Math.max(1, found.cycles().size()));
    Instant wanted = scene.expected(value, newest);
    if (!Objects.equals(wanted, stated)) {
      differences.add("expiry is " + stated + " instead of " + wanted);
    }
  }

  private static <T> void compare(
      String what, @Nullable T expected, T found, List<String> differences) {
    if (expected != null && !expected.equals(found)) {
      differences.add(what + " " + found);
    }
  }

  /// How scripts call a phase.
  static String word(Phase phase) {
    return switch (phase) {
      case Phase.Pending _ -> "pending";
      case Phase.Abandoned _ -> "abandoned";
      case Phase.Active _ -> "active";
      case Phase.SilentGrace _ -> "silent-grace";
      case Phase.InGrace _ -> "in-grace";
      case Phase.OnHold _ -> "on-hold";
      case Phase.Paused _ -> "paused";
      case Phase.Canceled _ -> "canceled";
      case Phase.Expired _ -> "expired";
    };
  }
}
