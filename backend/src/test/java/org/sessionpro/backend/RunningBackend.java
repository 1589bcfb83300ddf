package org.sessionpro.backend;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DataDirectory;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.EntitlementSettings;
import org.sessionpro.backend.config.HttpSettings;
import org.sessionpro.backend.config.InboxSettings;
import org.sessionpro.backend.config.JobSettings;
import org.sessionpro.backend.config.KeySettings;
import org.sessionpro.backend.config.LogLevel;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.OpsSettings;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.SigningKeySource;
import org.sessionpro.backend.config.StorageSettings;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;

/// A whole server in this process, on an empty database of either engine, by a clock that stands
/// still until a test moves it. No jobs run in it.
public final class RunningBackend implements AutoCloseable {
  /// 2026-01-01T00:00:00Z, where every clock starts.
  public static final Instant T = Instant.ofEpochSecond(1_767_225_600);

  public static final Crypto CRYPTO = Crypto.selfTested();

  private final Backend backend;
  private final SimulatedClock clock;
  private final DatabaseUrl database;

  /// What a test may want otherwise.
  ///
  /// @param maxProofs proofs an account gets in seven days; 0 for any number
  /// @param v0RepeatMax longest revocation list that v0 repeats, in entries
  /// @param stores that the server talks to
  /// @param clock that it goes by; null for one that starts at [#T]
  public record Options(
      SigningKeySource key,
      int maxProofs,
      int v0RepeatMax,
      StoreSettings stores,
      @Nullable SimulatedClock clock) {
    /// A server as it comes, with the public development key.
    public static final Options DEFAULT =
        new Options(new SigningKeySource.Development(), 0, 1_000, StoreSettings.OFF, null);

    public Options withKey(SigningKeySource other) {
      return new Options(other, maxProofs, v0RepeatMax, stores, clock);
    }

    public Options withMaxProofs(int other) {
      return new Options(key, other, v0RepeatMax, stores, clock);
    }

    public Options withV0RepeatMax(int other) {
      return new Options(key, maxProofs, other, stores, clock);
    }

    public Options withStores(StoreSettings others, SimulatedClock theirs) {
      return new Options(key, maxProofs, v0RepeatMax, others, theirs);
    }
  }

  private RunningBackend(Backend backend, SimulatedClock clock, DatabaseUrl database) {
    this.backend = backend;
    this.clock = clock;
    this.database = database;
  }

  /// Starts one with the default options.
  ///
  /// @param folder for the files of an embedded engine
  public static RunningBackend start(Engine engine, Path folder) {
    return start(engine, folder, Options.DEFAULT);
  }

  /// Starts one.
  ///
  /// @param folder for the files of an embedded engine
  public static RunningBackend start(Engine engine, Path folder, Options options) {
    DatabaseUrl url = engine.empty(folder);
    return start(url, Databases.open(url), folder, options);
  }

  /// Starts one on a database that it closes in the end.
  ///
  /// @param url where the database is
  /// @param folder for the server's own files
  public static RunningBackend start(
      DatabaseUrl url, Database database, Path folder, Options options) {
    return start(url, database, folder, options, null);
  }

  /// As above, with a port for those who run the server.
  public static RunningBackend startWithOps(
      DatabaseUrl url, Database database, Path folder, Options options) {
    return start(
        url, database, folder, options, new OpsSettings(InetAddress.getLoopbackAddress(), 0));
  }

  private static RunningBackend start(
      DatabaseUrl url, Database database, Path folder, Options options, @Nullable OpsSettings ops) {
    DataDirectory.create(folder.resolve("data"));
    HttpSettings http = new HttpSettings(InetAddress.getLoopbackAddress(), 0);
    Settings settings =
        new Settings(
            true,
            new HttpSettings(http.bind(), http.port(), http.onionMaxBodyBytes(), ops),
            new StorageSettings(folder.resolve("data"), url),
            new KeySettings(options.key(), List.of()),
            new EntitlementSettings(
                Duration.ofHours(1), options.maxProofs(), options.v0RepeatMax()),
            new JobSettings(
                Duration.ofDays(1), Duration.ofMinutes(1), InboxSettings.DEFAULT, options.stores()),
            new LogSettings(LogLevel.WARNING));
    SimulatedClock clock = options.clock() == null ? new SimulatedClock(T) : options.clock();
    return new RunningBackend(
        Backend.start(settings, database, CRYPTO, clock, _ -> {}), clock, url);
  }

  public InetSocketAddress address() {
    return backend.address();
  }

  /// Where those who run the server ask it; only of one that was started with that.
  public InetSocketAddress opsAddress() {
    return backend.opsAddress().orElseThrow();
  }

  /// Says that the server is about to end.
  public void drain() {
    backend.drain();
  }

  public SimulatedClock clock() {
    return clock;
  }

  public Instant now() {
    return clock.instant();
  }

  /// What clients know the server by.
  public BackendKey key() {
    return backend.keys().current().publicKey();
  }

  /// What the server serves, for those who ask it without a socket.
  public RouteTable routes() {
    return backend.routes();
  }

  /// What the server serves to those who run it; only of one that was started with that.
  public RouteTable opsRoutes() {
    return backend.opsRoutes().orElseThrow();
  }

  /// The ledger that the server itself works on.
  public Ledger ledger() {
    return backend.ledger();
  }

  /// Where the ledger is, for those who look behind its back.
  public DatabaseUrl database() {
    return database;
  }

  /// Has jobs run, and works with the stores, from now on.
  public void startJobs() {
    backend.startJobs();
  }

  @Override
  public void close() {
    backend.close();
  }
}
