package org.sessionpro.simulator.apple.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.Phase;
import org.sessionpro.simulator.apple.store.Renewal.Price;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.apple.store.Subscription.Ownership;

/// What may happen next in a life, and how likely it is.
final class Chances {
  private static final List<String> PRODUCTS =
      List.of("1-month", "1-month", "1-month", "3-months", "12-months", "12-months billed=monthly");

  private static final List<String> OTHER_PRODUCTS = List.of("1-month", "3-months", "12-months");

  private static final List<String> GRACES = List.of("0d", "3d", "6d", "16d", "28d");

  private static final List<String> STEPS_OF_TIME =
      List.of("10m", "6h", "1d", "2d", "5d", "12d", "31d");

  /// What nobody hears of then can only be heard of when the store mentions the purchase again.
  private static final List<String> MISHAPS_FOR_GOOD =
      List.of(
          "deliver lost history=no times=1",
          "deliver spoiled how=corrupt-signature times=1",
          "deliver spoiled how=other-root times=1");

  private static final List<String> MISHAPS =
      List.of(
          "deliver lost times=1",
          "deliver lost nth=2 times=2",
          "deliver lost chance=30 seed=7 times=2",
          // Renewals are looked for.
          "deliver lost history=no news=DID_RENEW times=1",
          "deliver spoiled how=corrupt-signature news=DID_RENEW times=1",
          "deliver spoiled how=other-root news=DID_RENEW times=1",
          "deliver late by=2d times=2",
          "deliver again copies=3 ids=same times=1",
          "deliver again copies=2 ids=new times=2",
          "deliver shuffled within=3d times=4",
          "deliver held times=3",
          "release shuffled",
          "deliver spoiled how=future-type times=1",
          "deliver spoiled how=future-subtype times=1",
          "deliver spoiled how=no-renewal-info times=1",
          "deliver spoiled how=upper-case-token times=1",
          "rotate-leaf",
          "history-lag 2h",
          "history-form signed-anew",
          "upgrade-form revoked-too",
          "break statuses times=2 status=500",
          "break statuses times=1 status=429 retry-after=1m",
          "break history times=2 status=500 reason=5000001",
          "break history times=1 malformed",
          "break history times=1 former",
          "break statuses times=1 former",
          "break statuses nth=2 times=1 former",
          "break any times=3 chance=50 seed=3 former",
          "break statuses times=1 dropped",
          "break statuses times=1 malformed",
          "break statuses times=1 late=10ms",
          "break statuses times=1 status=401",
          "break statuses times=1 status=404 reason=4040010",
          "break history times=1 status=404 reason=4040010",
          "break any nth=2 times=2 chance=40 seed=5 status=500",
          "during statuses advance 30s",
          "during history advance 3m",
          "break notification-history times=1 status=500",
          "break notification-history times=1 former",
          "mend");

  private final Random random;

  Chances(Random random) {
    this.random = random;
  }

