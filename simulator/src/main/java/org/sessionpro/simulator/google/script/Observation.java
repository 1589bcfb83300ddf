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
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.pubsub.Delivery;
import org.sessionpro.simulator.google.pubsub.MessageQueue;
import org.sessionpro.simulator.google.script.GoogleExpectation.Condition;
import org.sessionpro.simulator.google.script.GoogleExpectation.Notices;
import org.sessionpro.simulator.google.script.GoogleExpectation.Stands;
import org.sessionpro.simulator.google.script.GoogleExpectation.Undelivered;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ScriptError;
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
    Optional<OneTimePurchase> once = oneTime(token);
    List<String> differences = new ArrayList<>();
    for (Condition condition : expected.conditions()) {
      Difference difference =
          once.isPresent()
              ? compare(condition, once.get())
              : compare(condition, store.subscription(token), expected.name(), scene);
      if (!Objects.equals(difference.wanted(), difference.found())) {
        differences.add(difference.what() + " is " + difference.found());
      }
    }
    return Verdict.of(differences.isEmpty(), String.join(", ", differences));
  }

  /// What was looked at.
  private record Difference(String what, @Nullable Object wanted, @Nullable Object found) {}

  private static Difference compare(Condition condition, OneTimePurchase found) {
    return switch (condition) {
      case Condition.In in -> new Difference("it", in.phase(), Words.word(found.state()));
      case Condition.Acknowledged is ->
          new Difference("acknowledged", is.flag(), found.acknowledgement().isGiven());
      case Condition.Identified is ->
          new Difference("identified", is.flag(), found.origin().ids() != null);
      case Condition.Taken taken -> new Difference("taken", taken.count(), found.refunded());
      case Condition.Expiry _, Condition.Renewing _, Condition.Cycles _ ->
          throw new ScriptError("things do not renew");
    };
  }

  private static Difference compare(
      Condition condition, Subscription found, String name, Scene scene) {
    return switch (condition) {
      case Condition.In in -> new Difference("it", in.phase(), PhaseWords.word(found.phase()));
      case Condition.Expiry expiry -> compareExpiry(expiry.at(), found, name, scene);
      case Condition.Renewing is -> new Difference("renewing", is.flag(), found.renewal().on());
      case Condition.Acknowledged is ->
          new Difference("acknowledged", is.flag(), found.acknowledgement().isGiven());
      case Condition.Identified is ->
          new Difference("identified", is.flag(), found.origin().ids() != null);
      case Condition.Cycles cycles ->
          new Difference("cycles", cycles.count(), found.cycles().size());
      case Condition.Taken taken -> {
        long count = found.cycles().stream().map(Cycle::revokedAt).filter(Objects::nonNull).count();
        yield new Difference("taken", taken.count(), (int) count);
      }
    };
  }

  private static Difference compareExpiry(
      InstantValue wanted, Subscription found, String name, Scene scene) {
    @Nullable Instant stated = found.statedExpiry();
    if (wanted instanceof InstantValue.Present) {
      return new Difference("an expiry", true, stated != null);
    }
    CycleRef newest = new CycleRef(name, Math.max(1, found.cycles().size()));
    return new Difference("expiry", scene.expected(wanted, newest), stated);
  }
}
