package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.scenario.LeakScan;

/// Runs the tests of a class once for each engine and [Way].
///
/// All tests of a run share one server and keep apart by their keys; each starts at
/// [RunningBackend#T].
@ParameterizedClass(name = "{0} {1}")
@CsvSource({"SQLITE, DIRECT", "SQLITE, ONION", "POSTGRESQL, DIRECT", "POSTGRESQL, ONION"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EndpointTest {
  protected static final Duration HOUR = Duration.ofHours(1);
  protected static final Duration DAY = Duration.ofDays(1);

  @Parameter(0)
  protected Engine engine;

  @Parameter(1)
  protected Way way;

  private LeakScan scan;
  protected RunningBackend backend;
  protected Caller caller;
  protected Shop shop;
  protected V0Calls v0;
  protected V1Calls v1;

  /// Two people whom no test before has met.
  protected Person alice;

  protected Person bob;

  /// What the server of these tests is started with.
  ///
  /// @param folder for files that it shall find
  protected RunningBackend.Options options(Path folder) {
    return RunningBackend.Options.DEFAULT;
  }

  @BeforeParameterizedClassInvocation
  void start(Engine engine, Way way, @TempDir Path folder) {
    scan = new LeakScan();
    backend = RunningBackend.start(engine, folder, options(folder));
    caller = new Caller(backend, way);
    shop = new Shop(backend);
    v0 = new V0Calls(backend, caller);
    v1 = new V1Calls(backend, caller);
  }

  @BeforeEach
  void startAtT() {
    at(T);
    alice = Person.unknown();
    bob = Person.unknown();
  }

  /// And looks whether anything that was asked for or answered stands in the log.
  @AfterParameterizedClassInvocation
  void stop() {
    Set<String> secrets;
    try (DatabaseView stored = Databases.view(backend.database())) {
      secrets = stored.read(LeakScan::stored);
    }
    backend.close();
    assertThat(scan.leaks(secrets)).isEmpty();
    scan.close();
  }

  /// Moves the server's clock.
  protected void at(Instant instant) {
    backend.clock().moveTo(instant);
  }

  /// A renewing month of Google's that begins at [RunningBackend#T]; the same for the same owner.
  protected static Purchase month(Person owner) {
    return Purchase.google(owner.id("token"), owner.id("order"), T, day(30));
  }

  /// The instant that many days after [RunningBackend#T].
  protected static Instant day(long days) {
    return T.plus(DAY.multipliedBy(days));
  }
}
