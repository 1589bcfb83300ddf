package org.sessionpro.backend.http.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.inbox.InboxWorkers;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.store.MessageCounts;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.StoreGate.Closing;
import org.sessionpro.backend.telemetry.Metric;
import org.sessionpro.backend.telemetry.Tally;

/// What goes on between this process and a store, as numbers.
///
/// @param gate that everything passes which the store is asked; null if it is never asked
/// @param ways on which its messages come in
/// @param oddities what should not be; null if nothing of it can happen
public record StoreNumbers(
    StoreProvider store,
    @Nullable StoreGate gate,
    List<Way> ways,
    @Nullable Oddities oddities,
    InboxWorkers workers)
    implements Source {
  private static final String CALL = "call";

  public StoreNumbers {
    ways = List.copyOf(ways);
  }

  /// A way on which messages come in.
  ///
  /// @param name in one word
  public record Way(String name, MessageCounts counts) {}

  /// What should not be.
  ///
  /// @param refused what came in and was not the store's, or not for us
  /// @param found what the store states and somebody should look at
  public record Oddities(Tally<?> refused, Tally<?> found) {}

  @Override
  public void show(Scrape scrape) {
    String name = Scrape.word(store);
    if (gate != null) {
      show(gate, name, scrape);
    }
    for (Way way : ways) {
      scrape.show(Metric.STORE_MESSAGES, way.counts().receipts(), name, way.name());
      way.counts()
          .last()
          .ifPresent(last -> scrape.show(Metric.STORE_CONTACT, last, name, way.name()));
    }
    if (oddities != null) {
      scrape.show(Metric.STORE_REFUSED, oddities.refused(), name);
      scrape.show(Metric.STORE_FINDINGS, oddities.found(), name);
    }
    workers
        .counts()
        .endings()
        .forEach(
            (kind, endings) -> scrape.show(Metric.INBOX_ENDINGS, endings, name, Scrape.word(kind)));
    scrape.show(Metric.INBOX_WORKING, workers.atWork(), name);
  }

  private static void show(StoreGate gate, String name, Scrape scrape) {
    scrape.show(Metric.STORE_CALLS, gate.calls().endings(), name);
    scrape.show(Metric.STORE_CALL_TIME, gate.calls().times().read(), name);
    gate.calls().lastAnswer().ifPresent(at -> scrape.show(Metric.STORE_CONTACT, at, name, CALL));
    Closing closed = gate.closed().orElse(null);
    for (Closing reason : Closing.values()) {
      scrape.show(Metric.STORE_CLOSED, reason == closed, name, Scrape.word(reason));
    }
  }
}
