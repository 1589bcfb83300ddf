package org.sessionpro.backend.cli.inspection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;

/// What is owed to a store.
///
/// @param now our clock
record OwedItems(List<StoredWork> all, Instant now) {
  /// What the members are that [#counted] adds.
  static final String MEMBERS_1 = "  due, waiting, parked   items";

  static final String MEMBERS_2 =
      "  oldest_due_ts          since when the oldest of what is due waits";

  static OwedItems of(OpenedInbox opened, StoreProvider provider, Instant now) {
    Filter filter = new Filter(provider, null, null, null);
    return new OwedItems(opened.inbox().inspection().list(filter, Integer.MAX_VALUE), now);
  }

  List<StoredWork> parked() {
    return all.stream().filter(it -> it.parked() != null).toList();
  }

  private List<StoredWork> due() {
    return all.stream()
        .filter(it -> it.parked() == null && !it.times().nextAt().isAfter(now))
        .toList();
  }

  /// A report with how much there is.
  Report counted(Report report) {
    List<StoredWork> due = due();
    long parked = parked().size();
    @Nullable Instant oldest =
        due.stream().map(it -> it.times().nextAt()).min(Instant::compareTo).orElse(null);
    return report
        .number("due", due.size())
        .number("waiting", all.size() - due.size() - parked)
        .number("parked", parked)
        .moment("oldest_due_ts", oldest, now);
  }
}
