package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.revocation;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.RevokedTag;

/// Two accounts of one generation, which is revoked: the old service refuses both.
class SharedGenerationsTest extends TakeoverRig {
  private static final int LOSER = 1;
  private static final int KEEPER = 2;

  @BeforeEach
  void addAccounts() {
    it.accepted = Set.of(Anomaly.GENERATION_SHARED);
    source.add(
        source.voucher(key(LOSER), "a", NOW + DAY).with("redeemed_unix_ts_ms", NOW - 2 * DAY),
        source.voucher(key(KEEPER), "b", NOW + DAY).with("redeemed_unix_ts_ms", NOW - DAY),
        user(LOSER, 7, NOW + DAY),
        user(KEEPER, 7, NOW + DAY),
        revocation(7, NOW - DAY / 2, NOW + DAY));
  }

  @Test
  void whoLosesARevokedGenerationStaysRefused() {
    applied();

    assertThat(account(LOSER).generation().isRevoked()).isTrue();
    assertThat(account(KEEPER).generation().isRevoked()).isTrue();
  }

  @Test
  void freshTagOfWhoStaysRefusedIsNotListed() {
    applied();

    assertThat(it.ledger.revocations(Takeovers.NOW, Duration.ofDays(31)).revoked())
        .extracting(RevokedTag::tag)
        .containsExactly(account(KEEPER).generation().tag());
  }

  @Test
  void bothGoOnUnderTagsOfTheirOwnIfTheOperatorWants() {
    it.options =
        new Options(RenewalAllowance.DEFAULT, false, true, false, false, Duration.ofHours(6));

    applied();

    assertThat(account(LOSER).generation().isRevoked()).isFalse();
    assertThat(account(KEEPER).generation().isRevoked()).isFalse();
    assertThat(account(LOSER).generation().tag()).isNotEqualTo(account(KEEPER).generation().tag());
  }
}
