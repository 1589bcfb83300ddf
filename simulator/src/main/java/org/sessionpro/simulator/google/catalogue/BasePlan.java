package org.sessionpro.simulator.google.catalogue;

import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.sessionpro.simulator.google.catalogue.PlanKind.AutoRenewing;
import org.sessionpro.simulator.google.catalogue.PlanKind.Dunning;
import org.sessionpro.simulator.google.catalogue.PlanKind.Installments;
import org.sessionpro.simulator.google.catalogue.PlanKind.Prepaid;

/// One way of paying for a subscription.
///
/// @param period of one cycle
/// @param tags shown with every purchase of it; may be empty
/// @param sold whether somebody can buy it; one that was sold once goes on renewing
public record BasePlan(
    BasePlanId id,
    Period period,
    PlanKind kind,
    Price price,
    List<String> tags,
    List<Offer> offers,
    boolean sold) {
  public BasePlan {
    tags = List.copyOf(tags);
    offers = List.copyOf(offers);
  }

  /// One that is sold.
  public BasePlan(
      BasePlanId id,
      Period period,
      PlanKind kind,
      Price price,
      List<String> tags,
      List<Offer> offers) {
    this(id, period, kind, price, tags, offers, true);
  }

  public boolean isPrepaid() {
    return kind instanceof Prepaid;
  }

  /// What a declined renewal leads to; empty for a plan that never renews.
  public Optional<Dunning> dunning() {
    return switch (kind) {
      case AutoRenewing renewing -> Optional.of(renewing.dunning());
      case Installments installments -> Optional.of(installments.dunning());
      case Prepaid _ -> Optional.empty();
    };
  }

  public Optional<Offer> offer(OfferId offer) {
    return offers.stream().filter(candidate -> candidate.id().equals(offer)).findFirst();
  }
}
