package org.sessionpro.simulator.google.play;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.simulator.google.catalogue.Price;
import org.sessionpro.simulator.google.catalogue.Sale;

/// What Play tells about a subscription that has no influence on who is entitled to what.
///
/// @param priceChange null if none is announced
/// @param stepUp a rise of the price that the buyer must agree to; null if none is announced
/// @param addOns other subscriptions in the same purchase
/// @param withGoogleProfile whether the buyer subscribed with Google, who then shows a person's name
public record Extras(
    @Nullable PriceChange priceChange,
    @Nullable PriceChange stepUp,
    List<AddOn> addOns,
    boolean withGoogleProfile) {
  static final Extras NONE = new Extras(null, null, List.of(), false);

  public Extras {
    addOns = List.copyOf(addOns);
  }

  /// A new price, and when it applies.
  ///
  /// @param agreed whether the buyer has agreed
  public record PriceChange(Price price, Instant at, boolean agreed) {}

  /// Another subscription that is paid together with this one.
  public record AddOn(Sale sale, OrderId order) {}

  Extras withPriceChange(PriceChange change) {
    return new Extras(change, stepUp, addOns, withGoogleProfile);
  }

  Extras withStepUp(PriceChange change) {
    return new Extras(priceChange, change, addOns, withGoogleProfile);
  }

  Extras withAddOn(AddOn addOn) {
    List<AddOn> more = new ArrayList<>(addOns);
    more.add(addOn);
    return new Extras(priceChange, stepUp, more, withGoogleProfile);
  }

  Extras showingGoogleProfile() {
    return new Extras(priceChange, stepUp, addOns, true);
  }
}
