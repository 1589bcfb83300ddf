package org.sessionpro.simulator.apple.script;

import java.util.List;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.StoreExpectation;

/// What can be expected of the App Store itself.
public sealed interface AppleExpectation extends StoreExpectation {
  @Override
  default PaymentProvider store() {
    return PaymentProvider.APP_STORE;
  }

  /// How a purchase stands.
  record Stands(String name, List<Condition> conditions) implements AppleExpectation {
    public Stands {
      conditions = List.copyOf(conditions);
    }
  }

  /// What must be true of a purchase.
  sealed interface Condition {
    /// Its phase in a word: `grace`, `expired`, …
    record In(String phase) implements Condition {}

    /// The end of what its newest cycle is paid for.
    record Expiry(InstantValue at) implements Condition {}

    /// Whether the store will charge again.
    record Renewing(boolean flag) implements Condition {}

    /// What its newest cycle is of.
    record Of(String product) implements Condition {}

    /// What it renews as.
    record Next(String product) implements Condition {}

    /// How many cycles are paid.
    record Cycles(int count) implements Condition {}

    /// How many cycles stand as taken back.
    record Taken(int count) implements Condition {}

    /// How many cycles another one has taken the place of.
    record Upgraded(int count) implements Condition {}

    /// Whether its newest cycle bears an app account token.
    record Token(boolean flag) implements Condition {}
  }

  /// What was told about a purchase, from the first notification to the last.
  record Notices(String name, List<String> words) implements AppleExpectation {
    public Notices {
      words = List.copyOf(words);
    }
  }

  /// How many notifications are on their way, those that will be tried again included.
  record Undelivered(int notifications) implements AppleExpectation {}

  /// What the webhook answered last.
  ///
  /// @param status 0 if nothing
  record Answered(int status) implements AppleExpectation {}
}
