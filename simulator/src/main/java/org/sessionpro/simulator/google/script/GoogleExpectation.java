package org.sessionpro.simulator.google.script;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.script.InstantValue;
import org.sessionpro.simulator.script.StoreExpectation;

/// What can be expected of Google Play itself.
public sealed interface GoogleExpectation extends StoreExpectation {
  @Override
  default PaymentProvider store() {
    return PaymentProvider.GOOGLE_PLAY;
  }

  /// How a purchase stands. What is null may be anything.
  ///
  /// @param phase its phase in a word: `in-grace`, `expired`, …
  /// @param expiry the end of access that Play states
  /// @param renewing whether Play will charge again
  /// @param acknowledged whether the developer has confirmed it
  /// @param cycles how many are paid
  /// @param taken how many cycles, or things, were taken back
  record Stands(
      String name,
      @Nullable String phase,
      @Nullable InstantValue expiry,
      @Nullable Boolean renewing,
      @Nullable Boolean acknowledged,
      @Nullable Integer cycles,
      @Nullable Integer taken)
      implements GoogleExpectation {}

  /// What Play has published about a purchase, from the first notice to the last.
  record Notices(String name, List<String> words) implements GoogleExpectation {
    public Notices {
      words = List.copyOf(words);
    }
  }

  /// How many messages nobody has acknowledged, those that are late included.
  record Undelivered(int messages) implements GoogleExpectation {}
}
