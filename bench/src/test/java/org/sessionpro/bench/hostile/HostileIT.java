package org.sessionpro.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.bench.fill.Filler;
import org.sessionpro.bench.fill.Population;
import org.sessionpro.bench.server.Launch;
import org.sessionpro.bench.server.ServerProcess;
import org.sessionpro.protocol.crypto.Crypto;
import picocli.CommandLine;

/// Short attacks on the packaged program as its operators run it, with the memory that it has.
class HostileIT {
  private static final Path PRO = Path.of("").toAbsolutePath().resolve("../pro").normalize();

  /// Its answer is a quarter of a megabyte long; those of all attackers would fill half of the heap.
  private static final int REVOKED = 2_000;

  private static final List<String> ATTACKS = List.of("unread lists", "slow bodies", "onion flood");

  @TempDir private Path folder;

  @Test
  void theProgramSurvives() throws Exception {
    Launch launch = new Launch(PRO, folder, null, false);
    InstantSource clock = InstantSource.system();
    try (ServerProcess server = ServerProcess.start(launch)) {
      Filler filler =
          new Filler(launch.ledger(), new Population(1, 50), Crypto.selfTested(), clock.instant());
      filler.fill(_ -> {});
      filler.revoke(REVOKED);

      StringWriter told = new StringWriter();
      int exit =
          new CommandLine(new HostileCommand(new PrintWriter(told), clock))
              .execute(arguments(server));

      assertThat(exit).as(told.toString()).isZero();
      assertThat(told.toString()).contains(ATTACKS);
    }
  }

  private static String[] arguments(ServerProcess server) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--url",
                server.url().toString(),
                "--pid",
                Long.toString(server.pid()),
                "--seconds",
                "1",
                "--connections",
                "200"));
    ATTACKS.forEach(attack -> arguments.addAll(List.of("--attack", attack)));
    return arguments.toArray(String[]::new);
  }
}
