package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;

/// Which revoked generations are deleted, and what stays for ever (`entitlement.md` §13).
@ParameterizedClass
@EnumSource(Engine.class)
class PruneTest {
  private static final Duration RETENTION = Duration.ofDays(31);

  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private int prune(Instant now) {
    return it.ledger.pruneRevocations(now, RETENTION, 100);
  }

  private List<Long> ordinals(Account account) {
    return it.database.read(handle ->
        handle
            .createQuery("SELECT ordinal FROM generations WHERE account_id = :id ORDER BY ordinal")
            .bind("id", account.id().value())
            .mapTo(Long.class)
            .list());
  }

  @Test
  void aGenerationIsDeletedAsSoonAsItIsNoLongerListed() {
    it.voucher(ALICE, 365, T);
    it.ledger.revoke(ALICE, "test", T);
    Instant last = T.plus(RETENTION).minusNanos(1_000);

    assertThat(it.ledger.revocations(last, RETENTION).revoked()).hasSize(1);
    assertThat(prune(last)).isZero();
    assertThat(it.ledger.revocations(T.plus(RETENTION), RETENTION).revoked()).isEmpty();
    assertThat(prune(T.plus(RETENTION))).isEqualTo(1);
    assertThat(ordinals(it.account(ALICE))).containsExactly(2L);
  }

  @Test
  void pruningAgainFindsNothing() {
    it.voucher(ALICE, 365, T);
    it.ledger.revoke(ALICE, "test", T);

    prune(day(40));

    assertThat(prune(day(40))).isZero();
  }

  @Test
  void theGenerationThatAnAccountPointsAtStays() {
    Statement cycle = it.cycle("token", "order", T, day(365), rawKey(ALICE));
    it.record(cycle, T);
    it.ledger.visit(ALICE, T, T).bind();
    it.record(Statement.of(cycle.key(), new Revoked(day(5), RevokedFor.REFUND, false)), day(5));
    Account refunded = it.account(ALICE);
    assertThat(refunded.generation().isRevoked()).isTrue();

    assertThat(prune(day(400))).isZero();

    assertThat(it.account(ALICE)).isEqualTo(refunded);
  }

  @Test
  void aGenerationThatWasNeverRevokedStays() {
    it.voucher(ALICE, 30, T);

    assertThat(prune(day(400))).isZero();
    assertThat(it.ledger.account(ALICE)).isPresent();
  }

  @Test
  void theOldestGoFirstAndNoMoreThanTheLimit() {
    it.voucher(ALICE, 365, T);
    for (int i = 0; i < 5; i++) {
      it.ledger.revoke(ALICE, "test", day(i));
    }

    assertThat(it.ledger.pruneRevocations(day(100), RETENTION, 2)).isEqualTo(2);
    assertThat(ordinals(it.account(ALICE))).containsExactly(3L, 4L, 5L, 6L);
    assertThat(it.ledger.pruneRevocations(day(100), RETENTION, 10)).isEqualTo(3);
  }

  @Test
  void onlyWhatIsOldEnoughGoes() {
    it.voucher(ALICE, 365, T);
    it.voucher(BOB, 365, T);
    it.ledger.revoke(ALICE, "test", T);
    RevocationTag listed = it.account(BOB).generation().tag();
    it.ledger.revoke(BOB, "test", day(10));

    prune(day(35));

    assertThat(it.ledger.revocations(day(35), RETENTION).revoked())
        .containsExactly(new RevokedTag(listed, day(10)));
  }

  @Test
  void theTicketDoesNotMove() {
    it.voucher(ALICE, 365, T);
    it.ledger.revoke(ALICE, "test", T);
    Ticket ticket = it.ledger.ticket();

    prune(day(40));

    assertThat(it.ledger.ticket()).isEqualTo(ticket);
  }

  @Test
  void theFactsStay() {
    it.voucher(ALICE, 365, T);
    it.ledger.revoke(ALICE, "test", T);
    Account account = it.account(ALICE);
    List<AccountFact> facts = it.database.read(handle -> FactTable.of(handle, account.id()));

    prune(day(40));

    assertThat(it.database.<List<AccountFact>>read(handle -> FactTable.of(handle, account.id())))
        .isEqualTo(facts);
    assertThat(it.account(ALICE)).isEqualTo(account);
  }

  @Test
  void anAccountGoesOnRevokingAfterItsFirstGenerationsAreGone() {
    it.voucher(ALICE, 365, T);
    it.ledger.revoke(ALICE, "test", T);
    prune(day(40));

    assertThat(it.ledger.revoke(ALICE, "test", day(41))).isTrue();

    assertThat(it.account(ALICE).generation().ordinal()).isEqualTo(3);
  }
}
