package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.bench.fill.Filler;
import org.sessionpro.bench.fill.Population;
import org.sessionpro.bench.load.Customer;
import org.sessionpro.bench.load.Load;
import org.sessionpro.bench.load.LoadPlan;
import org.sessionpro.bench.load.LoadResult;
import org.sessionpro.bench.load.Operation;
import org.sessionpro.bench.load.ProcessProbe;
import org.sessionpro.bench.load.Protocol;
import org.sessionpro.bench.load.Target;
import org.sessionpro.bench.load.Transport;
import org.sessionpro.bench.load.Workload;
import org.sessionpro.bench.server.Launch;
import org.sessionpro.bench.server.ServerProcess;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine;

/// One packaged program, as its operators run it and with the memory that it has, under a short load and
/// then under short attacks.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileIT {
  private static final Path PRO = Path.of("").toAbsolutePath().resolve("../pro").normalize();

  /// Its answer is a quarter of a megabyte long; those of all attackers would fill half of the heap.
  private static final int REVOKED = 2_000;

  /// What a server may have resident after a plain load (`decisions.md` §7).
  private static final long MEMORY_GATE = 200_000_000;

  private static final Population POPULATION = new Population(1, 50);
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Crypto CRYPTO = Crypto.selfTested();

  @TempDir private static Path folder;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws InterruptedException {
    Launch launch = new Launch(PRO, folder, null, false);
    server = ServerProcess.start(launch);
    Filler filler = new Filler(launch.ledger(), POPULATION, CRYPTO, CLOCK.instant());
    filler.fill(_ -> {});
    filler.revoke(REVOKED);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static LoadResult load(Operation operation, Transport transport)
      throws InterruptedException {
    SecureRandom random = new SecureRandom();
    List<Customer> customers =
        POPULATION
            .sampleProvable(POPULATION.size())
            .mapToObj(POPULATION::masterSeed)
            .map(seed -> Customer.of(seed, CRYPTO, random))
            .toList();
    Load.Parties parties =
        new Load.Parties(Target.at(server.url()), ProcessProbe.of(server.pid()), customers, true);
    return new Load(new Workload(operation, Protocol.V1, transport), parties, CRYPTO, CLOCK)
        .run(new LoadPlan(4, 0, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  private static void assertSurvived(int connections, int seconds, String... attacks) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--url",
                server.url().toString(),
                "--pid",
                Long.toString(server.pid()),
                "--seconds",
                Integer.toString(seconds),
                "--connections",
                Integer.toString(connections)));
    for (String attack : attacks) {
      arguments.addAll(List.of("--attack", attack));
    }
    StringWriter told = new StringWriter();
    int exit =
        new CommandLine(new HostileCommand(new PrintWriter(told), CLOCK))
            .execute(arguments.toArray(String[]::new));

    assertThat(exit).as(told.toString()).isZero();
    assertThat(told.toString()).contains(attacks);
  }

  @Test
  @Order(1)
  void itsMemoryAfterAPlainLoadIsBelowTheGate() throws InterruptedException {
    assertThat(load(Operation.PROOF, Transport.DIRECT).errors()).isEmpty();
    assertThat(load(Operation.PROOF, Transport.ONION).errors()).isEmpty();
    LoadResult last = load(Operation.REVOCATIONS, Transport.DIRECT);

    assertThat(last.errors()).isEmpty();
    assertThat(Objects.requireNonNull(last.server()).residentBytes()).isBetween(1L, MEMORY_GATE);
  }

  @Test
  @Order(2)
  void itSurvivesTwoThousandWhoDoNotEndTheirBodies() {
    assertSurvived(2_000, 2, "slow bodies", "hoarded bodies");
  }

  @Test
  @Order(3)
  void itSurvivesFloodsOfOnions() {
    assertSurvived(200, 2, "unread lists", "onion flood");
  }

  @Test
  @Order(4)
  void itSurvivesWhatIsNoRequestAndWhatIsNoProperOne() {
    assertSurvived(200, 1, "endless chunks", "half closed", "garbage", "clocks");
  }
}
