package org.sessionpro.backend.cli.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.Program;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.LeaseHolder;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.jobs.PullNotifications;
import org.sessionpro.backend.store.google.work.SimulatedGoogle;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.http.Fault;

class GoogleCommandsTest {
  private static final MasterKey ALICE = MasterKey.fromHex("a1".repeat(32));

  @TempDir Path folder;
  private SimulatedGoogle google;
  private Map<String, String> environment;
  private DatabaseUrl url;
  private CapturedShell shell = new CapturedShell(Map.of());

  @BeforeEach
  void open() {
    google = new SimulatedGoogle(folder);
    url = Engine.SQLITE.empty(folder);
    Databases.open(url).close();
    environment = new HashMap<>(google.environment());
    environment.put("SESH_PRO_BACKEND_DEV", "1");
    environment.put("SESH_PRO_BACKEND_DB_URL", Engine.text(url));
  }

  @AfterEach
  void close() {
    google.close();
  }

  private int run(String... words) {
    shell = new CapturedShell(environment);
    GoogleCommands commands = new GoogleCommands(shell.shell(), Crypto::selfTested, google.clock());
    return new Program(shell.shell(), _ -> {}, List.of(commands)).run(words);
  }

  @Test
  void aPingSaysWhatIsNotAsItShouldBe() {
    assertThat(run("google", "ping", "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("session-pro-6-months is sold but not in base_plans");
  }

  @Test
  void aPingFailsWhereAServerWouldNotStart() {
    google.refuse("queue-settings", Fault.UNTIL_CLEARED, 404, null);

    assertThat(run("google", "ping")).isEqualTo(1);
    assertThat(shell.out()).contains("does not exist in project");
  }

  @Test
  void aPullKeepsWhatWaits() {
    var _ = google.buy(ALICE);

    assertThat(run("google", "pull-once", "--json")).as(() -> shell.err()).isZero();
    assertThat(shell.out()).contains("\"kept\":1", "\"repeated\":0");
    assertThat(google.unacknowledgedMessages()).isZero();

    assertThat(run("google", "status", "--json")).isZero();
    assertThat(shell.out()).contains("\"due\":1", "\"pulling\":false", "\"enabled\":true");
  }

  @Test
  void aPullSaysThatAnotherProcessPulls() {
    try (var database = Databases.open(url)) {
      var _ =
          new Leases(database)
              .take(
                  PullNotifications.NAME,
                  new LeaseHolder("0123456789abcdef"),
                  google.clock().instant(),
                  google.clock().instant().plusSeconds(60));

      assertThat(run("google", "pull-once")).isEqualTo(1);
      assertThat(shell.err()).contains("another process pulls");
    }
  }

  @Test
  void aPurchaseIsNotedToBeLookedAt() {
    assertThat(run("google", "reconcile", "some-token", "--json")).isZero();
    assertThat(shell.out()).contains("\"owed\":1");

    assertThat(run("google", "parked", "--json")).isZero();
    assertThat(shell.out()).contains("\"total\":0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "pull-once"})
  void nothingLeavesInADryRun(String command) {
    environment.put("SESH_PRO_BACKEND_PROVIDER_DRY_RUN", "1");

    assertThat(run("google", command)).isEqualTo(1);

    assertThat(shell.err()).contains("SESH_PRO_BACKEND_PROVIDER_DRY_RUN");
    assertThat(google.calls("token")).isZero();
  }

  @Test
  void whoeverAsksWithoutSettingsIsToldWhichAreMissing() {
    environment.remove("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY");

    assertThat(run("google", "ping")).isEqualTo(1);
    assertThat(shell.err()).contains("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY");
  }
}
