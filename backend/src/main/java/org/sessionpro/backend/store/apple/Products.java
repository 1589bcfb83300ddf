package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.util.Map;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.protocol.Plan;

/// What the App Store sells, and what it is here (`app-store.md` §2.2, `decisions-stores.md` §6).
///
/// @param terms the plan of each product that runs for a term
/// @param oneTime what is bought once: each grants the length of its plan
public record Products(Map<ProductId, Plan> terms, Map<ProductId, Plan> oneTime) {
  public Products {
    terms = Map.copyOf(terms);
    oneTime = Map.copyOf(oneTime);
  }

  /// How long one piece of a one-time product of that plan runs.
  static Duration length(Plan plan) {
    return StoreSettings.length(plan);
  }
}
