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
  private final OpenedInbox opened;
  private final Predicate<WorkItem> drop;

  /// Each item with the id under which it was named first.
  private final Map<WorkItem, String> items = new LinkedHashMap<>();

  private final Set<String> unknown = new LinkedHashSet<>();

  /// @param drop whether an item was there, and is taken away if that is to be done
  Drops(OpenedInbox opened, Predicate<WorkItem> drop) {
    this.opened = opened;
    this.drop = drop;
  }

  /// Adds what is owed under an id.
  void add(Filter filter) {
    String key = Objects.requireNonNull(filter.key());
    List<StoredWork> found = opened.found(filter);
    found.forEach(one -> items.putIfAbsent(one.item(), key));
    if (found.isEmpty()) {
      unknown.add(key);
    }
  }

  /// Drops it, if that is to be done.
  ///
  /// @throws CommandFailed if nothing is owed under any id
  Report report(boolean applied) {
    if (items.isEmpty()) {
      throw CommandFailed.because("nothing of that name is owed");
    }
    List<Report> rows = new ArrayList<>();
    int dropped = 0;
    for (Map.Entry<WorkItem, String> one : items.entrySet()) {
      boolean found = drop.test(one.getKey());
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
