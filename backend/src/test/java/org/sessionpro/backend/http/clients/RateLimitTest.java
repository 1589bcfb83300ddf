package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.v1.ErrorCode;

/// A server that issues two proofs a week to an account (`entitlement.md` §9.4).
class RateLimitTest extends EndpointTest {

  @Override
  protected RunningBackend.Options options(Path folder) {
    return RunningBackend.Options.DEFAULT.withMaxProofs(2);
  }

  @Test
  void theProofBeyondTheLimitIsRefused() {
    shop.voucher(alice, 365);

    assertOk(v1.proof(alice));
    assertOk(v1.proof(alice));
    assertRefused(v1.proof(alice), ErrorCode.RATE_LIMITED);
  }

  @Test
  void v0RefusesItWithItsGenericError() {
    shop.voucher(alice, 365);

    V0Calls.assertOk(v0.proof(alice));
    V0Calls.assertOk(v0.proof(alice));
    V0Calls.assertFailed(v0.proof(alice), 1, 1);
  }

  @Test
  void bothProtocolsCountTogether() {
    shop.voucher(alice, 365);

    assertOk(v1.proof(alice));
    V0Calls.assertOk(v0.proof(alice));
    assertRefused(v1.proof(alice), ErrorCode.RATE_LIMITED);
    V0Calls.assertFailed(v0.proof(alice), 1, 1);
  }

  @Test
  void proofsForEveryRotatingKeyCountTogether() {
    shop.voucher(alice, 365);

    assertOk(v1.proof(alice));
    assertOk(v1.proof(alice.withNextRotatingKey()));
    assertRefused(v1.proof(alice.withNextRotatingKey()), ErrorCode.RATE_LIMITED);
  }

  @Test
  void accountsAreCountedApart() {
    shop.voucher(alice, 365);
    shop.voucher(bob, 365);
    exhaust(alice);

    assertOk(v1.proof(bob));
  }

  @Test
  void sevenDaysAfterTheFirstProofTheCountBeginsAnew() {
    shop.voucher(alice, 365);
    exhaust(alice);

    at(day(7).minusSeconds(1));
    assertRefused(v1.proof(alice), ErrorCode.RATE_LIMITED);
    at(day(7));
    assertOk(v1.proof(alice));
  }

  @Test
  void refusalsAreNotCounted() {
    shop.voucher(alice, 365);
    exhaust(alice);
    assertRefused(v1.proof(alice), ErrorCode.RATE_LIMITED);

    assertThat(backend.ledger().account(alice.masterKey()).orElseThrow().counters().total())
        .isEqualTo(2);
  }

  @Test
  void theProofsPastTheEndOfTheTermAreNotLimited() {
    shop.voucher(alice, 5);
    at(day(5).plusSeconds(1));

    for (int i = 0; i < 10; i++) {
      assertOk(v1.proof(alice));
    }
  }

  @Test
  void aNewTagBeginsANewCount() {
    shop.voucher(alice, 365);
    exhaust(alice);
    shop.revoke(alice);

    assertOk(v1.proof(alice));
  }

  @Test
  void aRenewalDoesNotBeginANewCount() {
    shop.voucher(alice, 365);
    exhaust(alice);
    shop.voucher(alice, 365);

    assertRefused(v1.proof(alice), ErrorCode.RATE_LIMITED);
  }

  @Test
  void aRefusalKeepsWhatTheRequestBound() {
    shop.voucher(alice, 365);
    exhaust(alice);
    shop.sell(month(alice).boundTo(new Binding(StoreBindings.of(alice.masterKey()).googleKey())));

    assertRefused(v1.proof(alice), ErrorCode.RATE_LIMITED);

    assertThat(
            backend
                .ledger()
                .page(alice.masterKey(), null, 10, backend.clock().instant())
                .orElseThrow()
                .total())
        .isEqualTo(2);
  }

  @Test
  void nothingButProofsIsLimited() {
    shop.voucher(alice, 365);
    exhaust(alice);

    assertOk(v1.status(alice));
    assertOk(v1.payments(alice, 1));
    V0Calls.assertOk(v0.details(alice, 1));
  }

  private void exhaust(Person person) {
    assertOk(v1.proof(person));
    assertOk(v1.proof(person));
  }
}
