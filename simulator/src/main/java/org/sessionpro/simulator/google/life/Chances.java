package org.sessionpro.simulator.google.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.Phase;
import org.sessionpro.simulator.google.play.Subscription;

/// What may happen next in a life, and how likely it is.
final class Chances {
  private static final List<String> PLANS =
      List.of(
          "session-pro-1-month",
          "session-pro-1-month",
          "session-pro-3-months",
          "session-pro-12-months",
          "session-pro-1-month-prepaid",
          "session-pro-1-month-installments",
          "session-pro-1-month-no-grace");

  private static final List<String> RENEWING_PLANS =
      List.of("session-pro-1-month", "session-pro-3-months", "session-pro-12-months");

  private static final List<String> MODES =
      List.of(
          "with-time-proration",
          "charge-prorated-price",
          "without-proration",
          "charge-full-price",
          "deferred");

  private static final List<String> STEPS_OF_TIME = List.of("10m", "6h", "1d", "2d", "5d");

  /// Longer than Play keeps its notifications. What nobody heard of before is lost then for a server
  /// that was away meanwhile, but for what the list of voids still has.
  private static final List<String> LONG_TIMES = List.of("12d", "31d");

  private static final List<String> MISHAPS =
      List.of(
          "deliver lost times=1",
          "deliver late by=2d times=2",
          "deliver again copies=3 ids=same times=1",
          "deliver again copies=2 ids=new times=2",
          "deliver shuffled within=3d times=4",
          "deliver held times=3",
          "release shuffled",
          "deliver spoiled how=unknown-type times=1",
          "deliver spoiled how=no-product times=1",
          "deliver spoiled how=numeric-time times=1",
          "break read times=2 status=503",
          "break read times=1 status=429 retry-after=5s",
          "break read times=1 malformed",
          "break read times=1 dropped",
          "break read times=1 former",
          "break acknowledge times=1 status=500",
          "break read times=1 status=404",
          "break read times=2 status=401",
          "break read times=1 status=403 reason=quotaExceeded",
          "break read times=1 late=10ms",
          "break read-product times=2 status=503",
          "break read-product times=1 status=404",
          "break read-product times=1 malformed",
          "break acknowledge-product times=1 done-but-dropped",
          "break voids times=1 status=503",
          "break acknowledge times=1 done-but-dropped",
          "break pull times=1 status=503",
          "break acknowledge-messages times=1 dropped",
          "end-tokens");

  private final Random random;

  Chances(Random random) {
    this.random = random;
  }

