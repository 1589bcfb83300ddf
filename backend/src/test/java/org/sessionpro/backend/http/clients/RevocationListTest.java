package org.sessionpro.backend.http.clients;

import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.proofIn;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.sessionpro.protocol.RevocationTag;

/// Tests of the revocation list of one server: each starts so much later than the one before that
/// the list is empty.
public abstract class RevocationListTest extends EndpointTest {
  /// How long an entry is listed.
  protected static final Duration RETENTION = Duration.ofDays(31);

  /// The finest step of time that counts.
  protected static final Duration MICROSECOND = Duration.ofNanos(1_000);

  protected Instant start = T;

  @BeforeEach
  void startWithAnEmptyList() {
    start = start.plus(RETENTION).plus(DAY);
    at(start);
  }

  /// Revokes the present tag of somebody who goes on under another, and returns it.
  protected RevocationTag revoked(Person person) {
    shop.voucher(person, 365);
    RevocationTag tag = proofIn(v1.proof(person)).tag();
    shop.revoke(person);
    return tag;
  }

  /// The ticket as the ledger knows it.
  protected long ticket() {
    return backend.ledger().ticket().value();
  }
}
