package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.revocation;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.takeover.Anomaly.Kind;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.takeover.PythonDatabase.Row;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;

/// What is odd about a source, each in a source of its own, and what becomes of it.
@ParameterizedClass
@EnumSource(Engine.class)
class AnomaliesTest {
  private static final Set<Anomaly> EVERYTHING = EnumSet.allOf(Anomaly.class);
  private static final Set<Category> ANY_LOSS = EnumSet.allOf(Category.class);

  @Parameter Engine engine;
  @TempDir Path folder;
  private PythonDatabase source;
  private Takeovers it;

  @BeforeEach
  void open() {
    source = PythonDatabase.create(engine, folder);
    it = new Takeovers(engine, folder);
    it.accepted = EVERYTHING;
    it.acceptedLosses = ANY_LOSS;
  }

  @AfterEach
  void close() {
    it.close();
    source.close();
  }

  @ParameterizedTest
  @MethodSource
  void oddityIsCountedAndTakenOverByItsRule(Anomaly anomaly) {
    assumeTrue(anomaly != Anomaly.REVOCATIONS_UNWRITABLE || source.isServer());
    new OddSources(source).fill(anomaly);

    ImportReport report = it.apply(source);

    assertThat(report.findings().anomalies().getOrDefault(anomaly, 0L)).as("count").isPositive();
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.findings().quarantined() > 0).isEqualTo(anomaly.kind() == Kind.QUARANTINED);
    assertThat(report.findings().blocking().containsKey(anomaly))
        .as("blocks")
        .isEqualTo(blocks(anomaly));
    assertThat(it.audit()).isEmpty();
  }

  static Set<Anomaly> oddityIsCountedAndTakenOverByItsRule() {
    return EnumSet.range(Anomaly.RUNTIME_NOT_SINGLE, Anomaly.NOTIFICATION_EMPTY);
  }

  /// Rows that are put aside belong to accounts that run.
  private static boolean blocks(Anomaly anomaly) {
    return anomaly.kind() == Kind.BLOCKS || anomaly.kind() == Kind.QUARANTINED;
  }

  private Tally.Sum sum(Category category, Row... rows) {
    source.add(rows);
    ImportReport report = it.apply(source);
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(it.audit()).isEmpty();
    return report.findings().of(category);
  }

  private static MasterKey master(int number) {
    return new MasterKey(ByteString.of(key(number)));
  }

  private Instant coverage(int number) {
    return it.ledger
        .account(master(number))
        .orElseThrow()
        .entitlement()
        .coverageEnd(RenewalAllowance.DEFAULT);
  }

  @Test
  void paymentsOfSeveralOwnersUnderOneNameArePutAside() {
    source.add(
        source.google(key(1), "token", "GPA.1", NOW + DAY),
        source.google(key(2), "token", "GPA.1", NOW + DAY),
        user(1, 7, NOW + DAY),
        user(2, 8, NOW + DAY));

    ImportReport report = it.apply(source);

    assertThat(report.findings().quarantined()).isEqualTo(2);
    assertThat(report.findings().blocking()).containsKey(Anomaly.DUPLICATE_PAYMENT);
  }

  @Test
  void accountThatRunsWithoutPaymentsBlocks() {
    source.add(user(1, 7, NOW + DAY));

    assertThat(it.apply(source).findings().blocking()).containsKey(Anomaly.ACCOUNT_WITHOUT_PAYMENT);
  }

  private void assertBlockedBySeconds(Row... rows) {
    it.accepted = Set.of();
    source.add(source.voucher(key(1), "v", NOW + DAY));
    source.add(rows);

    assertThat(it.apply(source).obstacles()).containsExactly("TIME_IN_SECONDS");
  }

  @Test
  void revocationInSecondsBlocks() {
    assertBlockedBySeconds(revocation(9, 1_770_000_000, NOW + DAY));
  }

  @Test
  void accountInSecondsBlocks() {
    assertBlockedBySeconds(
        user(1, 7, NOW + DAY).with("refund_requested_unix_ts_ms", 1_770_000_000L));
  }

  @Test
  void messageInSecondsBlocks() {
    assertBlockedBySeconds(
        user(1, 7, NOW + DAY), PythonDatabase.googleMessage(1, true, null, 1_770_000_000));
  }

  @Test
  void troubleOfNobodyIsToldApartFromPaymentsWithoutNames() {
    source.add(
        source.google(key(1), "token", "GPA.1", NOW + DAY),
        source
            .google(key(1), "gone", "GPA.2", NOW + DAY)
            .with("google_payment_token", null)
            .with("apple_original_tx_id", "1000"),
        user(1, 7, NOW + DAY),
        PythonDatabase.trouble(1, "nobody's"));

    assertThat(it.apply(source).findings().anomalies())
        .containsEntry(Anomaly.ERROR_ORPHAN, 1L)
        .containsEntry(Anomaly.KEY_MISSING, 1L);
  }

  @Test
  void termWithoutEndOfAnAccountThatRunsBlocks() {
    source.add(
        source.voucher(key(1), "good", NOW + DAY),
        source.voucher(key(1), "endless", NOW).with("expiry_unix_ts_ms", 0L),
        user(1, 7, NOW + DAY));

    assertThat(it.apply(source).findings().blocking()).containsKey(Anomaly.EXPIRY_ZERO);
  }

  @Test
  void whoRedeemedLastKeepsASharedGeneration() {
    source.add(
        source.voucher(key(1), "a", NOW + DAY).with("redeemed_unix_ts_ms", NOW - 2 * DAY),
        source.voucher(key(2), "b", NOW + DAY).with("redeemed_unix_ts_ms", NOW - DAY),
        user(1, 7, NOW + DAY),
        user(2, 7, NOW + DAY));

    it.apply(source);

    String handle = "997966863d941d6ec7b1bf3d21ae470672ab226531f1594c410b0f62f83ba9c6";
    assertThat(it.ledger.account(master(2)).orElseThrow().generation().tag().hex())
        .isEqualTo(handle);
    assertThat(it.ledger.account(master(1)).orElseThrow().generation().tag().hex())
        .isNotEqualTo(handle);
  }

  @Test
  void graceOfAppleEndsWhenAppleSaid() {
    new OddSources(source).fill(Anomaly.APPLE_GRACE_ABSOLUTE);

    it.apply(source);

    assertThat(coverage(1)).isEqualTo(Instant.ofEpochMilli(NOW + 26 * DAY).plusSeconds(3_600));
  }

  @Test
  void blockedAccountGoesOnUnderAnotherTagIfTheOperatorWants() {
    it.options = options(true, false);

    Tally.Sum sum =
        sum(
            Category.OPERATOR_BLOCK,
            source.voucher(key(1), "v", NOW + DAY),
            user(1, 7, NOW + DAY),
            revocation(7, NOW - 2 * DAY, NOW + DAY));

    assertThat(sum.accounts()).isEqualTo(1);
    assertThat(it.ledger.account(master(1)).orElseThrow().generation().isRevoked()).isFalse();
  }

  @Test
  void forgottenRevocationIsListedAgainIfTheOperatorWants() {
    it.options = options(false, true);
    new OddSources(source).fill(Anomaly.REVOCATION_PRUNED_EARLY);

    assertThat(sum(Category.REVOCATION_PRUNED_EARLY).accounts()).isEqualTo(1);

    assertThat(it.ledger.revocations(Takeovers.NOW, Duration.ofDays(31)).revoked()).hasSize(1);
  }

  private static Options options(boolean settleBlocked, boolean restorePruned) {
    return new Options(
        RenewalAllowance.DEFAULT, false, settleBlocked, restorePruned, false, Duration.ofHours(6));
  }

  @Test
  void moreThanTwentyPaymentsCount() {
    source.add(source.google(key(1), "long", "GPA.0", NOW + 99 * DAY));
    for (int number = 1; number <= 20; number++) {
      source.add(source.google(key(1), "t" + number, "GPB." + number + "x", NOW + DAY));
    }

    Tally.Sum sum = sum(Category.FOLD_20, user(1, 7, NOW + DAY));

    assertThat(sum).isEqualTo(new Tally.Sum(1, 1, 98 * DAY, 98 * DAY));
  }

  @Test
  void subscriptionHiddenByTheNameOfAnotherCounts() {
    Tally.Sum sum =
        sum(
            Category.FOLD_CHAIN_PREFIX,
            source.google(key(1), "one", "GPA.1", NOW + 5 * DAY),
            source.google(key(1), "other", "GPA.10", NOW + DAY),
            user(1, 7, NOW + DAY));

    assertThat(sum).isEqualTo(new Tally.Sum(1, 1, 4 * DAY, 4 * DAY));
  }

  @Test
  void refundAfterTheEndLeavesTheEndAsItIs() {
    Tally.Sum sum =
        sum(
            Category.REVOKED_AFTER_EXPIRY,
            source
                .google(key(1), "one", "GPA.1", NOW - 5 * DAY)
                .with("status", 4)
                .with("revoked_unix_ts_ms", NOW - 4 * DAY),
            user(1, 7, NOW - 4 * DAY));

    assertThat(sum).isEqualTo(new Tally.Sum(1, 0, -DAY, -DAY));
  }

  @Test
  void newestPurchaseCountsWheneverItWasHeardOf() {
    Tally.Sum sum =
        sum(
            Category.FOLD_LATE_CYCLE,
            source.google(key(1), "one", "GPA.1..0", NOW + 5 * DAY),
            source.google(key(1), "one", "GPA.1", NOW - 25 * DAY),
            user(1, 7, NOW - 25 * DAY));

    assertThat(sum).isEqualTo(new Tally.Sum(1, 0, 30 * DAY, 30 * DAY));
  }

  @Test
  void paymentThatCoversLongestCounts() {
    Tally.Sum sum =
        sum(
            Category.FOLD_COVERAGE,
            source
                .google(key(1), "one", "GPA.1", NOW + DAY)
                .with("auto_renewing", true)
                .with("grace_period_duration_ms", 5 * DAY),
            source.google(key(1), "two", "GPB.1", NOW + 2 * DAY),
            user(1, 7, NOW + 2 * DAY));

    assertThat(sum.accounts()).isEqualTo(1);
    assertThat(coverage(1)).isEqualTo(Instant.ofEpochMilli(NOW + 6 * DAY).plusSeconds(3_600));
  }

  @Test
  void allowanceTakesThePlaceOfTheOldDefault() {
    it.options =
        new Options(
            new RenewalAllowance(Duration.ofHours(2)),
            false,
            false,
            false,
            false,
            Duration.ofHours(6));
    source.add(
        source
            .google(key(1), "one", "GPA.1", NOW + DAY)
            .with("auto_renewing", true)
            .with("grace_period_duration_ms", 3_600_000L),
        user(1, 7, NOW + DAY + 3_600_000)
            .with("auto_renewing", true)
            .with("grace_period_duration_ms", 3_600_000L));

    ImportReport report = it.apply(source);

    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.findings().of(Category.ALLOWANCE))
        .isEqualTo(new Tally.Sum(1, 1, 3_600_000, 3_600_000));
  }

  @Test
  void endedPaymentSaysSoAtOnce() {
    assertThat(
            sum(Category.ITEM_STATUS_LAG, source.voucher(key(1), "v", NOW - 1), user(1, 7, NOW - 1))
                .accounts())
        .isEqualTo(1);
  }

  /// The Python service would have ended it after five days.
  @Test
  void revocationStaysListedForItsDays() {
    Tally.Sum sum =
        sum(Category.REVOCATION_END_EXTENDED, revocation(9, NOW - DAY / 4, NOW + 5 * DAY));

    assertThat(sum).isEqualTo(new Tally.Sum(1, 0, 0, 0));
    Instant lastDay = Takeovers.NOW.plus(Duration.ofDays(30));
    assertThat(it.ledger.revocations(lastDay, Duration.ofDays(31)).revoked()).hasSize(1);
  }

  /// The grid begins 61 minutes behind the end, and a day apart are its points.
  @ParameterizedTest
  @CsvSource({"1000, 1", "90061000, 0"})
  void accountThatHasJustEndedGetsOneMoreProof(long agoMillis, long accounts) {
    Tally.Sum sum =
        sum(
            Category.PROOF_GRID,
            source.voucher(key(1), "v", NOW - agoMillis),
            user(1, 7, NOW - agoMillis));

    assertThat(sum).isEqualTo(new Tally.Sum(accounts, 0, 0, 0));
  }

  @Test
  void termThatIsPutAsideIsLost() {
    Tally.Sum sum =
        sum(
            Category.QUARANTINE,
            source.voucher(key(1), "v", NOW + DAY),
            source.google(key(1), "token", "", NOW + 10 * DAY),
            user(1, 7, NOW + 10 * DAY));

    assertThat(sum).isEqualTo(new Tally.Sum(1, 1, -9 * DAY, -9 * DAY));
  }

  @Test
  void refundedSubscriptionDoesNotRenew() {
    new OddSources(source).fill(Anomaly.REVOKED_RENEWING);

    assertThat(sum(Category.REPAIRED)).isEqualTo(new Tally.Sum(1, 0, 0, 0));
  }

  @Test
  void everyAccountIsNamedInTheListOfIds() {
    List<String> codes = new ArrayList<>();
    it.ids = (code, subject) -> codes.add(code + " " + subject.kind());
    source.add(source.voucher(key(1), "v", NOW + DAY));

    it.apply(source);

    assertThat(codes).contains("OWNER_WITHOUT_ACCOUNT account");
  }
}
