package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.ImportRefused;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.UnsealedImport;
import org.sessionpro.backend.takeover.ImportReport.Verdict;

/// Runs from their beginning to their seal, broken off, repeated and taken back.
class ImportRunsTest extends TakeoverRig {
  @Test
  void secondRunChangesNothing() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    Account before = account(1);

    applied();

    assertThat(account(1)).isEqualTo(before);
  }

  @Test
  void runThatIsBrokenOffAgainAndAgainComesToTheSame() {
    fill(2_400);
    it.progress = ImportRunsTest::kill;
    int kills = 0;
    while (isKilled()) {
      kills++;
    }
    it.progress = (_, _, _) -> {};

    applied();

    assertThat(kills).isEqualTo(2);
    try (Takeovers other = new Takeovers(engine, folder)) {
      other.apply(source);
      for (int number = 1; number <= 2_400; number += 29) {
        assertThat(shown(it, number)).isEqualTo(shown(other, number));
      }
      assertThat(it.target.imports().accounts()).isEqualTo(other.target.imports().accounts());
    }
  }

  /// After each batch.
  private static void kill(String what, long done, long all) {
    if (what.equals("taken over")) {
      throw new IllegalStateException("killed");
    }
  }

  private boolean isKilled() {
    try {
      it.apply(source);
      return false;
    } catch (IllegalStateException killed) {
      return true;
    }
  }

  /// What does not depend on chance.
  private static List<Object> shown(Takeovers where, int number) {
    Ledger.Details details = where.ledger.details(master(number), 10, Takeovers.NOW).orElseThrow();
    RegisteredPayment payment = details.newest().getFirst();
    return List.of(
        details.account().entitlement(),
        details.account().generation(),
        payment.id(),
        payment.payment().witnessed(),
        payment.payment().terms());
  }

  @Test
  void accountsThatAreTakenOverStayWhenTheRunGoesOn() {
    fill(1_200);
    it.progress = ImportRunsTest::kill;
    assertThat(isKilled()).isTrue();
    Account loaded = account(100);
    it.progress = (_, _, _) -> {};

    applied();

    assertThat(account(100)).isEqualTo(loaded);
  }

  private void fill(int accounts) {
    List<PythonDatabase.Row> rows = new ArrayList<>();
    for (int number = 1; number <= accounts; number++) {
      long expiry = NOW + number * DAY / 100;
      rows.add(source.google(key(number), "token" + number, "GPA." + number, expiry));
      rows.add(user(number, number, expiry));
    }
    source.add(rows);
  }

  @Test
  void sourceThatChangedCannotBeGoneOnWith() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    source.add(source.voucher(key(1), "other", NOW));

    assertThatThrownBy(() -> it.apply(source)).hasMessageContaining("has changed");
  }

  @Test
  void ledgerThatHoldsAnythingTakesNothingOver() {
    grantVoucher();

    assertThatThrownBy(() -> it.apply(source)).isInstanceOf(ImportRefused.class);
  }

  @Test
  void noServerStartsUntilTheRunIsSealed() {
    applied();
    assertThatThrownBy(() -> it.target.imports().requireSealed())
        .isInstanceOf(UnsealedImport.class);

    it.target.imports().seal();

    it.target.imports().requireSealed();
    assertThat(it.target.imports().run().orElseThrow().state()).isEqualTo(ImportRun.State.SEALED);
  }

  @Test
  void runThatIsNotVerifiedCannotBeSealed() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    it.target.imports().verified(false);

    assertThatThrownBy(() -> it.target.imports().seal()).isInstanceOf(ImportRefused.class);
  }

  @Test
  void whatIsTakenBackCanBeTakenOverAgain() {
    source.add(
        source.google(key(1), "token", "GPA.1", NOW + DAY),
        user(1, 7, NOW + DAY),
        PythonDatabase.revocation(8, NOW, NOW + DAY));
    applied();

    it.target.imports().discard();

    assertThat(it.ledger.account(master(1))).isEmpty();
    applied();
    assertThat(account(1).entitlement().expiry()).isEqualTo(Instant.ofEpochMilli(NOW + DAY));
  }

  @Test
  void factsStayAppendOnlyAfterARunWasTakenBack() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    it.target.imports().discard();
    applied();

    assertThatThrownBy(() -> it.database.write(handle -> handle.execute("DELETE FROM facts")))
        .rootCause()
        .hasMessageContaining("append only");
  }

  @Test
  void changedTargetIsFoundByComparingOnceMore() {
    source.add(source.google(key(1), "token", "GPA.1", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    it.database.write(
        handle -> handle.execute("UPDATE accounts SET expiry_at = expiry_at - 1000000"));

    ImportReport report = it.verify(source);

    assertThat(report.verdict()).isEqualTo(Verdict.UNEXPLAINED);
    assertThat(report.findings().unexplained())
        .extracting(Tally.Unexplained::part)
        .containsExactlyInAnyOrder("term", "coverage");
  }

  @Test
  void whatBlocksIsNotTakenOverUntilItIsAccepted() {
    source.add(source.voucher(key(1), "DEV.order", NOW + DAY), user(1, 7, NOW + DAY));

    ImportReport blocked = it.apply(source);

    assertThat(blocked.obstacles()).containsExactly("DEV_DATABASE");
    assertThat(it.target.imports().run()).isEmpty();
    it.accepted = Set.of(Anomaly.DEV_DATABASE);
    assertThat(it.apply(source).verdict()).isEqualTo(Verdict.EQUAL);
  }

  @Test
  void lossIsNotTakenOverUntilItIsAccepted() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + 2 * DAY));

    assertThat(it.apply(source).obstacles()).containsExactly("STALE_ACCOUNT_ROW");

    it.acceptedLosses = Set.of(Category.STALE_ACCOUNT_ROW);
    assertThat(it.apply(source).verdict()).isEqualTo(Verdict.EQUAL);
  }
}
