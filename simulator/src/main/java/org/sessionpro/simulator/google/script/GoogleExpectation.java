package org.sessionpro.simulator.google.script;

import java.util.List;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.StoreExpectation;

/// What can be expected of Google Play itself.
public sealed interface GoogleExpectation extends StoreExpectation {
  @Override
  default PaymentProvider store() {
    return PaymentProvider.GOOGLE_PLAY;
  }

  /// How a purchase stands.
  record Stands(String name, List<Condition> conditions) implements GoogleExpectation {
    public Stands {
      conditions = List.copyOf(conditions);
    }
  }

  /// What must be true of a purchase.
  sealed interface Condition {
    /// Its phase in a word: `in-grace`, `expired`, …
    record In(String phase) implements Condition {}

    /// The end of access that Play states.
    record Expiry(InstantValue at) implements Condition {}

    /// Whether Play will charge again.
    record Renewing(boolean flag) implements Condition {}

    /// Whether the developer has confirmed it.
    record Acknowledged(boolean flag) implements Condition {}

    /// Whether Play knows the app's id of the owner.
    record Identified(boolean flag) implements Condition {}

    /// How many cycles are paid.
    record Cycles(int count) implements Condition {}

    /// How many cycles, or things, were taken back.
    record Taken(int count) implements Condition {}
  }

  /// What Play has published about a purchase, from the first notice to the last.
  record Notices(String name, List<String> words) implements GoogleExpectation {
    public Notices {
      words = List.copyOf(words);
    }
  }

  /// How many messages nobody has acknowledged, those that are late included.
  record Undelivered(int messages) implements GoogleExpectation {}
}