  /// One event, and what goes with it.
  List<String> next(RandomLife life) {
    List<String> statements = new ArrayList<>();
    int dice = random.nextInt(100);
    if (dice < 30) {
      statements.add("advance " + pick(STEPS_OF_TIME));
    } else if (dice < 38) {
      statements.add("ask " + life.customer() + " " + (random.nextBoolean() ? "status" : "proof"));
    } else if (dice < 48 && life.hasFaults()) {
      statements.add(mishap(life));
    } else if (dice < 58 || life.purchases().isEmpty()) {
      statements.add(buy(life));
    } else {
      String purchase = pick(life.purchases());
      statements.add(happening(life, purchase, life.subscription(purchase)));
    }
    if (random.nextInt(10) < 7) {
      statements.add("settle");
    }
    return statements;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private String mishap(RandomLife life) {
    return life.isMentioned() && oneIn(10) ? pick(MISHAPS_FOR_GOOD) : pick(MISHAPS);
  }

  /// Something bought once, by somebody who buys nothing else: so what the others are entitled to follows
  /// from their subscriptions.
  private String buyOnce(RandomLife life) {
    String length = oneIn(3) ? " length=30d" : "";
    return "buy-once " + life.newPurchase() + " " + RandomLife.SHOPPER + " 30-days" + length;
  }

  /// Each subscription is by a customer of its own at the store, because one can have but one.
  private String buy(RandomLife life) {
    if (oneIn(6)) {
      return buyOnce(life);
    }
    String customer = life.customer();
    String name = life.newPurchase();
    String token = oneIn(12) ? " token=none" : "";
    String offer = oneIn(8) ? " offer=WELCOME" : "";
    return "buy "
        + name
        + " "
        + customer
        + " "
        + pick(PRODUCTS)
        + " customer="
        + name
        + " grace="
        + pick(GRACES)
        + token
        + offer;
  }

  /// Something that can happen to a purchase as it stands.
  private String happening(RandomLife life, String name, Subscription purchase) {
    if (!purchase.renews()) {
      return takenBack(name, purchase);
    }
    if (purchase.ownership() == Ownership.FAMILY_SHARED) {
      return purchase.phase() instanceof Phase.Active ? "unshare " + name : buy(life);
    }
    return switch (purchase.phase()) {
      case Phase.Active _ -> whileActive(life, name, purchase);
      case Phase.Grace _, Phase.Retry _ ->
          pick(List.of("approve ", "approve ", "approve ", "cancel ")) + name;
      case Phase.Expired _, Phase.Revoked _ -> afterwards(life, name, purchase);
      case Phase.Once _ -> takenBack(name, purchase);
    };
  }

  private String whileActive(RandomLife life, String name, Subscription purchase) {
    int dice = random.nextInt(100);
    if (dice < 20) {
      return (purchase.renewal().charge().declines() ? "approve " : "decline ") + name;
    }
    if (dice < 35) {
      return toggled(name, purchase);
    }
    if (dice < 55 && purchase.newest().revocation() == null) {
      return change(life, name);
    }
    if (dice < 62) {
      return "extend " + name + " " + pick(List.of("1d", "14d"));
    }
    if (dice < 67) {
      return "charge-ahead " + name + " " + pick(List.of("0h", "1h", "24h"));
    }
    if (dice < 72) {
      return purchase.renewal().price() == Price.PENDING
          ? "accept-price " + name
          : "raise-price " + name;
    }
    if (dice < 78) {
      return "restore " + anyCycle(name, purchase);
    }
    if (dice < 81) {
      String share = life.newPurchase();
      return "share " + name + " to=" + share + " " + life.customer();
    }
    return takenBack(name, purchase);
  }

  private static String toggled(String name, Subscription purchase) {
    if (purchase.renewal().on()) {
      return "cancel " + name;
    }
    return purchase.newest().revocation() == null
        ? "restart " + name
        : "notify " + name + " DID_CHANGE_RENEWAL_STATUS/AUTO_RENEW_DISABLED";
  }

  private String change(RandomLife life, String name) {
    int dice = random.nextInt(10);
    if (dice < 2) {
      return "revert " + name + pick(List.of("", " afresh"));
    }
    String verb = dice < 4 ? "redeem " : "change ";
    String offer = dice < 4 ? " offer=STAY" : "";
    String token = oneIn(6) ? " token=" + life.customer() : "";
    return verb + name + " " + pick(OTHER_PRODUCTS) + offer + token;
  }

  private String anyCycle(String name, Subscription purchase) {
    return name + "#" + (1 + random.nextInt(purchase.cycles().size()));
  }

  private String takenBack(String name, Subscription purchase) {
    int number = 1 + random.nextInt(purchase.cycles().size());
    Cycle cycle = purchase.cycles().get(number - 1);
    String named = name + "#" + number;
    if (cycle.revocation() != null) {
      return pick(List.of("reverse ", "ask-consumption ")) + named;
    }
    return switch (random.nextInt(6)) {
      case 0 -> "deny " + named;
      case 1 -> "ask-consumption " + named;
      case 2 -> "refund " + named + " percent=50";
      default -> "refund " + named;
    };
  }

  private String afterwards(RandomLife life, String name, Subscription purchase) {
    return switch (random.nextInt(4)) {
      case 0 -> buy(life);
      case 1 -> takenBack(name, purchase);
      default ->
          "resubscribe "
              + name
              + " "
              + pick(OTHER_PRODUCTS)
              + (oneIn(5) ? " token=" + life.customer() : "");
    };
  }
}
