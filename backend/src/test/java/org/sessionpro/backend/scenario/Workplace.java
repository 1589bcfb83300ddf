package org.sessionpro.backend.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.jobs.SweepRenewals;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ScriptRunner;

/// Simulated stores, the parts of a server that they concern, and the database between them, all in
/// this process and by a clock that stands still until it is moved.
final class Workplace implements AutoCloseable {
  static final Duration LEASE = Duration.ofMinutes(1);
  static final SweepRenewals.Pace SWEEP = new SweepRenewals.Pace(Duration.ofMinutes(15), 1_000);

  private static final Instant T = Instant.parse("2026-01-31T10:00:00.250Z");

  private final SimulatedClock clock = new SimulatedClock(T);
  private final Ledgers ledgers;
  private final @Nullable GoogleStorefront google;
  private final @Nullable AppleStorefront apple;
  private final Books books;
  private final LivingServer server;

  /// Which stores there are.
  enum Stores {
    GOOGLE,
    APPLE,
    BOTH
  }

  /// With Google Play alone.
  ///
  /// @param database that nobody else uses
  /// @param folder for the credentials
  Workplace(DatabaseUrl database, Path folder, long seed, Quirk... quirks) {
    this(Stores.GOOGLE, database, folder, seed, quirks);
  }

  /// @param database that nobody else uses
  /// @param folder for the credentials
  /// @param quirks of Google Play
  Workplace(Stores stores, DatabaseUrl database, Path folder, long seed, Quirk... quirks) {
    this.ledgers = new Ledgers(database);
    Rooms rooms =
        new Rooms(ledgers.ledger().subscriptions(), ledgers.inbox(), ledgers.mask(), clock);
    this.google =
        stores == Stores.APPLE
            ? null
            : new GoogleStorefront(clock, ledgers, rooms, folder.resolve("google"), seed, quirks);
    this.apple =
        stores == Stores.GOOGLE
            ? null
            : new AppleStorefront(clock, ledgers, rooms, folder.resolve("apple"), seed);
    this.books =
        new Books(
            ledgers.database(),
            ledgers.ledger(),
            ledgers.inbox(),
            google == null ? null : google.simulator(),
            clock);
    this.server = new LivingServer(this, storefronts());
  }

  private List<Storefront> storefronts() {
    return Stream.<@Nullable Storefront>of(google, apple).flatMap(Stream::ofNullable).toList();
  }

  ScriptRunner runner() {
    return runner(storefronts().getFirst().provider());
  }

  /// Plays on all stores.
  ///
  /// @param first the one that faults and calls are about
  ScriptRunner runner(StoreProvider first) {
    return new ScriptRunner(
        clock,
        storefronts().stream()
            .sorted(Comparator.comparing(one -> one.provider() != first))
            .map(Storefront::stage)
            .toList(),
        server,
        RunningBackend.CRYPTO);
  }

  /// Lets the server do all that there is to do now.
  void settle() {
    server.settle();
  }

  SimulatedClock clock() {
    return clock;
  }

  /// Google Play, where it is one of the stores.
  GoogleSimulator google() {
    return Objects.requireNonNull(google).simulator();
  }

  /// The App Store, where it is one of the stores.
  AppleSimulator apple() {
    return Objects.requireNonNull(apple).simulator();
  }

  Ledger ledger() {
    return ledgers.ledger();
  }

  Inbox inbox() {
    return ledgers.inbox();
  }

  Database database() {
    return ledgers.database();
  }

  /// Has somebody ask for a proof.
  void askForProof(Buyer buyer) {
    var _ = server.askForProof(buyer);
  }

  /// Of everything that is logged.
  IdentifierMask mask() {
    return ledgers.mask();
  }

  /// What has arrived of what Play showed.
  Shown shown() {
    return Objects.requireNonNull(google).shown();
  }

  /// What has been heard of what Apple says once only.
  Heard heard() {
    return Objects.requireNonNull(apple).heard();
  }

  Books books() {
    return books;
  }

  @Override
  public void close() {
    ledgers.close();
  }
}
