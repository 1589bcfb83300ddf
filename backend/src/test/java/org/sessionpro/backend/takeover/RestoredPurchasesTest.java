package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.PaymentClaim;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.takeover.SummerDatabase.Sale;
import org.sessionpro.protocol.TransactionId;

/// Purchases of Apple that were restored on another device, of which the old service made another row
/// each time (`app-store.md` §2.1): every transaction goes on standing for the one payment.
class RestoredPurchasesTest extends TakeoverRig {
  private static final long EXPIRY = NOW + 5 * DAY;

  /// The same cycle three times, the last time heard of twice.
  private void spring(byte @Nullable [] owner) {
    for (String transaction : List.of("1001", "1002", "1003", "1003")) {
      source.add(
          source.apple(owner, "1000", transaction, EXPIRY).with("apple_web_line_order_tx_id", "9"));
    }
    if (owner != null) {
      source.add(user(owner, 7, EXPIRY));
    }
    assertEqual(source.url());
  }

  private void summer(@Nullable Integer owner) {
    Instant expiry = Instant.ofEpochMilli(EXPIRY);
    try (SummerDatabase database = SummerDatabase.create(folder)) {
      if (owner != null) {
        database.add(SummerDatabase.user(owner, expiry));
      }
      database.sell(
          summerSale(database, owner, "1001"),
          summerSale(database, owner, "1002"),
          summerSale(database, owner, "1003"));
      assertEqual(database.url());
    }
  }

  private static Sale summerSale(
      SummerDatabase database, @Nullable Integer owner, String transaction) {
    return database
        .apple(owner, "1000", transaction, Instant.ofEpochMilli(EXPIRY))
        .detail("web_line_order_tx_id", "9");
  }

  private void assertEqual(DatabaseUrl url) {
    ImportReport report = it.apply(url);
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(it.audit()).isEmpty();
    it.target.imports().seal();
  }

  private PaymentClaim.Outcome add(String transaction) {
    PaymentName name = new PaymentName.Apple(new TransactionId(transaction));
    return it.ledger.claim(PaymentClaim.of(master(1), name), Takeovers.NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "1002", "1003"})
  void whatNobodyHasIsAddedByAnyOfItsTransactions(String transaction) {
    spring(null);

    assertThat(add(transaction)).isInstanceOf(PaymentClaim.Outcome.Bound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "1002", "1003"})
  void whatSomebodyHasIsTheirsByAnyOfItsTransactions(String transaction) {
    spring(key(1));

    assertThat(add(transaction)).isInstanceOf(PaymentClaim.Outcome.AlreadyOwned.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "1002", "1003"})
  void whatNobodyHasInSummerIsAddedByAnyOfItsTransactions(String transaction) {
    summer(null);

    assertThat(add(transaction)).isInstanceOf(PaymentClaim.Outcome.Bound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001", "1002", "1003"})
  void whatSomebodyHasInSummerIsTheirsByAnyOfItsTransactions(String transaction) {
    summer(1);

    assertThat(add(transaction)).isInstanceOf(PaymentClaim.Outcome.AlreadyOwned.class);
  }

  /// A cycle that has ended, restored on a second device.
  private void endedTwice(long expiry, boolean renewing, long grace) {
    for (String transaction : List.of("1001", "1002")) {
      source.add(
          source
              .apple(key(1), "1000", transaction, expiry)
              .with("apple_web_line_order_tx_id", "9")
              .with("status", 3)
              .with("auto_renewing", renewing)
              .with("grace_period_duration_ms", grace));
    }
  }

  private static Options options(boolean settleBlocked, boolean restorePruned) {
    return new Options(
        RenewalAllowance.DEFAULT, false, settleBlocked, restorePruned, false, Duration.ofHours(6));
  }

  @Test
  void forgottenRefundOfTheNextCycleIsListedAgainIfTheOperatorWants() {
    it.options = options(false, true);
    endedTwice(NOW - 20 * DAY, false, 0);
    source.add(
        source
            .apple(key(1), "1000", "1003", NOW + 10 * DAY)
            .with("status", 4)
            .with("revoked_unix_ts_ms", NOW - 2 * DAY),
        user(1, 7, NOW - 2 * DAY));

    applied();

    assertThat(account(1).generation().isRevoked()).isTrue();
    assertThat(it.ledger.revocations(Takeovers.NOW, Duration.ofDays(31)).revoked()).hasSize(1);
  }

  @Test
  void endedCycleDoesNotLetABlockedAccountGoOn() {
    it.options = options(true, false);
    endedTwice(NOW - 2 * DAY, true, 5 * DAY);
    source.add(
        user(1, 7, NOW + 3 * DAY)
            .with("auto_renewing", true)
            .with("grace_period_duration_ms", 5 * DAY),
        PythonDatabase.revocation(7, NOW - DAY, NOW + 3 * DAY));

    Findings findings = it.apply(source).findings();

    assertThat(findings.unexplained()).isEmpty();
    assertThat(findings.anomalies()).doesNotContainKey(Anomaly.OPERATOR_BLOCK);
    assertThat(findings.of(Category.ITEM_STATUS_LAG)).isEqualTo(Tally.Sum.NOTHING);
    assertThat(account(1).generation().isRevoked()).isTrue();
  }

  /// The store extended the term in the meantime, so that the restored row ends later.
  @Test
  void cycleThatEndedForItsOwnerRunsOnByTheTermOfItsLastRow() {
    source.add(
        source
            .apple(key(1), "1000", "1001", NOW - 2 * DAY)
            .with("apple_web_line_order_tx_id", "9")
            .with("status", 3),
        source.apple(null, "1000", "1002", EXPIRY).with("apple_web_line_order_tx_id", "9"),
        user(1, 7, NOW - 2 * DAY));

    applied();

    assertThat(account(1).entitlement().expiry()).isEqualTo(Instant.ofEpochMilli(EXPIRY));
  }

  private void assertFound(String change, String part) {
    it.database.write(handle -> handle.execute(change));

    assertThat(it.verify(source).findings().unexplained())
        .extracting(Tally.Unexplained::part)
        .containsOnly(part);
  }

  @Test
  void transactionThatIsLostIsFoundByComparingOnceMore() {
    spring(key(1));

    assertFound("DELETE FROM payment_aliases WHERE alias = '1002'", "item_aliases");
  }

  @Test
  void transactionOfNobodysPaymentThatIsLostIsFoundToo() {
    spring(null);

    assertFound("DELETE FROM payment_aliases WHERE alias = '1002'", "aliases");
  }

  @Test
  void transactionThatStandsForAnotherPaymentIsFoundByComparingOnceMore() {
    source.add(source.apple(key(1), "2000", "2001", EXPIRY));
    spring(key(1));

    assertFound("UPDATE payment_aliases SET payment_id = 1 WHERE alias = '1002'", "item_aliases");
  }

  /// Apple gives none twice; nobody is kept from moving over if it did.
  @Test
  void transactionOfTwoCyclesStandsForOneOfThem() {
    source.add(source.apple(key(1), "2000", "1002", EXPIRY));

    spring(key(1));

    assertThat(add("1002")).isInstanceOf(PaymentClaim.Outcome.AlreadyOwned.class);
  }
}
