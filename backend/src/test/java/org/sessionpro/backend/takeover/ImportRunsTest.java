package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.ForeignLedger;
import org.sessionpro.backend.ledger.ImportRefused;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.ledger.OperatorActs;
import org.sessionpro.backend.ledger.UnsealedImport;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.takeover.source.SourceRefused;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.PurchaseToken;

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
  void sourceThatChangedCannotBeGoneOnWith() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    source.add(source.voucher(key(1), "other", NOW));

    assertThatThrownBy(() -> it.apply(source)).hasMessageContaining("has changed");
  }

  @Test
  void runIsNotGoneOnWithByOtherOptions() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    it.options =
        new Options(RenewalAllowance.DEFAULT, false, true, false, false, Duration.ofHours(6));

    assertThatThrownBy(() -> it.apply(source))
        .isInstanceOf(SourceRefused.class)
        .hasMessageContaining("with other options");
    assertThatThrownBy(() -> it.verify(source)).isInstanceOf(SourceRefused.class);
  }

  @Test
  void ledgerThatHoldsAnythingTakesNothingOver() {
    grantVoucher();

    assertRefused();
  }

  private void assertRefused() {
    assertThatThrownBy(() -> it.apply(source)).isInstanceOf(ImportRefused.class);

    assertThat(it.target.imports().run()).isEmpty();
  }

  @Test
  void ledgerThatOnlyHasWorkTakesNothingOver() {
    WorkItem item = WorkItem.reconcile(new PurchaseToken("token"));
    it.target.inbox().enqueue(List.of(Owed.unannounced(item)), Takeovers.NOW);

    assertRefused();
  }

  @Test
  void ledgerThatOnlyServedATicketTakesNothingOver() {
    it.database.write(handle -> handle.execute("UPDATE revocation_ticket SET ticket = 1"));

    assertRefused();
  }

  /// What the ledger is tied to, by name.
  private List<String> ties() {
    return it.database.read(handle ->
        handle
            .createQuery("SELECT name FROM ledger_identity ORDER BY name")
            .mapTo(String.class)
            .list());
  }

  @Test
  void ledgerIsTiedFromTheBeginningOfTheRunUntilItIsTakenBack() {
    source.add(source.voucher(key(1), "DEV.order", NOW + DAY), user(1, 7, NOW + DAY));
    it.apply(source);
    assertThat(ties()).as("blocked").isEmpty();

    it.accepted = Set.of(Anomaly.DEV_DATABASE);
    it.apply(source);
    assertThat(ties()).as("applied").containsExactly("google.package_name", "signing_key");

    it.target.imports().discard();
    assertThat(ties()).as("taken back").isEmpty();
  }

  @Test
  void ledgerOfAnotherAppTakesNothingOver() {
    it.ledger.stores().belongTo(new PackageName("org.example.other"));

    assertThatThrownBy(() -> it.apply(source))
        .isInstanceOf(ForeignLedger.class)
        .hasMessageContaining("org.example.other");

    assertThat(it.target.imports().run()).isEmpty();
    assertThat(ties()).containsExactly("google.package_name");
  }

  @Test
  void ledgerOfAnotherKeyTakesNothingOver() {
    it.ledger.belongTo(BackendKey.fromHex("00000001".repeat(8)));

    assertThatThrownBy(() -> it.apply(source)).isInstanceOf(ForeignLedger.class);

    assertThat(ties()).containsExactly("signing_key");
  }

  @Test
  void progressEndsWithTheLastAccount() {
    source.add(
        source.voucher(key(1), "order", NOW + DAY),
        source.voucher(key(2), "of an owner without a row", NOW + DAY),
        user(1, 7, NOW + DAY));
    Map<String, String> last = new TreeMap<>();
    it.progress = (what, done, all) -> last.put(what, done + " of " + all);

    it.apply(source);

    assertThat(last)
        .containsEntry("looked at", "2 of 2")
        .containsEntry("taken over", "2 of 2")
        .containsEntry("compared", "2 of 2");
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
  void nothingElseIsWrittenUntilTheRunIsSealed() {
    source.add(source.voucher(key(1), "order", NOW + DAY), user(1, 7, NOW + DAY));
    applied();
    assertThatThrownBy(this::grantVoucher).isInstanceOf(UnsealedImport.class);
    assertThatThrownBy(() ->
            it.ledger
                .operator()
                .revoke(master(1), "lost", OperatorActs.Mode.APPLIED, Takeovers.NOW))
        .isInstanceOf(UnsealedImport.class);
    assertThat(it.ledger.operator().newest(1)).isEmpty();
    assertThat(it.ledger.account(master(2))).isEmpty();

    it.target.imports().seal();

    grantVoucher();
    assertThat(it.ledger.account(master(2))).isPresent();
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attempts = attempts + 1",
        "eligible_at = eligible_at + 1",
        "last_error = 'other'",
        "parked_at = 5, park_reason = 'exhausted', parked_by = 'test'"
      })
  void changedWorkIsFoundByComparingOnceMore(String change) {
    source.add(
        source.google(key(1), "token", "GPA.1", NOW - 99 * DAY),
        user(1, 7, NOW - 99 * DAY),
        PythonDatabase.trouble(1, "token"));
    applied();
    it.database.write(handle -> handle.execute("UPDATE inbox_work SET " + change));

    assertThat(it.verify(source).findings().unexplained())
        .extracting(Tally.Unexplained::part)
        .contains("work");
  }

  @Test
  void rowsAreCountedOnBothSides() {
    source.add(
        source.google(key(1), "token", "GPA.1", NOW + DAY),
        user(1, 7, NOW + DAY),
        source.google(null, "other", "GPA.2", NOW + DAY),
        PythonDatabase.revocation(9, NOW, NOW + DAY));

    ImportReport report = it.apply(source);

    assertThat(report.rowsIn())
        .containsEntry("users", 1L)
        .containsEntry("payments", 2L)
        .containsEntry("runtime", 1L);
    assertThat(report.rowsOut())
        .containsEntry("accounts", 1L)
        .containsEntry("payments", 2L)
        .containsEntry("generations", 1L)
        .containsEntry("ownerless_generations", 1L)
        .containsEntry("unclaimed_payments", 1L)
        .containsEntry("inbox_work", 2L)
        .containsEntry("import_quarantine", 0L);
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
