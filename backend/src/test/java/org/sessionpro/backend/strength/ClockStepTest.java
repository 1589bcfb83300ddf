package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.backend.ledger.AuditCount;
import org.sessionpro.backend.ledger.AuditObserver;
import org.sessionpro.backend.ledger.AuditScope;
import org.sessionpro.backend.ledger.Finding;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.v1.ErrorCode;

/// A server whose clock is set wrong by an hour while it runs, and right again: clients whose clocks
/// are right are told to look at theirs, and nothing is lost or taken back.
class ClockStepTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private final Person alice = Person.unknown();
  private final List<String> revoked = new ArrayList<>();
  private final ServedList list = new ServedList();

  @ParameterizedTest
  @CsvSource({"SQLITE, PT1H", "SQLITE, PT-1H", "POSTGRESQL, PT1H", "POSTGRESQL, PT-1H"})
  void anHourTooManyOrTooFewLosesNothing(Engine engine, Duration step) {
    try (MutedLog _ = MutedLog.ofRequests();
        RunningBackend backend = RunningBackend.start(engine, folder)) {
      Door door = Door.of(backend);
      workAsEver(backend, door, 1);

      backend.clock().advance(step);
      assertOthersAreStale(door, backend.now().minus(step));
      workAsEver(backend, door, 2);

      backend.clock().advance(step.negated());
      assertOthersAreStale(door, backend.now().plus(step));
      workAsEver(backend, door, 3);

      assertThat(findings(backend))
          .filteredOn(finding -> finding.category() != Finding.Category.CLOCK)
          .isEmpty();
    }
  }

  /// One more payment and one more revocation, which are seen at once.
  private void workAsEver(RunningBackend backend, Door door, int times) {
    V1Calls.assertOk(door.dev().addPayment(alice, PaymentProvider.STF, Duration.ofDays(30), true));
    String tag = V1Calls.proofIn(door.v1().proof(alice)).tag().hex();
    assertThat(revoked).doesNotContain(tag);
    V1Calls.assertOk(door.dev().revoke(alice));
    revoked.add(tag);
    long before = list.ticket();
    backend.clock().advance(SECOND);
    assertThat(list.poll(door).ticket()).isGreaterThan(before);
    assertThat(list.tags()).containsExactlyInAnyOrderElementsOf(revoked);
    Answer payments = door.v1().payments(alice, 10);
    assertThat(payments.result().required("payments_total").longValue()).isEqualTo(times);
    Answer status = door.v1().status(alice);
    assertThat(status.result().required("user_status").textValue()).isEqualTo("active");
  }

  private void assertOthersAreStale(Door door, Instant theirs) {
    V1Calls.assertRefused(door.v1().proof(alice, theirs), ErrorCode.STALE_REQUEST);
    V1Calls.assertRefused(door.v1().status(alice, theirs), ErrorCode.STALE_REQUEST);
    V0Calls.assertFailed(door.v0().proof(alice, theirs), 2, 1);
    V0Calls.assertFailed(door.v0().details(alice, 1, theirs), 2, 1);
  }

  /// Facts that were learned in the future are findings of their own for as long as it is one.
  private static List<Finding> findings(RunningBackend backend) {
    List<Finding> all = new ArrayList<>();
    AuditObserver observer =
        new AuditObserver() {
          @Override
          public void found(Finding finding) {
            all.add(finding);
          }

          @Override
          public void progress(AuditCount count) {}
        };
    backend
        .ledger()
        .audit(RenewalAllowance.DEFAULT)
        .run(new AuditScope.All(), backend.clock(), new SecureRandom(), observer);
    return all;
  }
}
