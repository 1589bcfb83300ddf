package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkKind;

/// The row of an item (`decisions-stores.md` §5).
///
/// @param ids how identifiers are shown
/// @param isOwned whether an account owns any payment of a subscription
/// @param now our clock
record InboxRow(ShownIds ids, Predicate<SubscriptionKey> isOwned, Instant now) {
  /// What helps say of rows like this, under their name.
  static final String MEMBERS =
      """
        items                  id, provider, kind, message (the store's word), state (parked,
                               one_try, working, waiting, due), reason, detail, attempts,
                               first_seen_ts, tried_ts, next_ts, error_class, error, bound (an
                               account owns it), deadline_ts, to_do\
      """;

  Report of(StoredWork one) {
    StoredWork.Parked parked = one.parked();
    Cause because = one.because();
    StoredWork.Times times = one.times();
    SubscriptionKey subscription = one.subscription();
    Report row =
        Report.empty()
            .text("id", id(one))
            .text("provider", FactWords.code(one.item().provider()))
            .text("kind", FactWords.code(one.item().kind()));
    row = text(row, "message", one.message() == null ? null : one.message().kind());
    row = row.text("state", state(one));
    row = text(row, "reason", because == null ? null : FactWords.code(because.reason()));
    row = text(row, "detail", because == null ? null : because.detail());
    row =
        row.number("attempts", one.failures().attempts())
            .moment("first_seen_ts", times.firstSeenAt())
            .moment("tried_ts", times.triedAt())
            .moment("next_ts", parked == null ? times.nextAt() : null);
    row =
        text(
            row,
            "error_class",
            one.failures().last() == null ? null : FactWords.code(one.failures().last()));
    row = text(row, "error", one.error());
    return text(
        row.flag("bound", subscription != null && isOwned.test(subscription))
            .moment("deadline_ts", times.dueAt(), now),
        "to_do",
        because == null ? null : because.remedy());
  }

  private String id(StoredWork one) {
    SubscriptionKey subscription = one.item().subscription();
    return subscription == null || one.item().kind() == WorkKind.MESSAGE
        ? ids.message(one.item().key())
        : ids.of(subscription);
  }

  private String state(StoredWork one) {
    StoredWork.Times times = one.times();
    if (one.parked() != null) {
      return "parked";
    }
    if (times.leasedUntil() != null && times.leasedUntil().isAfter(now)) {
      return "working";
    }
    if (one.oneTry()) {
      return "one_try";
    }
    return times.nextAt().isAfter(now) ? "waiting" : "due";
  }

  private static Report text(Report row, String name, @Nullable String text) {
    return text == null ? row.absent(name) : row.text(name, text);
  }
}
