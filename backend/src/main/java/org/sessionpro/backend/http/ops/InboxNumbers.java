package org.sessionpro.backend.http.ops;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sessionpro.backend.inbox.InboxCensus;
import org.sessionpro.backend.inbox.InboxCensus.Paid;
import org.sessionpro.backend.inbox.InboxCensus.Parked;
import org.sessionpro.backend.inbox.InboxCensus.Work;
import org.sessionpro.backend.inbox.Lane;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.telemetry.Metric;

/// What is owed to the stores, as numbers. Where nothing is owed there are none.
record InboxNumbers(InboxCensus inbox) implements Source {
  private record StoreKind(StoreProvider store, WorkKind kind) {}

  private record StoreLane(StoreProvider store, Lane lane) {}

  @Override
  public void show(Scrape scrape) {
    for (Work work : inbox.work()) {
      scrape.show(
          Metric.INBOX_WORK,
          work.count(),
          Scrape.word(work.provider()),
          Scrape.word(work.kind()),
          Scrape.word(work.lane()),
          Scrape.word(work.state()));
    }
    showKinds(scrape);
    showLanes(scrape);
    for (Parked parked : inbox.parked()) {
      String store = Scrape.word(parked.provider());
      String reason = Scrape.word(parked.reason());
      scrape.show(Metric.INBOX_PARKED, parked.count(), store, reason);
      scrape.show(Metric.INBOX_PARKED_AGE, parked.age(), store, reason);
      if (parked.left() != null) {
        scrape.show(Metric.INBOX_PARKED_LEFT, parked.left(), store, reason);
      }
    }
    for (Paid paid : inbox.paid()) {
      scrape.show(
          Metric.INBOX_MONEY_KEPT,
          paid.count(),
          Scrape.word(paid.provider()),
          Scrape.word(paid.reason()));
    }
  }

  private void showKinds(Scrape scrape) {
    inbox.work().stream()
        .collect(groupingBy(work -> new StoreKind(work.provider(), work.kind())))
        .forEach((key, all) -> {
          String store = Scrape.word(key.store());
          String kind = Scrape.word(key.kind());
          long stuck = all.stream().mapToLong(Work::stuck).sum();
          scrape.show(Metric.INBOX_STUCK, stuck, store, kind);
          scrape.show(Metric.INBOX_AGE, longest(all, Work::age), store, kind);
          all.stream()
              .flatMap(work -> Stream.ofNullable(work.left()))
              .min(Comparator.naturalOrder())
              .ifPresent(left -> scrape.show(Metric.INBOX_LEFT, left, store, kind));
        });
  }

  private void showLanes(Scrape scrape) {
    inbox.work().stream()
        .collect(groupingBy(work -> new StoreLane(work.provider(), work.lane())))
        .forEach((key, all) ->
            scrape.show(
                Metric.INBOX_OVERDUE,
                longest(all, Work::overdue),
                Scrape.word(key.store()),
                Scrape.word(key.lane())));
  }

  private static Duration longest(List<Work> all, Function<Work, Duration> length) {
    return all.stream().map(length).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }
}
