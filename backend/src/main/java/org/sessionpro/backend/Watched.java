package org.sessionpro.backend;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.http.HttpServer;
import org.sessionpro.backend.http.RequestMeter;
import org.sessionpro.backend.http.dev.Quiet;
import org.sessionpro.backend.http.ops.DatabaseNumbers;
import org.sessionpro.backend.http.ops.JobNumbers;
import org.sessionpro.backend.http.ops.ProcessNumbers;
import org.sessionpro.backend.http.ops.Readiness;
import org.sessionpro.backend.http.ops.Readings;
import org.sessionpro.backend.http.ops.RequestNumbers;
import org.sessionpro.backend.http.ops.ServiceNumbers;
import org.sessionpro.backend.http.ops.Source;
import org.sessionpro.backend.inbox.InboxInspection;
import org.sessionpro.backend.inbox.Upkeep;
import org.sessionpro.backend.jobs.JobState;
import org.sessionpro.backend.jobs.Scheduler;
import org.sessionpro.backend.ledger.LedgerCensus;

/// What those who run the server see at work.
record Watched(
    Database database,
    Leases leases,
    RequestMeter meter,
    HttpServer http,
    Scheduler scheduler,
    Providers providers) {
  /// Null for nowhere.
  @Nullable Operations operations(Settings settings, Backend.Parts parts, Service service) {
    return Operations.start(
        settings.http().ops(),
        new Readiness(database::schema, service.revocations()::current),
        numbers(parts, service),
        settings.dev() ? List.of(quiet(parts).route()) : List.of());
  }

  private List<Source> numbers(Backend.Parts parts, Service service) {
    List<Source> numbers = new ArrayList<>();
    numbers.add(
        new ServiceNumbers(
            ProductVersion.current(),
            parts.crypto().choices(),
            service.issuer(),
            service.revocations(),
            parts.clock()));
    numbers.add(new RequestNumbers(meter, http::load));
    numbers.add(new DatabaseNumbers(database));
    numbers.add(new JobNumbers(this::jobs));
    numbers.add(new ProcessNumbers());
    numbers.add(readings(parts));
    numbers.addAll(providers.numbers());
    return numbers;
  }

  private List<JobState> jobs() {
    return Stream.concat(scheduler.states().stream(), providers.states().stream()).toList();
  }

  private Readings readings(Backend.Parts parts) {
    InboxInspection inbox = parts.inbox().inspection();
    InstantSource clock = parts.clock();
    return new Readings(
        () -> new Readings.Queues(inbox.census(clock.instant()), leases.all(), database.schema()),
        () ->
            new Readings.Census(
                LedgerCensus.take(database, parts.allowance(), clock.instant()), inbox.messages()));
  }

  private Quiet quiet(Backend.Parts parts) {
    Upkeep upkeep = parts.inbox().upkeep();
    return new Quiet(() -> scheduler.isAtRest() && upkeep.isQuiet(parts.clock().instant()));
  }
}
