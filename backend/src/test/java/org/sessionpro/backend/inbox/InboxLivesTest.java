package org.sessionpro.backend.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// Random operations by several claimants, some of which come back long after their lease, against
/// the naive queue.
///
/// `-Dinbox.lives=N` sets how many lives run on SQLite (a fifth of them on PostgreSQL),
/// `-Dinbox.lives.seed=N` which.
class InboxLivesTest {
  private static final int LIVES = Integer.getInteger("inbox.lives", 60);
  private static final int STEPS = 120;
  private static final int MAX_ATTEMPTS = 9;
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void theInboxIsTheQueueOfTheSpecification(Engine engine) {
    int count =
        switch (engine) {
          case SQLITE -> LIVES;
          case POSTGRESQL -> LIVES / 5;
        };
    long first = Long.getLong("inbox.lives.seed", 20_261_126);
    System.out.printf("%d lives of inboxes on %s from seed %d%n", count, engine, first);
    try (Database database = engine.open(folder)) {
      for (int i = 0; i < count; i++) {
        new Life(database, new Random(first + i), "seed " + (first + i)).run();
      }
    }
  }

  /// An item as both sides show it.
  private record Seen(
      Instant eligible,
      @Nullable Instant hint,
      int attempts,
      int run,
      @Nullable ParkReason parked,
      boolean leased) {}

  private static final class Life {
    private final List<WorkItem> items;
    private final Inbox inbox;
    private final NaiveInbox naive = new NaiveInbox(MAX_ATTEMPTS);
    private final List<Claim> claims = new ArrayList<>();
    private final Random random;
    private final String seed;
    private Instant now = T;

    Life(Database database, Random random, String seed) {
      this.inbox = new Inbox(database, random, new InboxRules(MAX_ATTEMPTS, "test"));
      this.random = random;
      this.seed = seed;
      this.items =
          List.of(
              WorkItem.reconcile(new PurchaseToken("A")),
              WorkItem.oneTime(new PurchaseToken("A")),
              WorkItem.acknowledge(new PurchaseToken("A")),
              WorkItem.reconcile(new PurchaseToken("B")),
              WorkItem.reconcile(new TransactionId("A")),
              WorkItem.reconcile(new TransactionId("7")));
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        step();
        assertThat(stored()).as("%s, step %d", seed, i).isEqualTo(expected());
      }
      for (WorkItem item : items) {
        assertThat(inbox.inspection().drop(item, "end of the test")).isEqualTo(naive.drop(item));
      }
    }