  /// One event, and what goes with it.
  List<String> next(RandomLife life) {
    List<String> statements = new ArrayList<>();
    int dice = random.nextInt(100);
    if (dice < 30) {
      passTime(statements);
    } else if (dice < 38) {
      statements.add("ask " + life.customer() + " " + (random.nextBoolean() ? "status" : "proof"));
    } else if (dice < 48 && life.hasFaults()) {
      statements.add(pick(MISHAPS));
    } else if (dice < 52) {
      passThings(life, statements);
    } else if (dice < 62 || life.purchases().isEmpty()) {
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

  /// Something about what is bought once. What goes back is on the list of voids for 30 days, so that
  /// the server finds it there before a longer time passes.
  private void passThings(RandomLife life, List<String> statements) {
    if (life.things().isEmpty() || random.nextInt(3) == 0) {
      statements.add(buyOnce(life));
      return;
    }
    String name = pick(life.things());
    OneTimePurchase thing = life.thing(name);
    switch (thing.state()) {
      case PENDING -> statements.add((random.nextInt(3) == 0 ? "abandon " : "complete ") + name);
      case CANCELED -> statements.add(buyOnce(life));
      case PURCHASED -> {
        int left = thing.basket().quantity() - thing.refunded();
        boolean one = left > 1 && random.nextBoolean();
        statements.add("take-back " + name + (one ? " quantity=1" : ""));
        statements.addAll(List.of("settle", "advance 6h", "settle"));
      }
    }
  }

  private String buyOnce(RandomLife life) {
    String pending = random.nextInt(5) == 0 ? " pending" : "";
    return "buy-once "
        + life.newThing()
        + " "
        + RandomLife.SHOPPER
        + " session_pro_30_days quantity="
        + (1 + random.nextInt(3))
        + pending;
  }

  private void passTime(List<String> statements) {
    if (random.nextInt(STEPS_OF_TIME.size() + LONG_TIMES.size()) < STEPS_OF_TIME.size()) {
      statements.add("advance " + pick(STEPS_OF_TIME));
    } else {
      statements.add("settle");
      statements.add("advance " + pick(LONG_TIMES));
      statements.add("settle");
    }
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String buy(RandomLife life) {
    String customer = life.customer();
    String pending = random.nextInt(10) == 0 ? " pending" : "";
    return "buy " + life.newPurchase() + " " + customer + " " + pick(PLANS) + pending;
  }

  /// Something that can happen to a purchase as it stands.
  private String happening(RandomLife life, String name, Subscription purchase) {
    return switch (purchase.phase()) {
      case Phase.Pending _ -> (random.nextInt(3) == 0 ? "abandon " : "complete ") + name;
      case Phase.Abandoned _ -> buy(life);
      case Phase.Active _ -> whileActive(life, name, purchase);
      case Phase.SilentGrace _ -> pick(List.of("approve ", "approve ", "cancel ")) + name;
      case Phase.InGrace _ -> pick(List.of("approve ", "approve ", "cancel ", "revoke ")) + name;
      case Phase.OnHold _ -> pick(List.of("approve ", "approve ", "cancel ")) + name;
      case Phase.Paused _ -> pick(List.of("resume ", "resume ", "cancel ")) + name;
      case Phase.Canceled _ -> whileCanceled(life, name, purchase);
      case Phase.Expired _ -> afterwards(life, name, purchase);
    };
  }

  private String whileActive(RandomLife life, String name, Subscription purchase) {
    if (purchase.origin().startedAt() != null && !purchase.renewal().on()) {
      return random.nextInt(3) == 0
          ? "revoke " + name
          : "top-up " + name + " to=" + life.newPurchase();
    }
    int dice = random.nextInt(100);
    if (dice < 25) {
      return (purchase.renewal().declines() ? "approve " : "decline ") + name;
    }
    if (dice < 40) {
      return "cancel " + name;
    }
    if (dice < 50) {
      return "pause " + name + " " + pick(List.of("1mo", "2mo", "off"));
    }
    if (dice < 65) {
      return "change "
          + name
          + " to="
          + life.newPurchase()
          + " "
          + pick(RENEWING_PLANS)
          + " mode="
          + pick(MODES);
    }
    if (dice < 75) {
      return "defer " + name + " " + pick(List.of("1d", "10d"));
    }
    if (dice < 80) {
      return "charge-ahead " + name + " " + pick(List.of("1h", "20h"));
    }
    if (dice < 90) {
      return "tell " + name + " " + pick(List.of("price-change", "step-up", "add-on"));
    }
    return takenBack(name, purchase);
  }

  private String takenBack(String name, Subscription purchase) {
    int newest = purchase.cycles().size();
    boolean refunded = purchase.cycles().getLast().voidedAt() != null;
    return refunded || random.nextBoolean()
        ? pick(List.of("revoke ", "charge-back ")) + name
        : "refund " + name + "#" + newest + pick(List.of("", " revoke"));
  }

  private String whileCanceled(RandomLife life, String name, Subscription purchase) {
    int dice = random.nextInt(10);
    boolean inTerm = purchase.cycles().getLast().paidUntil().equals(purchase.statedExpiry());
    if (dice < 4 && inTerm) {
      return "restart " + name;
    }
    return dice < 8
        ? "change "
            + name
            + " to="
            + life.newPurchase()
            + " "
            + pick(RENEWING_PLANS)
            + " mode=without-proration"
        : "revoke " + name;
  }

  private String afterwards(RandomLife life, String name, Subscription purchase) {
    boolean own = purchase.origin().ids() != null;
    if (life.hasFaults() && random.nextInt(6) == 0) {
      return "break read of=" + name + " times=1 status=410";
    }
    return random.nextInt(3) == 0
        ? buy(life)
        : "buy-again "
            + name
            + " to="
            + life.newPurchase()
            + " told="
            + (own ? pick(List.of("ids", "token", "both")) : pick(List.of("token", "nothing")));
  }
}
