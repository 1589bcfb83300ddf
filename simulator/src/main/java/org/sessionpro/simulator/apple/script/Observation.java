package org.sessionpro.simulator.apple.script;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.delivery.Attempt;
import org.sessionpro.simulator.apple.delivery.Delivery;
import org.sessionpro.simulator.apple.script.AppleExpectation.Answered;
import org.sessionpro.simulator.apple.script.AppleExpectation.Condition;
import org.sessionpro.simulator.apple.script.AppleExpectation.Notices;
import org.sessionpro.simulator.apple.script.AppleExpectation.Stands;
import org.sessionpro.simulator.apple.script.AppleExpectation.Undelivered;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.script.CycleRef;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.Verdict;

/// Compares the App Store with what a script expects of it.
final class Observation {
  private final AppStore store;
  private final Delivery delivery;

  Observation(AppStore store, Delivery delivery) {
    this.store = store;
    this.delivery = delivery;
  }

  Verdict check(AppleExpectation expectation, Scene scene) {
    return switch (expectation) {
      case Stands stands -> check(stands, scene);
      case Notices notices -> {
        List<String> found = notices(AppleStage.original(notices.name(), scene));
        yield Verdict.of(found.equals(notices.words()), "they are " + found);
      }
      case Undelivered undelivered -> {
        int found = delivery.undelivered();
        yield Verdict.of(found == undelivered.notifications(), "there are " + found);
      }
      case Answered answered -> {
        Attempt last = delivery.lastAttempt();
        int found = last == null ? 0 : last.status();
        yield Verdict.of(found == answered.status(), "it was " + found);
      }
    };
  }

  private List<String> notices(TransactionId about) {
    store.catchUp();
    return delivery.log().all().stream()
        .filter(one -> about.equals(one.subject()))
        .map(one -> one.letter().notice().news().word())
        .toList();
  }

  private Verdict check(Stands expected, Scene scene) {
    Subscription found = store.subscription(AppleStage.original(expected.name(), scene));
    List<String> differences = new ArrayList<>();
    for (Condition condition : expected.conditions()) {
      Difference difference = compare(condition, found, expected.name(), scene);
      if (!Objects.equals(difference.wanted(), difference.found())) {
        differences.add(difference.what() + " is " + difference.found());
      }
    }
    return Verdict.of(differences.isEmpty(), String.join(", ", differences));
  }

  /// What was looked at.
  private record Difference(String what, @Nullable Object wanted, @Nullable Object found) {}

  private static Difference compare(
      Condition condition, Subscription found, String name, Scene scene) {
    return switch (condition) {
      case Condition.In in -> new Difference("it", in.phase(), found.phase().word());
      case Condition.Expiry expiry -> compareExpiry(expiry.at(), found, name, scene);
      case Condition.Renewing is -> new Difference("renewing", is.flag(), found.renewal().on());
      case Condition.Of of ->
          new Difference("product", of.product(), found.newest().sale().product().word());
      case Condition.Next next ->
          new Difference("next", next.product(), found.renewal().next().product().word());
      case Condition.Cycles cycles ->
          new Difference("cycles", cycles.count(), found.cycles().size());
      case Condition.Taken taken -> {
        long count = found.cycles().stream().filter(one -> one.revocation() != null).count();
        yield new Difference("taken", taken.count(), (int) count);
      }
      case Condition.Upgraded upgraded -> {
        long count =
            found.cycles().stream().filter(one -> one.standing().upgradedAt() != null).count();
        yield new Difference("upgraded", upgraded.count(), (int) count);
      }
      case Condition.Token token ->
          new Difference("token", token.flag(), found.newest().token() != null);
    };
  }

  private static Difference compareExpiry(
      InstantValue wanted, Subscription found, String name, Scene scene) {
    @Nullable Instant stated = found.newest().term().until();
    if (wanted instanceof InstantValue.Present) {
      return new Difference("an expiry", true, stated != null);
    }
    CycleRef newest = new CycleRef(name, found.cycles().size());
    return new Difference("expiry", scene.expected(wanted, newest), stated);
  }
}
