package org.sessionpro.simulator.apple.catalogue;

import java.time.Period;

/// Something that is sold.
///
/// @param word its short name in scripts
/// @param level rank within the group of subscriptions, 1 the highest; changing to a higher one is an
///     upgrade, however long or dear it is
/// @param term that one payment is for; zero of what has none
public record Product(ProductId id, String word, Kind kind, int level, Period term) {
  /// How it is sold.
  public enum Kind {
    AUTO_RENEWABLE("Auto-Renewable Subscription"),
    NON_RENEWING("Non-Renewing Subscription"),
    CONSUMABLE("Consumable");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    /// The word of transactions for it.
    public String type() {
      return type;
    }
  }

  /// The same at another rank.
  public Product ranked(int otherLevel) {
    return new Product(id, word, kind, otherLevel, term);
  }
}
