package org.sessionpro.simulator.apple.catalogue;

import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.apple.catalogue.Product.Kind;

/// What Session sells (`app-store.md` §2.2), and a few things besides that only tests buy.
public final class SessionCatalogue {
  public static final BundleId BUNDLE = new BundleId("org.session.example");
  public static final long APP_ID = 1_234_567_890L;

  public static final Product MONTH =
      renewing("com.getsession.org.pro_sub_1_month", "1-month", 3, Period.ofMonths(1));
  public static final Product QUARTER =
      renewing("com.getsession.org.pro_sub_3_months", "3-months", 2, Period.ofMonths(3));
  public static final Product YEAR =
      renewing("com.getsession.org.pro_sub_12_months", "12-months", 1, Period.ofMonths(12));

  /// Sold no longer, and mapped to no plan.
  public static final Product WEEK =
      renewing("com.getsession.org.pro_sub", "1-week", 4, Period.ofWeeks(1));

  /// Thirty days, bought once.
  public static final Product CREDIT =
      new Product(
          new ProductId("com.getsession.org.pro_30_days"),
          "30-days",
          Kind.NON_RENEWING,
          0,
          Period.ZERO);

  /// Has nothing to do with Session Pro.
  public static final Product STICKERS =
      new Product(
          new ProductId("com.getsession.org.stickers"),
          "stickers",
          Kind.CONSUMABLE,
          0,
          Period.ZERO);

  private static final String GROUP = "21482456";

  private SessionCatalogue() {}

  private static Product renewing(String id, String word, int level, Period term) {
    return new Product(new ProductId(id), word, Kind.AUTO_RENEWABLE, level, term);
  }

  public static Catalogue catalogue() {
    return new Catalogue(
        BUNDLE, APP_ID, GROUP, List.of(MONTH, QUARTER, YEAR, WEEK, CREDIT, STICKERS));
  }

  /// The map of products that a server is configured with.
  public static Map<ProductId, Plan> mappedPlans() {
    Map<ProductId, Plan> plans = new LinkedHashMap<>();
    plans.put(MONTH.id(), new Plan("1m"));
    plans.put(QUARTER.id(), new Plan("3m"));
    plans.put(YEAR.id(), new Plan("1y"));
    return plans;
  }

  /// The map of what is bought once that a server is configured with.
  public static Map<ProductId, Plan> mappedProducts() {
    return Map.of(CREDIT.id(), new Plan("30d"));
  }
}
