package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;

/// The packaged program several times on one database. The process that has the jobs is killed with
/// SIGKILL, one after the other, and another one must go on with them within one lease.
class JobTakeoverIT {
  private static final Path PRO = Path.of("").toAbsolutePath().resolve("../pro").normalize();
  private static final Duration LEASE = Duration.ofSeconds(8);

  /// A tick, a look at the clock, the database, and a busy machine; but no other look for the lease,
  /// which is a third of it later.
  private static final Duration SLACK = LEASE.dividedBy(3);

  /// For what is not measured here, such as the start of the program.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Pattern HOLDER = Pattern.compile("jobs run here as ([0-9a-f]{16}) ");

  /// The last line of a run that found work, after which the run looks for no more.
  private static final String WORK_DONE = "charged the credits of 1 accounts";

  @TempDir private Path directory;
  private final List<Server> servers = new ArrayList<>();

  /// Who charged the credits of an account.
  private final BlockingQueue<Server> workDone = new LinkedBlockingQueue<>();

  @AfterEach
  void killAll() throws InterruptedException {
    for (Server server : servers) {
      server.kill();
    }
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, 3", "SQLITE, 2"})
  void theJobsOfAKilledProcessAreTakenOverWithinOneLease(Engine engine, int processes)
      throws Exception {
    DatabaseUrl url = engine.empty(directory);
    try (Database database = Databases.open(url)) {
      Leases leases = new Leases(database);
      leaveWork(database, 0);
      for (int i = 0; i < processes; i++) {
        servers.add(new Server(i, url));
      }
      Server holder = nextWorkDone();
      for (Server server : servers) {
        server.holder();
      }
      assertThat(drain(leases).holder()).isEqualTo(holder.holder());

      for (int killed = 1; killed < processes; killed++) {
        leaveWork(database, killed);
        long begun = System.nanoTime();
        holder.kill();
        Server next = nextWorkDone();

        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf("jobs on %s taken over after %d ms%n", engine, took.toMillis());
        assertThat(took).isLessThan(LEASE.plus(SLACK));
        assertThat(next).isNotSameAs(holder);
        assertThat(drain(leases).holder()).isEqualTo(next.holder());
        holder = next;
      }

      assertThat(holder.stop()).isZero();
      assertThat(leases.all()).noneMatch(lease -> lease.until().isAfter(Instant.now()));
      assertThat(workDone).as("work that was done twice").isEmpty();
      // Each process at most once, because the interval is longer than this test. A run that is
      // killed at its end is not counted.
      assertThat(drain(leases).runs()).isBetween(1L, (long) processes);
    }
  }

  /// An account whose voucher is used up and not charged yet.
  private static void leaveWork(Database database, int number) {
    Rules rules = Rules.of(RenewalAllowance.DEFAULT, Draws.from(new SecureRandom()));
    byte[] key = ByteBuffer.allocate(32).putInt(number + 1).array();
    // Not closed: the database is still needed.
    new VoucherMint(new Ledger(database, rules))
        .mint(
            new MasterKey(ByteString.of(key)),
            new Plan("30d"),
            Duration.ofDays(30),
            Instant.now().minus(Duration.ofDays(40)));
  }

  private Server nextWorkDone() throws InterruptedException {
    Server server = workDone.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(server).as("who charged the credits; %s", servers).isNotNull();
    return Objects.requireNonNull(server);
  }

  private static LeaseState drain(Leases leases) {
    return leases.all().stream()
        .filter(lease -> lease.name().text().equals("drain"))
        .findFirst()
        .orElseThrow();
  }

  /// The packaged program.
  private final class Server {
    private final Process process;
    private final CompletableFuture<LeaseHolder> holder = new CompletableFuture<>();
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    Server(int number, DatabaseUrl url) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              PRO.toString(),
              "serve",
              "--dev",
              "--port",
              "0",
              "--log-level",
              "debug",
              "--data",
              directory.resolve("data-" + number).toString(),
              "--db",
              Engine.text(url));
      builder.environment().put("SESH_PRO_BACKEND_DEV_JOB_LEASE", "" + LEASE.toSeconds());
      builder.redirectErrorStream(true);
      process = builder.start();
      reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          output.add(line);
          Matcher matcher = HOLDER.matcher(line);
          if (matcher.find()) {
            holder.complete(new LeaseHolder(matcher.group(1)));
          }
          if (line.contains(WORK_DONE)) {
            workDone.add(this);
          }
        }
      } catch (IOException closed) {
        // By the kill.
      }
    }

    LeaseHolder holder() throws Exception {
      return holder.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
      reader.join();
    }

    @Override
    public String toString() {
      return "process " + process.pid() + ":\n" + String.join("\n", List.copyOf(output)) + "\n";
    }

    int stop() throws InterruptedException {
      process.destroy();
      return process.waitFor();
    }
  }
}
