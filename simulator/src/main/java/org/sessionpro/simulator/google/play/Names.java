package org.sessionpro.simulator.google.play;

import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// Draws tokens and order ids that look like Play's.
final class Names {
  private static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
  private static final String URL_SAFE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final Pattern RENEWAL = Pattern.compile("(.*)\\.\\.(\\d+)");

  private final Random random;
  private final Set<Quirk> quirks;

  Names(long seed, Set<Quirk> quirks) {
    this.random = new Random(seed);
    this.quirks = quirks;
  }

  PurchaseToken token() {
    String odd = quirks.contains(Quirk.ODD_TOKENS) ? "/+:~% é" : "";
    return new PurchaseToken(draw(LOWER_CASE, 24) + odd + ".AO-J1O" + draw(URL_SAFE, 80));
  }

  /// The id of the first order of a purchase.
  OrderId firstOrder() {
    return new OrderId(
        "GPA.%04d-%04d-%04d-%05d"
            .formatted(
                random.nextInt(10_000),
                random.nextInt(10_000),
                random.nextInt(10_000),
                random.nextInt(100_000)));
  }

  /// The id of the order that renews what `last` paid for: the same with `..0`, `..1` and so on.
  OrderId renewalOf(OrderId last) {
    if (quirks.contains(Quirk.UNRELATED_ORDER_IDS)) {
      return firstOrder();
    }
    Matcher renewal = RENEWAL.matcher(last.value());
    return renewal.matches()
        ? new OrderId(renewal.group(1) + ".." + (Integer.parseInt(renewal.group(2)) + 1))
        : new OrderId(last.value() + "..0");
  }

  private String draw(String alphabet, int length) {
    StringBuilder drawn = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return drawn.toString();
  }
}
