package org.sessionpro.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.bench.fill.Filler;
import org.sessionpro.bench.fill.Population;
import org.sessionpro.bench.load.Load;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.ProcessProbe;
import org.sessionpro.bench.load.Target;
import org.sessionpro.bench.load.Workload;
import org.sessionpro.bench.server.DataFolder;
import org.sessionpro.bench.server.Launch;
import org.sessionpro.bench.server.ServerProcess;

/// A server of one's own, on a database that is filled for it. Closing it stops the server and
/// deletes its data, but for those in a database that was named.
final class Stage implements AutoCloseable {
  /// Where the launcher says that the project is.
  private static final String HOME = "org.sessionpro.home";

  /// After that a server looks whether there is a newer revocation list.
  private static final Duration UNTIL_LISTED = Duration.ofSeconds(1);

  private final Meter meter;
  private final Population population;
  private final DataFolder folder;
  private final ServerProcess server;

  /// What a stage is made of.
  ///
  /// @param parent of the folder for the data; null for the system's folder of temporary files
  /// @param database URL of an empty database; null for SQLite
  /// @param dev whether the server runs in development mode
  /// @param from a ledger in SQLite that is filled already, to be copied; null to fill a new one
  /// @param revoked entries of its revocation list, unless it is copied
  record Scene(
      @Nullable Path parent,
      @Nullable String database,
      boolean dev,
      @Nullable Path from,
      Population population,
      int revoked) {
    @Override
    public String toString() {
      return "Scene(" + population + ", " + revoked + " revoked)";
    }
  }

  private Stage(Meter meter, Population population, DataFolder folder, ServerProcess server) {
    this.meter = meter;
    this.population = population;
    this.folder = folder;
    this.server = server;
  }

  /// Starts the server and fills its database.
  static Stage set(Scene scene, Meter meter) throws InterruptedException {
    DataFolder folder = DataFolder.make(scene.parent());
    Launch launch = new Launch(launcher(), folder.path(), scene.database(), scene.dev());
    if (scene.from() != null) {
      copy(scene.from(), launch);
      return new Stage(meter, scene.population(), folder, ServerProcess.start(launch));
    }
    // The server first: it makes the key only while the ledger is empty.
    Stage stage = new Stage(meter, scene.population(), folder, ServerProcess.start(launch));
    Filler filler =
        new Filler(launch.ledger(), scene.population(), meter.crypto(), meter.clock().instant());
    filler.fill(new Progress(System.err, scene.population().size()));
    filler.revoke(scene.revoked());
    Thread.sleep(UNTIL_LISTED);
    return stage;
  }

  private static void copy(Path ledger, Launch launch) {
    switch (launch.ledger()) {
      case DatabaseUrl.Sqlite(Path file) -> {
        try {
          Files.copy(ledger, file);
        } catch (IOException impossible) {
          throw new UncheckedIOException(
              "the ledger cannot be copied: " + impossible.getMessage(), impossible);
        }
      }
      case DatabaseUrl.InMemory _, DatabaseUrl.Postgres _ ->
          throw new IllegalArgumentException("only a ledger in SQLite can be copied");
    }
  }

  /// The program that starts servers.
  static Path launcher() {
    return Path.of(System.getProperty(HOME, ".")).resolve("pro");
  }

  /// Loads the server.
  ///
  /// @param customers how many accounts ask in turn
  LoadReport measure(Workload workload, LoadPlan plan, int customers) throws InterruptedException {
    return meter.measure(
        workload,
        plan,
        new Load.Parties(
            Target.at(server.url()),
            ProcessProbe.of(server.pid()),
            meter.customers(population, workload.operation(), customers),
            true));
  }

  @Override
  public void close() {
    server.close();
    folder.close();
  }
}
