package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.http.v0.V0RevocationsEndpointTest.tags;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.RevocationListTest;
import org.sessionpro.backend.http.clients.Shop;
import org.sessionpro.backend.http.clients.V0Calls;

/// Up to which length a list is repeated to v0 clients that have it already (`decisions.md` §2).
class RepeatedRevocationsTest extends RevocationListTest {

  @Override
  protected RunningBackend.Options options(Path folder) {
    return RunningBackend.Options.DEFAULT.withV0RepeatMax(2);
  }

  @Test
  void aListOfTheMaximumIsRepeated() {
    revoked(alice);
    revoked(bob);

    assertThat(tags(v0.revocations(ticket()))).hasSize(2);
    assertThat(tags(v0.revocations(ticket() + 1))).hasSize(2);
  }

  @Test
  void aLongerListIsNotRepeated() {
    revoked(alice);
    revoked(bob);
    revoked(Person.unknown());

    assertThat(tags(v0.revocations(ticket()))).isEmpty();
    assertThat(tags(v0.revocations(ticket() + 1))).isEmpty();
  }

  @Test
  void aLongerListIsGivenToWhomItIsNew() {
    revoked(alice);
    revoked(bob);
    revoked(Person.unknown());

    assertThat(tags(v0.revocations(ticket() - 1))).hasSize(3);
  }

  @Test
  void v1RepeatsNoList() {
    revoked(alice);

    assertThat(v1.revocations(ticket()).result().path("items")).isEmpty();
  }

  @Test
  void zeroMeansThatNoListIsRepeated(@TempDir Path folder) {
    RunningBackend.Options never = RunningBackend.Options.DEFAULT.withV0RepeatMax(0);
    try (RunningBackend server = RunningBackend.start(engine, folder, never)) {
      V0Calls client = new V0Calls(server, new Caller(server, way));
      new Shop(server).voucher(alice, 30);
      new Shop(server).revoke(alice);
      long ticket = server.ledger().ticket().value();

      assertThat(tags(client.revocations(ticket - 1))).hasSize(1);
      assertThat(tags(client.revocations(ticket))).isEmpty();
      assertThat(tags(client.revocations(ticket + 1))).isEmpty();
    }
  }
}
