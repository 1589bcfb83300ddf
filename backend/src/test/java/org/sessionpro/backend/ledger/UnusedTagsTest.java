package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;

/// A tag that a generation has already is drawn again (`entitlement.md` §7.1).
@ParameterizedClass
@EnumSource(Engine.class)
class UnusedTagsTest {
  private static final RevocationTag FIRST = RevocationTag.fromHex("01".repeat(32));
  private static final RevocationTag SECOND = RevocationTag.fromHex("02".repeat(32));

  @Parameter Engine engine;
  @TempDir Path folder;
  private final Deque<RevocationTag> tags = new ArrayDeque<>();
  private Ledger ledger;

  /// Draws the tags that a test has laid out, in their order; everything else at random.
  private final class LaidOut implements Draws {
    private final Draws random = Draws.from(new SecureRandom());

    @Override
    public RevocationTag tag() {
      return tags.removeFirst();
    }

    @Override
    public ProofOffset offset() {
      return random.offset();
    }

    @Override
    public AccountId account() {
      return random.account();
    }
  }

  @BeforeEach
  void giveTheFirstTagToAlice() {
    ledger = new Ledger(engine.open(folder), Rules.of(RenewalAllowance.DEFAULT, new LaidOut()));
    layOut(FIRST);
    voucher(ALICE);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void layOut(RevocationTag... drawn) {
    tags.addAll(Arrays.asList(drawn));
  }

  private void voucher(MasterKey owner) {
    new VoucherMint(ledger).mint(owner, new Plan("1m"), Duration.ofDays(30), T);
  }

  @Test
  void aTakenTagIsDrawnAgain() {
    layOut(FIRST, FIRST, SECOND);

    voucher(BOB);

    assertThat(ledger.account(BOB).orElseThrow().generation().tag()).isEqualTo(SECOND);
    assertThat(tags).isEmpty();
  }

  @Test
  void aRevokedTagStaysTaken() {
    layOut(FIRST, SECOND);

    ledger.revoke(ALICE, "test", T);

    assertThat(ledger.account(ALICE).orElseThrow().generation().tag()).isEqualTo(SECOND);
  }

  @Test
  void aSourceThatRepeatsItselfThreeTimesIsAFaultAndNothingIsRecorded() {
    layOut(FIRST, FIRST, FIRST, SECOND);

    assertThatThrownBy(() -> voucher(BOB)).hasStackTraceContaining("the random source repeats");

    assertThat(ledger.account(BOB)).isEmpty();
    assertThat(tags).containsExactly(SECOND);
  }
}
