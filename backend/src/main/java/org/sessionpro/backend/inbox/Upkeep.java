package org.sessionpro.backend.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.inbox.MessageTable.State;
import org.sessionpro.backend.inbox.ParkReason.Cure;
import org.sessionpro.backend.inbox.ParkedItems.Restriction;

/// What keeps the inbox small and brings back what was given up or fails; from [Inbox#upkeep()].
public final class Upkeep {
  private final Database database;

  Upkeep(Database database) {
    this.database = database;
  }

  /// What a provider knows when it starts.
  ///
  /// @param build the program's own version
  /// @param mapped plans and products that have a meaning
  /// @param acceptsTests whether purchases of testers count
  public record Known(String build, Set<String> mapped, boolean acceptsTests) {
    public Known {
      mapped = Set.copyOf(mapped);
    }
  }

  /// Brings back what is parked for a reason that may hold no longer (`decisions-stores.md` §5):
  /// messages that another build could not understand, purchases of what is mapped now, and tests if
  /// they are accepted. What is mapped now and is not given up yet is tried at once too: its store does
  /// not wait until its turn comes.
  ///
  /// @param now our clock
  /// @return how many items
  public int bringBackAtStart(StoreProvider provider, Known known, Instant now) {
    return database.write(handle -> {
      Restriction otherBuild = Restriction.of("parked_by <> :build", "build", known.build());
      int count = bringBack(handle, parked(handle, provider, Cure.BUILD, otherBuild), now);
      if (!known.mapped().isEmpty()) {
        Restriction mapped =
            Restriction.of("park_detail IN (<mapped>)", "mapped", List.copyOf(known.mapped()));
        List<String> reasons = ParkReason.codes(Cure.MAP);
        count += bringBack(handle, ParkedItems.orFailing(handle, provider, reasons, mapped), now);
      }
      if (known.acceptsTests()) {
        Restriction none = Restriction.none();
        count += bringBack(handle, parked(handle, provider, Cure.SWITCH, none), now);
      }
      return count;
    });
  }

  private static List<WorkItem> parked(
      Handle handle, StoreProvider provider, Cure cure, Restriction restriction) {
    return ParkedItems.of(handle, provider, ParkReason.codes(cure), restriction);
  }

  private static int bringBack(Handle handle, List<WorkItem> items, Instant now) {
    items.forEach(item -> bringBack(handle, item, now));
    return items.size();
  }

  /// Brings an item back, parked or not.
  ///
  /// @return false if there is none of that name
  static boolean bringBack(Handle handle, WorkItem item, Instant now) {
    boolean found = WorkTable.retry(handle, item, now);
    message(item).ifPresent(id -> MessageTable.move(handle, id, State.PARKED, State.NEW));
    return found;
  }

  static Optional<MessageId> message(WorkItem item) {
    return item.kind() == WorkKind.MESSAGE
        ? Optional.of(new MessageId(item.provider(), item.key()))
        : Optional.empty();
  }

  /// Forgets messages that are done with and that the store repeats no more; oldest first.
  ///
  /// @param retention since the store's instant
  /// @param limit how many at most, so that the transaction stays short
  /// @return how many were deleted; as many as `limit` if there may be more
  public int prune(StoreProvider source, Duration retention, Instant now, int limit) {
    Instant before = Micros.floor(now).minus(retention);
    return database.write(handle -> MessageTable.prune(handle, source, before, limit));
  }

  /// Drops questions of stores whose deadline has passed: nobody can answer them any more.
  ///
  /// @return how many were dropped
  public int expireReviews(StoreProvider provider, Instant now) {
    Restriction due = Restriction.of("due_at <= :due", "due", Micros.of(now));
    List<String> reasons = ParkReason.codes(Cure.ANSWER);
    return database.write(handle -> {
      List<WorkItem> expired = ParkedItems.of(handle, provider, reasons, due);
      expired.forEach(item -> drop(handle, item, "the deadline has passed"));
      return expired.size();
    });
  }

  /// Takes an item away for good. Of a message the id stays, so that it is not taken for a new one.
  ///
  /// @param problem what to note of a message
  /// @return false if there is none of that name
  static boolean drop(Handle handle, WorkItem item, String problem) {
    boolean found = WorkTable.delete(handle, item);
    if (found) {
      message(item).ifPresent(id -> MessageTable.finish(handle, id, problem));
    }
    return found;
  }

  /// Drops purchases without a known buyer that were over when they were parked, and of which there has
  /// been no news since. Those that somebody still pays for stay until they are dropped by hand.
  ///
  /// @param before when they were parked at the latest
  /// @return how many were dropped
  public int forgetOver(StoreProvider provider, Instant before) {
    Restriction over =
        Restriction.of(
            "due_at IS NULL AND money_kept = FALSE AND parked_at <= :before",
            "before",
            Micros.of(before));
    List<String> reasons = List.of(Columns.code(ParkReason.NO_OWNER));
    return database.write(handle -> {
      List<WorkItem> all = ParkedItems.of(handle, provider, reasons, over);
      all.forEach(item -> drop(handle, item, "it is over, and was nobody's"));
      return all.size();
    });
  }

  /// How many purchases without a known buyer have become urgent in a span of time: when little time was
  /// left until their store refunds them, or were parked after that. What is refunded or over by the end
  /// of the span is none of them.
  ///
  /// @param left how long before the refund it is so
  /// @param after exclusive
  /// @param until inclusive
  public int withoutOwner(StoreProvider provider, Duration left, Instant after, Instant until) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM inbox_work
                WHERE parked_at IS NOT NULL AND park_reason = :reason AND provider = :provider
                  AND (parked_at > :after OR due_at > :after + :left)
                  AND parked_at <= :until
                  AND due_at > :until AND due_at <= :until + :left
                """)
            .bind("reason", Columns.code(ParkReason.NO_OWNER))
            .bind("provider", Columns.code(provider))
            .bind("left", Micros.of(left))
            .bind("after", Micros.of(after))
            .bind("until", Micros.of(until))
            .mapTo(Integer.class)
            .one());
  }

  /// Makes due what a clock that was ahead of ours has put off: nobody can have tried it, or heard of it,
  /// after now.
  ///
  /// @return how many items
  public int undoFuture(Instant now) {
    Instant instant = Micros.floor(now);
    return database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE inbox_work SET eligible_at = :now
                WHERE parked_at IS NULL AND eligible_at > :now
                  AND COALESCE(tried_at, first_seen_at) > :future
                """)
            .bind("now", Micros.of(instant))
            .bind("future", Micros.of(instant.plus(Inbox.MAX_SKEW)))
            .execute());
  }

  /// Whether nothing is to be done now: nothing is claimable, nobody works. A message that is not done
  /// has work of its own, which may wait.
  public boolean isQuiet(Instant now) {
    return database.snapshot(handle -> !WorkTable.anyDue(handle, now));
  }
}
