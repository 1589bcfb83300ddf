package org.sessionpro.backend.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The queue as the specification has it, in a map and without any database (`google-play.md` §3 with
/// the corrections of `decisions-stores.md` §1 and §5).
final class NaiveInbox {
  private static final Comparator<WorkItem> ORDER =
      Comparator.comparing(WorkItem::provider)
          .thenComparing(WorkItem::kind)
          .thenComparing(WorkItem::key);

  private static final Set<ParkReason> FULLY = Set.of(ParkReason.NO_OWNER, ParkReason.NOT_FOUND);
  private static final Set<ParkReason> ONE_TRY =
      Set.of(
          ParkReason.UNKNOWN_PLAN,
          ParkReason.UNKNOWN_PRODUCT,
          ParkReason.REJECTED,
          ParkReason.EXHAUSTED);

  private final Map<WorkItem, Row> rows = new TreeMap<>(ORDER);
  private final int maxAttempts;

  NaiveInbox(int maxAttempts) {
    this.maxAttempts = maxAttempts;
  }

  /// What is known of an item.
  static final class Row {
    Instant eligible = Instant.EPOCH;
    @Nullable Instant hint;
    long revision = 1;
    int attempts;
    @Nullable ErrorClass lastError;
    int run;
    boolean parked;
    @Nullable ParkReason reason;
    @Nullable Instant leasedUntil;
    long token;
    Lane lane = Lane.ANNOUNCED;

    /// Nothing that went wrong before counts, but for the number of attempts.
    void beAsNew() {
      parked = false;
      reason = null;
      lastError = null;
      run = 0;
    }
  }

  Map<WorkItem, Row> rows() {
    return rows;
  }

  void enqueue(WorkItem item, @Nullable Instant event, Lane lane, Instant now) {
    Instant at = event == null || event.isAfter(now) ? now : event;
    Row row = rows.get(item);
    if (row == null) {
      row = new Row();
      row.eligible = at;
      row.hint = event;
      row.lane = lane;
      rows.put(item, row);
      return;
    }
    row.revision++;
    row.lane = lane == Lane.ANNOUNCED ? lane : row.lane;
    row.eligible = at.isBefore(row.eligible) ? at : row.eligible;
    if (event != null && (row.hint == null || event.isBefore(row.hint))) {
      row.hint = event;
    }
    if (row.parked && FULLY.contains(row.reason)) {
      row.beAsNew();
    } else if (row.parked && ONE_TRY.contains(row.reason)) {
      row.parked = false;
    }
  }

  /// The items that may be claimed, most overdue first.
  List<WorkItem> claimable(StoreProvider provider, Set<WorkKind> kinds, Lane lane, Instant now) {
    List<WorkItem> items = new ArrayList<>();
    rows.forEach((item, row) -> {
      boolean isFree = row.leasedUntil == null || !row.leasedUntil.isAfter(now);
      if (item.provider() == provider
          && kinds.contains(item.kind())
          && row.lane == lane
          && !row.parked
          && !row.eligible.isAfter(now)
          && isFree) {
        items.add(item);
      }
    });
    items.sort(Comparator.comparing(item -> row(item).eligible));
    return items;
  }

  Row row(WorkItem item) {
    Row row = rows.get(item);
    if (row == null) {
      throw new AssertionError("there is no such item");
    }
    return row;
  }

  void lease(WorkItem item, long token, Instant now) {
    row(item).token = token;
    row(item).leasedUntil = now.plus(Duration.ofSeconds(60));
  }

  private @Nullable Row held(Claim claim) {
    Row row = rows.get(claim.item());
    return row == null || row.leasedUntil == null || row.token != claim.token() ? null : row;
  }

  boolean renew(Claim claim, Instant now) {
    Row row = held(claim);
    if (row == null) {
      return false;
    }
    row.leasedUntil = now.plus(Duration.ofSeconds(60));
    return true;
  }

  boolean isHeld(Claim claim) {
    return held(claim) != null;
  }

  /// Returns false if the lease is lost.
  boolean settle(Claim claim, Outcome outcome, Instant now) {
    Row row = held(claim);
    if (row == null) {
      return false;
    }
    row.leasedUntil = null;
    boolean news = row.revision != claim.revision();
    switch (outcome) {
      case Outcome.Done _ -> {
        if (news) {
          row.beAsNew();
          row.attempts = 0;
        } else {
          rows.remove(claim.item());
        }
      }
      case Outcome.Again(Instant at, String _) -> {
        row.beAsNew();
        row.attempts = 0;
        if (!news) {
          row.eligible = at;
          row.hint = null;
        }
      }
      case Outcome.Waits(Instant until, String _) -> {
        if (!news) {
          row.eligible = until;
        }
      }
      case Outcome.Held(Instant until, String _) -> {
        if (!news) {
          row.eligible = until;
        }
      }
      case Outcome.Unfinished _ -> {}
      case Outcome.Failed failed -> fail(claim.item(), row, failed, news, now);
      case Outcome.Parked(Cause cause, String _) -> {
        Instant next = now.plus(delay(claim.item().kind(), row.attempts));
        row.attempts++;
        row.lastError = null;
        row.run = 0;
        park(row, cause.reason(), news, next);
      }
    }
    return true;
  }

  private void fail(WorkItem item, Row row, Outcome.Failed failed, boolean news, Instant now) {
    ErrorClass kind = failed.kind();
    Instant next = now.plus(delay(item.kind(), row.attempts));
    row.attempts++;
    row.run = kind == row.lastError ? row.run + 1 : 1;
    row.lastError = kind;
    ParkReason reason = row.reason;
    if (item.kind() != WorkKind.ACKNOWLEDGE) {
      if (kind == ErrorClass.NOT_FOUND && row.run >= 5) {
        reason = ParkReason.NOT_FOUND;
      } else if (kind == ErrorClass.REJECTED && row.run >= 3) {
        reason = ParkReason.REJECTED;
      } else if (row.attempts >= maxAttempts) {
        reason = failed.inTheEnd() == null ? ParkReason.EXHAUSTED : failed.inTheEnd().reason();
      }
    }
    if (reason == null) {
      row.eligible = news ? row.eligible : next;
    } else {
      park(row, reason, news, next);
    }
  }

  private static void park(Row row, ParkReason reason, boolean news, Instant next) {
    if (!news) {
      row.parked = true;
      row.reason = reason;
      row.eligible = next;
    }
  }

  static Duration delay(WorkKind kind, int before) {
    long seconds = kind == WorkKind.ACKNOWLEDGE ? 15 : 60;
    long most = kind == WorkKind.ACKNOWLEDGE ? 600 : 21_600;
    for (int i = 0; i < before && seconds < most; i++) {
      seconds *= 2;
    }
    return Duration.ofSeconds(Math.min(seconds, most));
  }

  boolean retry(WorkItem item, Instant now) {
    Row row = rows.get(item);
    if (row != null) {
      row.beAsNew();
      row.lane = Lane.ANNOUNCED;
      row.revision++;
      row.eligible = now;
    }
    return row != null;
  }

  boolean drop(WorkItem item) {
    return rows.remove(item) != null;
  }
}
