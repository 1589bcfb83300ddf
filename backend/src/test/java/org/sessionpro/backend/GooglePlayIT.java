package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.backend.http.clients.Way;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.store.google.work.SimulatedGoogle;
import org.sessionpro.protocol.PurchaseToken;

/// The packaged program beside a simulated Google Play, pointed at it by the variables that the
/// simulator writes.
class GooglePlayIT {
  /// Far longer than it takes.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void aPurchaseBecomesAProofAndARefundARevocation() throws Exception {
    Person person = Person.unknown();
    try (SimulatedGoogle google =
            new SimulatedGoogle(folder, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        PackagedServer server = PackagedServer.start(folder, google.environment(), "--dev")) {
      V1Calls client = client(server);
      PurchaseToken token = google.buy(person.masterKey());
      Instant bought = Instant.now();

      await("a proof", () -> client.proof(person).text().contains("revocation_tag"));
      Duration taken = Duration.between(bought, Instant.now());
      System.out.println("from the purchase to the proof: " + taken.toMillis() + " ms");
      await("the acknowledgement", () -> google.calls("acknowledge") == 1);

      google.refund(token);

      await("a revocation", () -> client.revocations(0).text().contains("revocation_tag"));
      assertThat(client.proof(person).text()).doesNotContain("revocation_tag");
      server.signal("TERM");
      assertThat(server.waitForEnd()).isZero();
      assertThat(server.errors())
          .contains("Google Play: app org.sessionpro.simulated", "stopped")
          .doesNotContain("Exception", "\tat ");
    }
  }

  private static V1Calls client(PackagedServer server) {
    return new V1Calls(
        InstantSource.system(),
        new Caller(
            server.address(),
            ServerKey.development(RunningBackend.CRYPTO).publicKey(),
            Way.DIRECT));
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
    }
  }
}
