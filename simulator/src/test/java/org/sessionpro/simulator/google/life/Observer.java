package org.sessionpro.simulator.google.life;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.Phase;
import org.sessionpro.simulator.google.play.PlayRefusal;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Subscription;

/// Somebody who reads every purchase after each change, knows nothing but what Play's resource states,
/// and keeps books by the tables of `google-play.md` §5.2 and §5.3.
final class Observer {
  private final Map<PurchaseToken, Map<OrderId, Row>> rows = new HashMap<>();

  /// What is kept of one cycle.
  record Row(Instant expiry, @Nullable Duration grace, boolean renewing) {}

  void readAll(PlayStore store) {
    for (Subscription one : store.subscriptions()) {
      try {
        read(store.readable(one.token()));
      } catch (PlayRefusal gone) {
        // What is gone stays as it was known.
      }
    }
  }

  private void read(Subscription one) {
    Instant stated = one.statedExpiry();
    if (stated == null) {
      return;
    }
    Map<OrderId, Row> cycles = rows.computeIfAbsent(one.token(), _ -> new LinkedHashMap<>());
    Cycle newest = one.newest().orElseThrow();
    Row known = cycles.get(newest.order());
    boolean renewing = one.renewal().on();
    if (known == null) {
      cycles.replaceAll((_, row) -> new Row(row.expiry(), row.grace(), false));
      cycles.put(newest.order(), new Row(stated, null, renewing));
    } else {
      cycles.put(
          newest.order(),
          newest.revokedAt() == null
              ? moved(known, one.phase(), stated, renewing)
              : new Row(known.expiry(), known.grace(), false));
    }
  }

  private static Row moved(Row known, Phase phase, Instant stated, boolean renewing) {
    Duration beyond = Duration.between(known.expiry(), stated);
    if (!beyond.isPositive()) {
      boolean keepsGrace = beyond.isZero() && isOver(phase);
      return new Row(stated, keepsGrace ? known.grace() : null, renewing);
    }
    if (phase instanceof Phase.InGrace) {
      return new Row(known.expiry(), beyond, renewing);
    }
    if (isOver(phase)) {
      Duration grace = known.grace();
      Duration least = grace == null || grace.compareTo(beyond) < 0 ? grace : beyond;
      return new Row(known.expiry(), least, renewing);
    }
    return new Row(stated, null, renewing);
  }

  private static boolean isOver(Phase phase) {
    return phase instanceof Phase.OnHold
        || phase instanceof Phase.Paused
        || phase instanceof Phase.Expired;
  }

  Map<OrderId, Row> rows(PurchaseToken token) {
    return rows.getOrDefault(token, Map.of());
  }
}
