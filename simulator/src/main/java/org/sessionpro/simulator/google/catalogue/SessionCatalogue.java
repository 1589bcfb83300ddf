package org.sessionpro.simulator.google.catalogue;

import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.google.catalogue.PlanKind.AutoRenewing;
import org.sessionpro.simulator.google.catalogue.PlanKind.Dunning;
import org.sessionpro.simulator.google.catalogue.PlanKind.Installments;
import org.sessionpro.simulator.google.catalogue.PlanKind.Prepaid;

/// The catalogue that simulators sell from unless told otherwise: the three plans of Session Pro,
/// and beside them one of everything that Play knows and the contract speaks of.
///
/// | product | sold as |
/// |---|---|
/// | `session-pro-1-month`, `-3-months`, `-12-months` | renewing; 3 days of grace, 57 of hold; the first with the offer `trial`, 3 days free |
/// | `session-pro-1-month-prepaid` | a month, topped up by hand |
/// | `session-pro-1-month-installments` | monthly, 12 payments owed |
/// | `session-pro-1-month-no-grace` | renewing without a grace period, which `operator-v1.md` §9 G5 forbids |
/// | `session-pro-6-months` | renewing; no server knows it until it is configured |
/// | `session-pro-2-months` | renewing, and not sold any more; no server knows it either |
/// | `session-stickers-1-month` | another subscription, as an add-on |
/// | `session_pro_30_days` | once; a credit of 30 days |
/// | `session_pro_gift` | once; no server knows it |
public final class SessionCatalogue {
  public static final PackageName PACKAGE = new PackageName("org.sessionpro.simulated");
  public static final ProductId SESSION_PRO = new ProductId("session_pro");
  public static final ProductId STICKERS = new ProductId("session_stickers");
  public static final ProductId CREDIT = new ProductId("session_pro_30_days");
  public static final ProductId GIFT = new ProductId("session_pro_gift");

  public static final BasePlanId ONE_MONTH = new BasePlanId("session-pro-1-month");
  public static final BasePlanId THREE_MONTHS = new BasePlanId("session-pro-3-months");
  public static final BasePlanId TWELVE_MONTHS = new BasePlanId("session-pro-12-months");
  public static final BasePlanId PREPAID = new BasePlanId("session-pro-1-month-prepaid");
  public static final BasePlanId INSTALLMENTS = new BasePlanId("session-pro-1-month-installments");
  public static final BasePlanId NO_GRACE = new BasePlanId("session-pro-1-month-no-grace");
  public static final BasePlanId SIX_MONTHS = new BasePlanId("session-pro-6-months");
  public static final BasePlanId TWO_MONTHS = new BasePlanId("session-pro-2-months");
  public static final BasePlanId STICKERS_MONTH = new BasePlanId("session-stickers-1-month");
  public static final OfferId TRIAL = new OfferId("trial");

  private static final String CURRENCY = "NZD";
  private static final Dunning DUNNING = Dunning.ofGrace(Duration.ofDays(3));
  private static final int COMMITTED_PAYMENTS = 12;

  private SessionCatalogue() {}

  public static Catalogue catalogue() {
    return new Catalogue(
        PACKAGE,
        List.of(
            new SubscriptionProduct(SESSION_PRO, sessionPlans()),
            new SubscriptionProduct(
                STICKERS,
                List.of(plan(STICKERS_MONTH, Period.ofMonths(1), renewing(), 1_490_000)))),
        List.of(
            new OneTimeProduct(CREDIT, price(8_990_000)),
            new OneTimeProduct(GIFT, price(4_990_000))));
  }

  private static List<BasePlan> sessionPlans() {
    return List.of(
        new BasePlan(
            ONE_MONTH,
            Period.ofMonths(1),
            renewing(),
            price(8_490_000),
            List.of("one-month"),
            List.of(new Offer(TRIAL, Period.ofDays(3), price(0)))),
        plan(THREE_MONTHS, Period.ofMonths(3), renewing(), 22_490_000),
        plan(TWELVE_MONTHS, Period.ofYears(1), renewing(), 79_990_000),
        plan(PREPAID, Period.ofMonths(1), new Prepaid(), 8_490_000),
        plan(
            INSTALLMENTS,
            Period.ofMonths(1),
            new Installments(COMMITTED_PAYMENTS, DUNNING),
            7_490_000),
        plan(
            NO_GRACE,
            Period.ofMonths(1),
            new AutoRenewing(new Dunning(Duration.ZERO, Duration.ofDays(30))),
            8_490_000),
        plan(SIX_MONTHS, Period.ofMonths(6), renewing(), 42_990_000),
        new BasePlan(
            TWO_MONTHS,
            Period.ofMonths(2),
            renewing(),
            price(15_990_000),
            List.of(),
            List.of(),
            false));
  }

  private static AutoRenewing renewing() {
    return new AutoRenewing(DUNNING);
  }

  private static BasePlan plan(BasePlanId id, Period period, PlanKind kind, long micros) {
    return new BasePlan(id, period, kind, price(micros), List.of(), List.of());
  }

  private static Price price(long micros) {
    return new Price(CURRENCY, micros);
  }

  /// The plan codes that a server is configured with: all of this catalogue but
  /// `session-pro-6-months` and `session-pro-2-months` (`decisions-stores.md` §6).
  public static Map<BasePlanId, Plan> mappedPlans() {
    Map<BasePlanId, Plan> mapped = new LinkedHashMap<>();
    mapped.put(ONE_MONTH, new Plan("1m"));
    mapped.put(THREE_MONTHS, new Plan("3m"));
    mapped.put(TWELVE_MONTHS, new Plan("1y"));
    mapped.put(PREPAID, new Plan("1m"));
    mapped.put(INSTALLMENTS, new Plan("1m"));
    mapped.put(NO_GRACE, new Plan("1m"));
    return mapped;
  }

  /// The one-time products that a server is configured with.
  public static Map<ProductId, Plan> mappedProducts() {
    return Map.of(CREDIT, new Plan("30d"));
  }
}
