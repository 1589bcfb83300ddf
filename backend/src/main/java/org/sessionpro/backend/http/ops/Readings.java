package org.sessionpro.backend.http.ops;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.http.ops.Glance.Held;
import org.sessionpro.backend.inbox.InboxCensus;
import org.sessionpro.backend.ledger.LedgerCensus;
import org.sessionpro.backend.telemetry.Metric;

/// Numbers that are read in the database: what changes all the time every 15 s, what takes a look at
/// every row every 10 min, both only while somebody scrapes. A scrape waits for a moment, and shows what
/// was read last where the database does not answer.
public final class Readings implements Source {
  private static final Duration OFTEN = Duration.ofSeconds(15);
  private static final Duration RARELY = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final String QUEUES = "queues";
  private static final String CENSUS = "census";

  private final Glance<Queues> queues;
  private final Glance<Census> census;

  /// What changes all the time.
  public record Queues(InboxCensus inbox, List<LeaseState> leases, SchemaState schema) {
    public Queues {
      leases = List.copyOf(leases);
    }
  }

  /// What takes a look at every row.
  public record Census(LedgerCensus ledger, List<InboxCensus.Messages> messages) {
    public Census {
      messages = List.copyOf(messages);
    }
  }

  public Readings(Supplier<Queues> queues, Supplier<Census> census) {
    this.queues = new Glance<>("the state of the queues", queues, OFTEN);
    this.census = new Glance<>("the number of accounts", census, RARELY);
  }

  @Override
  public void show(Scrape scrape) {
    Optional<Held<Queues>> often = queues.get(PATIENCE);
    Optional<Held<Census>> rarely = census.get(PATIENCE);
    often.ifPresent(held -> {
      scrape.show(Metric.READINGS_AGE, held.age(), QUEUES);
      show(held.value(), scrape);
    });
    rarely.ifPresent(held -> {
      scrape.show(Metric.READINGS_AGE, held.age(), CENSUS);
      show(held.value(), scrape);
    });
    scrape.show(Metric.READINGS_FAILURES, queues.failures(), QUEUES);
    scrape.show(Metric.READINGS_FAILURES, census.failures(), CENSUS);
  }

  private static void show(Queues queues, Scrape scrape) {
    new InboxNumbers(queues.inbox()).show(scrape);
    for (LeaseState lease : queues.leases()) {
      if (lease.lastSuccess() != null) {
        scrape.show(Metric.JOB_SUCCESS, lease.lastSuccess(), lease.name().text());
      }
    }
    Integer installed = queues.schema().installed();
    scrape.show(Metric.DATABASE_SCHEMA, installed == null ? 0 : installed, "database");
    scrape.show(Metric.DATABASE_SCHEMA, queues.schema().newest(), "program");
  }

  private static void show(Census census, Scrape scrape) {
    LedgerCensus ledger = census.ledger();
    scrape.show(Metric.ACCOUNTS, ledger.accounts());
    scrape.show(Metric.ACCOUNTS_COVERED, ledger.covered());
    scrape.show(Metric.GENERATIONS, ledger.generations() - ledger.revoked(), "standing");
    scrape.show(Metric.GENERATIONS, ledger.revoked(), "revoked");
    for (InboxCensus.Messages one : census.messages()) {
      scrape.show(Metric.INBOX_MESSAGES, one.count(), Scrape.word(one.provider()), one.state());
    }
  }
}
