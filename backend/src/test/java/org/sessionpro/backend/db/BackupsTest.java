package org.sessionpro.backend.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Backups.Backup;

/// Copies of a file, and how long they are kept.
class BackupsTest {
  private static final Instant T = Instant.parse("2026-08-15T12:34:56Z");

  @TempDir Path folder;

  private Path database() {
    return folder.resolve("pro.db");
  }

  private Backups backups() {
    return new Backups(database(), folder.resolve("copies"));
  }

  private void copies(String... names) throws IOException {
    Files.createDirectories(backups().directory());
    for (String name : names) {
      Files.writeString(backups().directory().resolve(name), "x");
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(backups().directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void put(Database database, String name) {
    database.write(handle ->
        handle.execute("INSERT INTO ledger_identity (name, value) VALUES (?, 'x')", name));
  }

  private static long count(Database database) {
    return database.<Long>read(
        handle -> Catalog.number(handle, "SELECT count(*) FROM ledger_identity WHERE value = 'x'"));
  }

  @Test
  void aCopyHoldsWhatWasCommittedBefore() {
    Path copy;
    try (Database database = SqliteDatabase.open(database())) {
      put(database, "before");
      copy = backups().make(T, _ -> true);
      put(database, "after");
    }
    try (Database copied = SqliteDatabase.open(copy)) {
      assertThat(count(copied)).isEqualTo(1);
    }
  }

  @Test
  void aCopyIsMadeWhileAChangeIsUnderWay() {
    try (Database database = SqliteDatabase.open(database())) {
      Path copy =
          database.write(handle -> {
            handle.execute("INSERT INTO ledger_identity (name, value) VALUES ('open', 'x')");
            return backups().make(T, _ -> true);
          });
      try (Database copied = SqliteDatabase.open(copy)) {
        assertThat(count(copied)).isZero();
      }
    }
  }

  @Test
  void aCopyIsForItsOwnerOnly() throws IOException {
    SqliteDatabase.open(database()).close();

    Path copy = backups().make(T, _ -> true);

    assertThat(copy).isEqualTo(folder.resolve("copies/2026-08-15_123456_pro.db.bak"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("2026-08-15_123456_pro.db.bak");
  }

  @Test
  void aCopyTakesNobodysPlace() throws IOException {
    SqliteDatabase.open(database()).close();
    copies("2026-08-15_123456_pro.db.bak");

    assertThat(backups().make(T, _ -> true).getFileName())
        .hasToString("2026-08-15_123457_pro.db.bak");
    assertThat(backups().directory().resolve("2026-08-15_123456_pro.db.bak")).hasContent("x");
  }

  @Test
  void aNameThatIsTakenWhileACopyIsWrittenStaysAnothers() throws IOException {
    makeLargeDatabase();
    Path wanted = folder.resolve("copy");

    assertThatThrownBy(() ->
            SqliteCopy.make(
                database(), List.of(wanted), _ -> Files.exists(taken(wanted)), Duration.ZERO))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageEndingWith("already");
    assertThat(wanted).hasContent("x");
  }

  /// A file that somebody makes.
  private static Path taken(Path name) {
    try {
      return Files.writeString(name, "x");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Two servers whose leases overlap, and a person.
  @Test
  void copiesThatAreMadeAtOnceAreAllWhole() throws Exception {
    Set<Path> made = new HashSet<>();
    try (Database database = SqliteDatabase.open(database())) {
      put(database, "before");
      List<Callable<Path>> makers = Collections.nCopies(3, () -> backups().make(T, _ -> true));
      try (ExecutorService threads = Executors.newFixedThreadPool(makers.size())) {
        for (Future<Path> copy : threads.invokeAll(makers)) {
          made.add(copy.get());
        }
      }
    }

    assertThat(made).hasSize(3);
    assertThat(backups().all()).extracting(Backup::file).containsExactlyInAnyOrderElementsOf(made);
    for (Path copy : made) {
      try (Database copied = SqliteDatabase.open(copy)) {
        assertThat(count(copied)).isOne();
      }
    }
  }

  /// A copy gets its name, or is deleted, between two looks of somebody who lists or rotates.
  @Test
  void whatOthersFinishOrDeleteMeanwhileIsNoFault() throws Exception {
    Path unfinished = backups().directory().resolve("2026-08-14_000000_pro.db.bak.1.part");
    Path finished = backups().directory().resolve("2026-08-14_000000_pro.db.bak");
    copies();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> done =
          other.submit(() -> {
            for (int i = 0; i < 2_000; i++) {
              Files.writeString(unfinished, "x");
              Files.move(unfinished, finished);
              Files.delete(finished);
            }
            return null;
          });
      while (!done.isDone()) {
        assertThat(backups().rotate(T)).isEmpty();
        assertThat(backups().all()).hasSizeLessThanOrEqualTo(1);
      }
      done.get();
    }
  }

  @Test
  void nothingIsCopiedOfWhatIsNoDatabase() throws IOException {
    Files.writeString(database(), "this is no database".repeat(100));

    assertThatThrownBy(() -> backups().make(T, _ -> true)).isInstanceOf(DatabaseFault.class);
    assertThat(names()).isEmpty();
  }

  /// One that is not copied at once.
  private void makeLargeDatabase() {
    try (Database database = SqliteDatabase.open(database())) {
      database.write(handle ->
          handle.execute(
              """
              WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
              INSERT INTO ledger_identity (name, value) SELECT i, hex(randomblob(100)) FROM n
              """));
    }
  }

  @Test
  void aCopyThatIsGivenUpLeavesNothing() throws IOException {
    makeLargeDatabase();

    AtomicInteger asked = new AtomicInteger();
    List<Long> sizes = new ArrayList<>();
    assertThatThrownBy(() ->
            SqliteCopy.make(
                database(),
                List.of(backups().directory().resolve("copy")),
                written -> {
                  sizes.add(written);
                  return asked.incrementAndGet() < 0;
                },
                Duration.ZERO))
        .isInstanceOf(DatabaseFault.class);
    assertThat(asked).hasPositiveValue();
    assertThat(sizes).allMatch(size -> size >= 0);
    assertThat(names()).isEmpty();
  }

  @Test
  void theEarliestOfEveryMonthIsKeptForEver() throws IOException {
    copies(
        "2025-12-31_235959_pro.db.bak",
        "2026-01-01_000000_pro.db.bak",
        "2026-01-01_000001_pro.db.bak");

    assertThat(backups().all())
        .extracting(Backup::keptUntil)
        .containsExactly(
            null, null, Instant.parse("2026-01-01T00:00:01Z").plus(Duration.ofDays(180)));
  }

  @Test
  void theOthersAreDeletedAfterHalfAYear() throws IOException {
    copies(
        "2026-01-01_000000_pro.db.bak",
        "2026-01-02_000000_pro.db.bak",
        "2026-01-02_000001_pro.db.bak");

    List<Backup> deleted =
        backups().rotate(Instant.parse("2026-01-02T00:00:00Z").plus(Duration.ofDays(180)));

    assertThat(deleted)
        .extracting(Backup::takenAt)
        .containsExactly(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(names())
        .containsExactly("2026-01-01_000000_pro.db.bak", "2026-01-02_000001_pro.db.bak");
  }

  @Test
  void whatHasAnotherNameIsLeftAlone() throws IOException {
    String[] others = {
      "2020-01-01_000000_pro.db",
      "2020-01-02_000000_other.db.bak",
      "2020-01-03_000000_my_pro.db.bak",
      "2020-02-30_000000_pro.db.bak",
      "2020-1-1_000000_pro.db.bak",
      "_pro.db.bak"
    };
    copies(others);

    assertThat(backups().rotate(T)).isEmpty();
    assertThat(backups().all()).isEmpty();
    assertThat(names()).containsExactlyInAnyOrder(others);
  }

  @Test
  void whatACrashLeftIsDeletedAfterADay() throws IOException {
    String left = "2026-08-14_000000_pro.db.bak.123.part";
    copies(left, "2026-08-14_000000_other.db.bak.123.part");
    Path file = backups().directory().resolve(left);
    Files.setLastModifiedTime(file, FileTime.from(T.minus(Duration.ofDays(1))));

    backups().rotate(T);
    assertThat(file).exists();

    backups().rotate(T.plusSeconds(1));
    assertThat(names()).containsExactly("2026-08-14_000000_other.db.bak.123.part");
  }

  @Test
  void thereAreNoneWithoutAFolder() {
    assertThat(backups().all()).isEmpty();
  }
}