    private void step() {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3 -> enqueue();
        case 4, 5, 6, 7, 8 -> claim();
        case 9, 10, 11, 12, 13, 14 -> settle();
        case 15 -> renew();
        case 16 -> {
          WorkItem item = any(items);
          assertThat(inbox.inspection().retry(item, now)).isEqualTo(naive.retry(item, now));
        }
        case 17 -> {
          if (random.nextInt(4) == 0) {
            WorkItem item = any(items);
            assertThat(inbox.inspection().drop(item, "test")).isEqualTo(naive.drop(item));
          }
        }
        default -> now = now.plusSeconds((long) Math.exp(random.nextDouble() * 11));
      }
    }

    private void enqueue() {
      WorkItem item = any(items);
      Instant event =
          random.nextInt(4) == 0 ? null : now.plusSeconds(random.nextInt(7_200) - 6_000L);
      Lane lane = any(List.of(Lane.values()));
      inbox.enqueue(List.of(new Owed(item, item.subscription(), event, null, lane)), now);
      naive.enqueue(item, event, lane, now);
    }

    private void claim() {
      StoreProvider provider = any(List.of(StoreProvider.values()));
      Set<WorkKind> kinds =
          Arrays.stream(WorkKind.values())
              .filter(kind -> kind == WorkKind.RECONCILE || random.nextBoolean())
              .collect(Collectors.toSet());
      int limit = 1 + random.nextInt(3);
      Lane lane = any(List.of(Lane.values()));
      List<WorkItem> claimable = naive.claimable(provider, kinds, lane, now);
      List<Claim> claimed = inbox.claim(provider, kinds, lane, limit, now);
      assertThat(claimed).as(seed).hasSize(Math.min(limit, claimable.size()));
      for (Claim claim : claimed) {
        NaiveInbox.Row row = naive.row(claim.item());
        assertThat(claimable).as(seed).contains(claim.item());
        assertThat(claim.revision()).as(seed).isEqualTo(row.revision);
        assertThat(claim.failures())
            .as(seed)
            .isEqualTo(new Claim.Failures(row.attempts, row.lastError, row.run));
        assertThat(claim.seen().hintAt()).as(seed).isEqualTo(row.hint);
        assertThat(claim.seen().lane()).as(seed).isEqualTo(row.lane);
        assertThat(claim.oneTry() == null ? null : claim.oneTry().reason())
            .as(seed)
            .isEqualTo(row.reason);
      }
      assertMostOverdue(claimed, claimable);
      claimed.forEach(claim -> naive.lease(claim.item(), claim.token(), now));
      claims.addAll(claimed);
    }

    private void assertMostOverdue(List<Claim> claimed, List<WorkItem> claimable) {
      Set<WorkItem> taken = claimed.stream().map(Claim::item).collect(Collectors.toSet());
      for (WorkItem left : claimable) {
        if (!taken.contains(left)) {
          taken.forEach(item ->
              assertThat(naive.row(item).eligible)
                  .as(seed)
                  .isBeforeOrEqualTo(naive.row(left).eligible));
        }
      }
    }

    private void settle() {
      if (claims.isEmpty()) {
        return;
      }
      Claim claim = claims.get(random.nextInt(claims.size()));
      Outcome outcome = outcome();
      Settled settled = inbox.settle(claim, outcome, now);
      boolean isOurs = naive.settle(claim, outcome, now);
      assertThat(settled.fate() != Settled.Fate.LOST).as(seed).isEqualTo(isOurs);
      if (random.nextInt(5) > 0) {
        claims.remove(claim);
      }
    }

    private Outcome outcome() {
      return switch (random.nextInt(9)) {
        case 0 -> new Outcome.Done();
        case 8 -> new Outcome.Again(now.plusSeconds(random.nextInt(10_000)), "again");
        case 1 -> {
          Instant until = now.plusSeconds(random.nextInt(10_000));
          yield random.nextBoolean()
              ? new Outcome.Waits(until, "waits")
              : new Outcome.Held(until, "is held");
        }
        case 2 -> new Outcome.Unfinished();
        case 3 -> {
          ParkReason reason = any(List.of(ParkReason.values()));
          yield new Outcome.Parked(new Cause(reason, "detail"), "parked");
        }
        default -> {
          Cause plan = new Cause(ParkReason.UNKNOWN_PLAN, "detail");
          yield new Outcome.Failed(
              any(List.of(ErrorClass.values())), "failed", random.nextBoolean() ? plan : null);
        }
      };
    }

    private void renew() {
      if (!claims.isEmpty()) {
        Claim claim = any(claims);
        assertThat(inbox.renew(claim, now).isPresent()).as(seed).isEqualTo(naive.renew(claim, now));
      }
    }

    private <T> T any(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    private Map<String, Seen> stored() {
      Map<String, Seen> seen = new TreeMap<>(Comparator.naturalOrder());
      for (StoredWork one : inbox.inspection().list(Filter.ALL, 100)) {
        seen.put(
            name(one.item()),
            new Seen(
                one.times().nextAt(),
                one.times().hintAt(),
                one.failures().attempts(),
                one.failures().run(),
                one.parked() == null ? null : one.parked().reason(),
                one.times().leasedUntil() != null));
      }
      return seen;
    }

    private Map<String, Seen> expected() {
      Map<String, Seen> seen = new TreeMap<>();
      naive
          .rows()
          .forEach((item, row) ->
              seen.put(
                  name(item),
                  new Seen(
                      row.eligible,
                      row.hint,
                      row.attempts,
                      row.run,
                      row.parked ? row.reason : null,
                      row.leasedUntil != null)));
      return seen;
    }

    private static String name(WorkItem item) {
      return item.provider() + " " + item.kind() + " " + item.key();
    }
  }
}
