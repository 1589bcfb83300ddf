package org.sessionpro.backend.cli.inspection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.cli.Report;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;

/// What is taken away under the ids that a command names, and what becomes of each.
final class Drops {
  static final String MEMBERS_1 = "  dropped                items";
  static final String MEMBERS_2 =
      "  items                  id (as it was given), provider, kind, outcome (planned, dropped,";
  static final String MEMBERS_3 = "                         gone, not_found)";
  static final String MEMBERS_4 = "  applied";

  private final OpenedInbox opened;
  private final Predicate<StoredWork> meant;
  private final boolean applied;
  private final String reason;

  /// Each item with the id under which it was named first.
  private final Map<WorkItem, String> items = new LinkedHashMap<>();

  private final Set<String> unknown = new LinkedHashSet<>();

  /// @param meant of what is owed under an id
  /// @param applied whether it is to be done
  Drops(OpenedInbox opened, Predicate<StoredWork> meant, boolean applied, String reason) {
    this.opened = opened;
    this.meant = meant;
    this.applied = applied;
    this.reason = reason;
  }

  /// Adds what is owed under an id.
  void add(Filter filter) {
    String key = Objects.requireNonNull(filter.key());
    List<StoredWork> found = opened.found(filter).stream().filter(meant).toList();
    found.forEach(one -> items.putIfAbsent(one.item(), key));
    if (found.isEmpty()) {
      unknown.add(key);
    }
  }

  /// Drops it, if that is to be done.
  ///
  /// @throws CommandFailed if nothing is owed under any id
  Report report() {
    if (items.isEmpty()) {
      throw CommandFailed.because("nothing of that name is owed");
    }
    List<Report> rows = new ArrayList<>();
    int dropped = 0;
    for (Map.Entry<WorkItem, String> one : items.entrySet()) {
      boolean found = !applied || opened.drop(one.getKey(), reason);
      dropped += found ? 1 : 0;
      String outcome = applied ? "dropped" : "planned";
      rows.add(row(one.getValue(), one.getKey(), found ? outcome : "gone"));
    }
    unknown.forEach(key ->
        rows.add(
            Report.empty()
                .text("id", key)
                .absent("provider")
                .absent("kind")
                .text("outcome", "not_found")));
    return Report.empty().number("dropped", dropped).rows("items", rows).flag("applied", applied);
  }

  private static Report row(String key, WorkItem item, String outcome) {
    return Report.empty()
        .text("id", key)
        .text("provider", FactWords.code(item.provider()))
        .text("kind", FactWords.code(item.kind()))
        .text("outcome", outcome);
  }
}
