package org.sessionpro.backend.strength;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;

/// Several processes of the packaged program on one ledger, and one account that all of them are
/// asked about at once; with SQLite that is one file.
class OneAccountIT {
  @TempDir private Path directory;
  private final List<PackagedServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (PackagedServer server : servers) {
      server.kill();
    }
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, 3", "SQLITE, 2"})
  void someOrderExplainsWhatSeveralProcessesAnswered(Engine engine, int processes)
      throws Exception {
    DatabaseUrl url = engine.empty(directory);
    InstantSource clock = InstantSource.system();
    Map<String, String> counting = new HashMap<>();
    counting.put(Setting.MAX_PROOFS_PER_WINDOW.variable(), "" + Contest.MAX_PROOFS);
    for (int i = 0; i < processes; i++) {
      servers.add(PackagedServer.start(directory, counting, "--dev", "--db", Engine.text(url)));
    }
    try (Ledger store = Ledger.open(url, RenewalAllowance.DEFAULT, new SecureRandom())) {
      Contest contest = Contest.of(servers.stream().map(Door::of).toList(), store, clock);

      try {
        contest.run();
      } catch (ExecutionException failed) {
        throw new AssertionError(messages(), failed);
      }

      contest.assertExplained();
      contest.assertServedEverywhere(() -> {});
    }
    new Checkup(url, directory.resolve("data"), clock).assertSound();
  }

  /// What the servers said, save that they were called.
  private String messages() throws IOException {
    StringBuilder all = new StringBuilder();
    for (PackagedServer server : servers) {
      server
          .errors()
          .lines()
          .filter(line -> !line.contains("development call"))
          .forEach(line -> all.append(line).append('\n'));
    }
    return all.toString();
  }
}
