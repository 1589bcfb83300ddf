package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.key;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
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
import org.sessionpro.backend.entitlement.RenewalAllowance;

/// How many accounts there are, and for how many the service goes on.
@ParameterizedClass
@EnumSource(Engine.class)
class LedgerCensusTest {
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

  private LedgerCensus census(Instant now) {
    return LedgerCensus.take(it.database, RenewalAllowance.DEFAULT, now);
  }

  @Test
  void anEmptyLedgerHasNobody() {
    assertThat(census(T)).isEqualTo(new LedgerCensus(0, 0, 0, 0));
  }

  @Test
  void whoeverGoesOnUnderANewTagIsCounted() {
    it.voucher(ALICE, 30, T);
    it.ledger.record(List.of(it.cycle("A", "GPA.1", T, day(30), rawKey(BOB))), T);
    it.ledger.visit(BOB, T, T).bind();
    assertThat(census(T)).isEqualTo(new LedgerCensus(2, 2, 2, 0));

    it.ledger.revoke(ALICE, "test", T);

    assertThat(census(T)).isEqualTo(new LedgerCensus(2, 2, 3, 1));
  }

  @Test
  void aTermThatRenewsIsCoveredForTheAllowance() {
    it.ledger.record(List.of(it.cycle("A", "GPA.1", T, day(30), rawKey(key(3)))), T);
    it.ledger.visit(key(3), T, T).bind();

    assertThat(census(day(30).plusSeconds(3_600)).covered()).isOne();
    assertThat(census(day(30).plusSeconds(3_601)).covered()).isZero();
  }
}
