package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Losses.Revocation;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.store.apple.Convergence.Applied;

/// Random lives of subscriptions, whatever the order in which Apple's statements come and however often
/// (`app-store.md` §6.2, `decisions-stores.md` §2.2, identical final rows).
///
/// `-Dapple.seed=N` and `-Dapple.lives=N` choose the lives.
class AppleOrdersTest {
  private static final long SEED = Long.getLong("apple.seed", 20_261_127);
  private static final int LIVES = Integer.getInteger("apple.lives", 400);

  /// A payment without what may depend on arrival: by which of its transactions it was first known, and
  /// bookkeeping of statements.
  private record Row(
      Instant purchasedAt,
      @Nullable Instant expiry,
      @Nullable Duration grace,
      boolean renewing,
      boolean retrying,
      @Nullable Revocation revocation,
      @Nullable Object began) {
    static Row of(Payment payment) {
      Witnessed witnessed = payment.witnessed();
      return new Row(
          witnessed.purchasedAt(),
          payment.terms().expiry(),
          payment.terms().grace(),
          payment.terms().renewing(),
          payment.terms().billingRetry(),
          payment.revocation(),
          witnessed.began());
    }
  }

  private static Map<String, Row> rows(List<Snapshot> shown) {
    Shelf shelf = new Shelf();
    shown.forEach(shelf::look);
    Map<String, Row> rows = new TreeMap<>();
    shelf.payments().forEach(payment -> rows.put(payment.key().cycle(), Row.of(payment)));
    return rows;
  }

  static void permute(List<Snapshot> all, int from, Consumer<List<Snapshot>> use) {
    if (from == all.size()) {
      use.accept(all);
    }
    for (int i = from; i < all.size(); i++) {
      Collections.swap(all, from, i);
      permute(all, from + 1, use);
      Collections.swap(all, from, i);
    }
  }

  static String words(List<Snapshot> shown) {
    List<String> words = new ArrayList<>();
    for (Snapshot one : shown) {
      words.add(
          (one.notice() == null ? "READ" : one.notice().type())
              + " "
              + (one.present() == null ? "" : one.present().names().transaction().value())
              + " "
              + one.renewal());
    }
    return String.join("\n", words);
  }

  @Test
  void everyOrderEndsInTheSameRows() {
    System.out.println(LIVES + " lives of App Store subscriptions from seed " + SEED);
    for (int life = 0; life < LIVES; life++) {
      List<Snapshot> shown = AppleLife.of(new Random(SEED + life), 2 + life % 4);
      Map<String, Row> inOrder = rows(shown);
      long seed = SEED + life;
      permute(
          new ArrayList<>(shown),
          0,
          order ->
              assertThat(rows(order))
                  .as(() -> "seed " + seed + "\n" + words(order))
                  .isEqualTo(inOrder));
    }
  }

  @Test
  void longerLivesRepeatedAndShuffledEndInTheSameRows() {
    System.out.println(LIVES + " lives of App Store subscriptions from seed " + SEED);
    for (int life = 0; life < LIVES; life++) {
      Random random = new Random(SEED + life);
      List<Snapshot> shown = AppleLife.of(random, 12);
      Map<String, Row> inOrder = rows(shown);
      List<Snapshot> shuffled = new ArrayList<>(shown);
      shuffled.addAll(shown);
      Collections.shuffle(shuffled, random);
      long seed = SEED + life;

      assertThat(rows(shuffled))
          .as(() -> "seed " + seed + "\n" + words(shuffled))
          .isEqualTo(inOrder);
    }
  }

  @Test
  void whatIsShownAgainStatesNothing() {
    for (int life = 0; life < LIVES; life++) {
      List<Snapshot> shown = AppleLife.of(new Random(SEED + life), 8);
      Shelf shelf = new Shelf();
      shown.forEach(shelf::look);

      for (Snapshot one : shown) {
        assertThat(((Applied) shelf.look(one)).statements()).as("seed %d", SEED + life).isEmpty();
      }
    }
  }
}
