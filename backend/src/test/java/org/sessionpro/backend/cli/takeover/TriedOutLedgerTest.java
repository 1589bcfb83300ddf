package org.sessionpro.backend.cli.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.LeaseName;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.jobs.CatchUpNotifications;
import org.sessionpro.backend.jobs.Job;
import org.sessionpro.backend.jobs.ReadVoids;
import org.sessionpro.backend.jobs.Scheduler;
import org.sessionpro.backend.proof.SigningKeyFile;
import org.sessionpro.backend.takeover.PythonDatabase;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.simulator.SimulatedClock;

/// A takeover into an empty ledger on which a server has run its jobs, so that their leases are there.
@ParameterizedClass
@EnumSource(Engine.class)
class TriedOutLedgerTest {
  private static final Crypto CRYPTO = Crypto.selfTested();

  /// 2026-03-25T13:46:40Z.
  private static final Instant NOW = Instant.ofEpochSecond(1_774_446_400);

  private static final Duration LEASE = Duration.ofMinutes(1);

  /// A server that does not look at the clock again within a test is as good as dead.
  private static final Duration NEVER = Duration.ofHours(1);

  @Parameter Engine engine;
  @TempDir Path folder;
  private final CapturedShell shell = new CapturedShell(Map.of());
  private final SimulatedClock clock = new SimulatedClock(NOW);
  private PythonDatabase source;
  private DatabaseUrl ledger;
  private Database database;
  private Leases leases;
  private Scheduler server;
  private Path key;

  @BeforeEach
  void runJobs() {
    source = PythonDatabase.create(engine, folder);
    long expiry = NOW.plusSeconds(86_400).toEpochMilli();
    source.add(
        source.voucher(PythonDatabase.key(1), "order", expiry), PythonDatabase.user(1, 7, expiry));
    ledger = engine.empty(folder);
    key = folder.resolve("signing.key");
    SigningKeyFile.create(key, Seed.fromHex("11".repeat(32)), CRYPTO);
    database = Databases.open(ledger);
    leases = new Leases(database);
    server = server(_ -> {});
  }

  /// One that has done everything once.
  private Scheduler server(Job.Work catchUp) {
    Scheduler begun =
        new Scheduler(
            List.of(
                job(CatchUpNotifications.NAME, catchUp),
                job(ReadVoids.NAME, _ -> {}),
                job(new LeaseName("prune"), _ -> {})),
            leases,
            LeaseHolder.drawn(new SecureRandom()),
            clock,
            NEVER);
    begun.start();
    while (!begun.isAtRest()) {
      Thread.onSpinWait();
    }
    return begun;
  }

  private static Job job(LeaseName name, Job.Work work) {
    return new Job(name, Duration.ofDays(1), LEASE, work);
  }

  @AfterEach
  void close() {
    server.close();
    database.close();
  }

  private int run(String... options) {
    source.close();
    List<String> all = new ArrayList<>(List.of("import", "python", "--key", key.toString()));
    all.addAll(List.of("--db", Engine.text(ledger)));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    all.addAll(List.of(options));
    return PromisedMembers.run(
        shell,
        List.of(new ImportCommands(shell.shell(), () -> CRYPTO, clock)),
        all.toArray(String[]::new));
  }

  private int apply() {
    return run("--apply", "--from", Engine.text(source.url()), "--allow-writable-role");
  }

  private void oldServiceHasRead(Instant read) {
    source.execute(
        "UPDATE runtime SET apple_notification_checkpoint_unix_ts_ms = " + read.toEpochMilli());
  }

  private List<LeaseName> held() {
    return leases.all().stream().map(LeaseState::name).toList();
  }

  @Test
  void leasesOfADeadServerKeepATakeoverOffUntilTheyHaveLapsed() {
    clock.advance(LEASE.minusMillis(1));
    assertThat(apply()).isOne();
    assertThat(shell.err()).contains("a server may be running: it holds the job apple.catch-up");

    clock.advance(Duration.ofMillis(1));

    assertThat(apply()).isZero();
  }

  @Test
  void ledgerOfAServerThatHasStoppedIsTakenOverAtOnce() {
    server.close();

    assertThat(apply()).isZero();
    assertThat(run("--seal")).isZero();
  }

  @Test
  void whatJobsHadReadOfTheStoresBeforeCountsForNothing() {
    server.close();
    assertThat(CatchUpNotifications.readAt(leases)).isEqualTo(NOW);

    assertThat(apply()).isZero();

    assertThat(held()).isEmpty();
    assertThat(CatchUpNotifications.readAt(leases)).isNull();
  }

  @Test
  void jobsGoOnWhereTheOldServiceWas() {
    Instant read = NOW.minus(Duration.ofDays(9));
    oldServiceHasRead(read);
    server.close();
    apply();
    run("--seal");
    AtomicReference<Optional<Instant>> from = new AtomicReference<>(Optional.empty());

    server = server(_ -> from.set(Optional.ofNullable(CatchUpNotifications.readAt(leases))));

    assertThat(from.get()).contains(read);
  }

  @Test
  void blockedTakeoverLeavesLeasesAsTheyAre() {
    source.add(source.voucher(PythonDatabase.key(2), "DEV.order", NOW.toEpochMilli()));
    server.close();
    List<LeaseState> before = leases.all();

    assertThat(apply()).isEqualTo(3);

    assertThat(leases.all()).isEqualTo(before).hasSize(3);
  }
}
