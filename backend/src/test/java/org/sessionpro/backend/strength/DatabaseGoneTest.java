package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.UnreachableDatabase;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.v1.ErrorCode;

/// A server whose database goes away and comes back: clear answers meanwhile, nothing lost, and no
/// restart needed.
class DatabaseGoneTest {
  /// An onion path gives up after 25 s.
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);

  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(20);
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir private Path folder;
  private final Person alice = Person.unknown();

  @Test
  void postgresqlMayBeStoppedAndStartedAgain() throws Exception {
    try (RestartablePostgres postgres = new RestartablePostgres(folder.resolve("postgres"))) {
      DatabaseUrl url = postgres.url();
      goAway(url, Databases.open(url), postgres::stop, postgres::start);
    }
  }

  @Test
  void postgresqlMayHangForAWhile() throws Exception {
    try (RestartablePostgres postgres = new RestartablePostgres(folder.resolve("postgres"))) {
      DatabaseUrl url = postgres.url();
      try {
        goAway(url, Databases.open(url), postgres::suspend, postgres::resume);
      } finally {
        postgres.resume();
      }
    }
  }

  @Test
  void sqliteMayBeOutOfReachForAWhile() throws Exception {
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    UnreachableDatabase database = new UnreachableDatabase(Databases.open(url));
    goAway(url, database, () -> database.unreachable(true), () -> database.unreachable(false));
  }

  private void goAway(DatabaseUrl url, Database database, Runnable stop, Runnable start)
      throws Exception {
    try (MutedLog _ = MutedLog.ofRequests();
        RunningBackend backend =
            RunningBackend.start(url, database, folder, RunningBackend.Options.DEFAULT)) {
      // So far back that nothing is learned in the future of the check.
      backend.clock().moveTo(Instant.now().minusSeconds(10));
      Door door = Door.of(backend);
      V1Calls.assertOk(mint(door));
      String tag = V1Calls.proofIn(door.v1().proof(alice)).tag().hex();
      V1Calls.assertOk(door.dev().revoke(alice));
      backend.clock().advance(Duration.ofSeconds(1));
      ServedList list = new ServedList().poll(door);

      stop.run();
      backend.clock().advance(Duration.ofSeconds(1));
      assertFaults(door, list);
      start.run();

      awaitAnswer(door);
      V1Calls.assertOk(mint(door));
      Answer payments = door.v1().payments(alice, 10);
      assertThat(payments.result().required("payments_total").longValue()).isEqualTo(2);
      backend.clock().advance(Duration.ofSeconds(1));
      assertThat(list.poll(door).tags()).containsExactly(tag);
      new Checkup(url, folder.resolve("data"), InstantSource.system()).assertSound();
    }
  }

  private Answer mint(Door door) {
    return door.dev().addPayment(alice, PaymentProvider.STF, MONTH, true);
  }

  /// All at once, because each waits for a connection; only the list is served all the same.
  private void assertFaults(Door door, ServedList list) throws Exception {
    Consumer<Answer> v1 = answer -> V1Calls.assertRefused(answer, ErrorCode.INTERNAL_ERROR);
    Consumer<Answer> v0 = V0Calls::assertFault;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          List.of(
              threads.submit(() -> list.poll(door)),
              fails(threads, () -> mint(door), v1),
              fails(threads, () -> door.dev().revoke(alice), v1),
              fails(threads, () -> door.v1().proof(alice), v1),
              fails(threads, () -> door.v1().status(alice), v1),
              fails(threads, () -> door.v1().payments(alice, 1), v1),
              fails(threads, () -> door.v0().proof(alice), v0),
              fails(threads, () -> door.v0().details(alice, 1), v0));
      for (Future<?> each : all) {
        each.get(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private static Future<?> fails(
      ExecutorService threads, Supplier<Answer> request, Consumer<Answer> fault) {
    return threads.submit(() -> fault.accept(request.get()));
  }

  private void awaitAnswer(Door door) {
    long end = System.nanoTime() + LONGEST_RECOVERY.toNanos();
    Answer answer = door.v1().status(alice);
    while (answer.json().has("error_code") && System.nanoTime() < end) {
      answer = door.v1().status(alice);
    }
    V1Calls.assertOk(answer);
  }
}
