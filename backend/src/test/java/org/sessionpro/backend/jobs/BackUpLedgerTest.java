package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.config.BackupSettings;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Backups;
import org.sessionpro.backend.db.Backups.Backup;
import org.sessionpro.backend.db.DatabaseFault;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.SchemaState;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.simulator.SimulatedClock;

class BackUpLedgerTest {
  private static final Instant T = Instant.parse("2026-08-15T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private final LogLines log = new LogLines();
  private final List<String> announced = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    log.close();
  }

  private Path database() {
    return folder.resolve("pro.db");
  }

  private void makeLedger() {
    Databases.open(new DatabaseUrl.Sqlite(database())).close();
  }

  private Job job(Duration interval) {
    BackupSettings settings = new BackupSettings(folder.resolve("copies"), interval);
    return BackUpLedger.job(
        database(),
        settings,
        (at, text) -> announced.add(at + " " + text),
        clock,
        Duration.ofMinutes(1));
  }

  private void run() {
    job(DAY).work().run(() -> true);
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void thereIsACopyEachInterval() throws IOException {
    makeLedger();
    run();
    clock.advance(DAY);
    run();

    assertThat(copies())
        .containsExactly("2026-08-15_000000_pro.db.bak", "2026-08-16_000000_pro.db.bak");
  }

  @Test
  void thereIsNoneBefore() throws IOException {
    makeLedger();
    run();
    clock.advance(DAY.minusSeconds(1));
    run();

    assertThat(copies()).hasSize(1);
  }

  @Test
  void aCopyOfTheFutureSaysNothing() throws IOException {
    makeLedger();
    Files.createDirectories(folder.resolve("copies"));
    Files.writeString(folder.resolve("copies/2027-01-01_000000_pro.db.bak"), "x");
    run();

    assertThat(copies()).contains("2026-08-15_000000_pro.db.bak");
  }

  @Test
  void oldCopiesMakeRoomFirst() throws IOException {
    Files.createDirectories(folder.resolve("copies"));
    for (String name : List.of("2020-01-01_000000", "2020-01-02_000000")) {
      Files.writeString(folder.resolve("copies").resolve(name + "_pro.db.bak"), "x");
    }

    assertThatThrownBy(this::run).isInstanceOf(DatabaseFault.class);
    assertThat(copies()).containsExactly("2020-01-01_000000_pro.db.bak");
  }

  /// Where files can be made immutable, which the folder in memory is not made for.
  @Test
  void aCopyThatCannotBeDeletedStopsNoNewOne() throws Exception {
    Path disk = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "copies");
    Path old = disk.resolve("2020-01-02_000000_pro.db.bak");
    Files.writeString(
        disk.resolve("2020-01-01_000000_pro.db.bak"), "the first of its month is kept");
    Files.writeString(old, "x");
    assumeThat(changeAttribute("+i", old)).as("immutable files").isTrue();
    try {
      makeLedger();
      BackUpLedger.job(
              database(),
              new BackupSettings(disk, DAY),
              (at, text) -> announced.add(text),
              clock,
              Duration.ofMinutes(1))
          .work()
          .run(() -> true);

      assertThat(disk.resolve("2026-08-15_000000_pro.db.bak")).exists();
      assertThat(log.at(Level.ERROR))
          .containsExactly("old copies in " + disk + " cannot be deleted");
    } finally {
      changeAttribute("-i", old);
      deleteAll(disk);
    }
  }

  private static boolean changeAttribute(String change, Path file) throws Exception {
    try {
      return new ProcessBuilder("chattr", change, file.toString()).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void eachHalfIsToldInOneLine() {
    makeLedger();
    run();

    assertThat(log.at(Level.INFO))
        .containsExactly(
            "copies of the ledger: 0 kept, 0 deleted",
            "the ledger was copied to " + folder.resolve("copies/2026-08-15_000000_pro.db.bak"));
  }

  @Test
  void eachHalfIsAnnounced() {
    makeLedger();
    run();

    assertThat(announced)
        .containsExactly(
            T + " copies of the ledger: 0 kept, 0 deleted",
            T
                + " the ledger was copied to "
                + folder.resolve("copies/2026-08-15_000000_pro.db.bak"));
  }

  @Test
  void twoServersOnOneFileMakeOneCopyEachInterval() throws IOException {
    DatabaseUrl url = new DatabaseUrl.Sqlite(database());
    try (Site one = new Site(url, clock, job(DAY));
        Site other = new Site(url, clock, job(DAY))) {
      tick(one, other);
      assertThat(copies()).hasSize(1);

      clock.advance(DAY);
      tick(other, one);
      assertThat(copies()).hasSize(2);
    }
  }

  /// Both at once.
  private static void tick(Site one, Site other) {
    List<Thread> begun = new ArrayList<>(one.scheduler.tick());
    begun.addAll(other.scheduler.tick());
    begun.forEach(Site::join);
  }

  /// A server that was suspended does not know yet that it has lost the job.
  @Test
  void twoServersAtOnceDisturbNeitherEachOtherNorACopyByHand() throws Exception {
    makeLedger();
    Backups byHand = new Backups(database(), folder.resolve("copies"));
    List<Callable<Object>> all =
        List.of(
            Executors.callable(this::run),
            Executors.callable(this::run),
            () -> byHand.make(T, _ -> true));
    try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
      for (Future<Object> end : threads.invokeAll(all)) {
        var _ = end.get();
      }
    }

    assertThat(byHand.all()).isNotEmpty();
    for (Backup copy : byHand.all()) {
      SchemaState schema = Databases.state(new DatabaseUrl.Sqlite(copy.file()));
      assertThat(schema.standing()).isEqualTo(SchemaState.Standing.CURRENT);
    }
  }

  @Test
  void whatIsDeletedIsNamed() throws IOException {
    makeLedger();
    Files.createDirectories(folder.resolve("copies"));
    for (String name : List.of("2020-01-01_000000", "2020-01-02_000000", "2020-01-03_000000")) {
      Files.writeString(folder.resolve("copies").resolve(name + "_pro.db.bak"), "x");
    }
    run();

    String line =
        "copies of the ledger: 1 kept, 2 deleted:"
            + " 2020-01-02_000000_pro.db.bak, 2020-01-03_000000_pro.db.bak";
    assertThat(log.at(Level.INFO)).contains(line);
    assertThat(announced).contains(T + " " + line);
  }

  @Test
  void itLooksOftenEnoughToBeOnTime() {
    assertThat(job(DAY).interval()).isEqualTo(Duration.ofHours(1));
    assertThat(job(Duration.ofMinutes(1)).interval()).isEqualTo(Duration.ofMinutes(1));
  }
}
