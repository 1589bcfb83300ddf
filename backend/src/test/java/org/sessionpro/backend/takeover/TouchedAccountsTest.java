package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.sha256;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.ledger.ImportRun;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.takeover.PythonDatabase.Row;
import org.sessionpro.protocol.StoreBindings;

/// Accounts of March 2026 whose owners ask for anything, so that what waits for them is bound; nothing of
/// which is kept.
class TouchedAccountsTest extends TakeoverRig {
  private static final String BUYER = "google_obfuscated_account_id";

  @BeforeEach
  void addAccount() {
    source.add(source.voucher(key(1), "v", NOW + DAY), user(1, 7, NOW + DAY));
  }

  private Row waiting(String token, String order, long expiry) {
    return source.google(null, token, order, expiry).with(BUYER, sha256(key(1)));
  }

  private Tally.Sum sum(Category category) {
    ImportReport report = it.apply(source);
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(it.audit()).isEmpty();
    assertThat(account(1).entitlement().expiry().toEpochMilli()).isEqualTo(NOW + DAY);
    return report.findings().of(category);
  }

  @Test
  void whatWaitsIsBound() {
    source.add(waiting("t", "o", NOW + 5 * DAY));

    assertThat(sum(Category.CLAIM_ON_TOUCH)).isEqualTo(new Tally.Sum(1, 1, 4 * DAY, 4 * DAY));
  }

  @Test
  void whatEndedIsBoundToo() {
    source.add(waiting("t", "o", NOW - 5 * DAY).with("status", 3));

    assertThat(sum(Category.CLAIM_ON_TOUCH)).isEqualTo(new Tally.Sum(1, 1, 0, 0));
  }

  @Test
  void whatApplesTokenNamesIsBound() {
    UUID token = StoreBindings.of(master(1)).appleToken();
    source.add(
        source
            .apple(null, "1000", "1001", NOW + 5 * DAY)
            .with("apple_app_account_token", token.toString()));

    assertThat(sum(Category.CLAIM_APPLE_TOKEN)).isEqualTo(new Tally.Sum(1, 1, 4 * DAY, 4 * DAY));
  }

  @Test
  void cycleThatFollowsIsBoundWithTheOneBefore() {
    source.add(waiting("t", "o", NOW - 25 * DAY), source.google(null, "t", "o..0", NOW + 5 * DAY));

    assertThat(sum(Category.CLAIM_ON_TOUCH)).isEqualTo(new Tally.Sum(1, 1, 4 * DAY, 4 * DAY));
  }

  @Test
  void whatWasRefundedIsNotBound() {
    source.add(
        waiting("t", "o", NOW + 5 * DAY).with("status", 4).with("revoked_unix_ts_ms", NOW - DAY));

    assertThat(sum(Category.CLAIM_ON_TOUCH)).isEqualTo(Tally.Sum.NOTHING);
  }

  @Test
  void paymentThatNamedAnOwnerTooEarlyWaitsForItsBuyer() {
    source.add(
        source
            .google(key(2), "t", "o", NOW + 5 * DAY)
            .with("status", 1)
            .with(BUYER, sha256(key(1))));

    assertThat(sum(Category.CLAIM_ON_TOUCH).accounts()).isEqualTo(1);
  }

  @Test
  void ruleThatMattersOnlyThenIsNamed() {
    source.add(
        source.google(key(2), "t", "GPA.1..0", NOW + 3 * DAY),
        user(2, 8, NOW + 3 * DAY),
        source.google(null, "t", "GPA.1", NOW - 27 * DAY).with(BUYER, sha256(key(2))));

    assertThat(sum(Category.FOLD_LATE_CYCLE)).isEqualTo(new Tally.Sum(1, 1, 30 * DAY, 30 * DAY));
  }

  /// The first cycle waits under its buyer's token. The third names nobody, follows the second one, and
  /// ends earlier.
  private void earlierEndFollows() {
    UUID token = StoreBindings.of(master(2)).appleToken();
    source.add(
        source
            .apple(null, "1000", "1001", NOW - 25 * DAY)
            .with("status", 3)
            .with("apple_app_account_token", token.toString()),
        source.apple(key(2), "1000", "1002", NOW + 5 * DAY),
        user(2, 8, NOW + 5 * DAY),
        source.apple(null, "1000", "1003", NOW + 2 * DAY).with("unredeemed_unix_ts_ms", NOW - DAY));
  }

  @Test
  void lossThatAFollowingCycleBringsKeepsTheRunFromBeingSealed() {
    earlierEndFollows();

    ImportReport report = it.apply(source);

    assertThat(report.findings().losses()).isEqualTo(Map.of(Category.CLAIM_ON_TOUCH, 1L));
    assertThat(report.obstacles()).containsExactly("CLAIM_ON_TOUCH");
    assertThat(it.target.imports().run().orElseThrow().state()).isEqualTo(ImportRun.State.LOADED);
  }

  @Test
  void lossThatAFollowingCycleBringsIsAcceptedAfterwards() {
    earlierEndFollows();
    it.apply(source);
    it.acceptedLosses = Set.of(Category.CLAIM_ON_TOUCH);

    assertThat(sum(Category.CLAIM_ON_TOUCH)).isEqualTo(new Tally.Sum(1, 1, -3 * DAY, -3 * DAY));

    it.target.imports().seal();
  }

  /// One that the source tells of is not counted once more.
  @Test
  void lossIsCountedOnceForAnAccount() {
    source.add(
        source
            .google(key(2), "t", "GPA.1", NOW + 5 * DAY)
            .with("unredeemed_unix_ts_ms", NOW - 10 * DAY),
        user(2, 8, NOW + 5 * DAY),
        source
            .google(null, "t", "GPA.1..0", NOW + 2 * DAY)
            .with("unredeemed_unix_ts_ms", NOW - DAY)
            .with(BUYER, sha256(key(2))));
    it.acceptedLosses = Set.of(Category.CLAIM_ON_TOUCH);

    assertThat(it.apply(source).findings().losses()).isEqualTo(Map.of(Category.CLAIM_ON_TOUCH, 1L));
  }

  @Test
  void paymentThatWaitsOtherwiseIsFoundByComparingOnceMore() {
    source.add(waiting("t", "o", NOW + 5 * DAY));
    applied();
    it.database.write(handle ->
        handle.execute("UPDATE payments SET expiry_at = expiry_at + 1 WHERE account_id IS NULL"));

    assertThat(it.verify(source).findings().unexplained())
        .extracting(Tally.Unexplained::part)
        .contains("touched_term", "touched_coverage", "touched_item_expiry");
  }

  @Test
  void paymentThatWaitsForNobodyAnyMoreIsFoundByComparingOnceMore() {
    source.add(waiting("t", "o", NOW + 5 * DAY));
    applied();
    it.database.write(
        handle -> handle.execute("UPDATE payments SET binding = NULL WHERE account_id IS NULL"));

    assertThat(it.verify(source).findings().unexplained())
        .extracting(Tally.Unexplained::part)
        .contains("touched");
  }

  @Test
  void accountThatWasLeftBehindComesBackWithWhatWaits() {
    source.add(
        user(2, 8, NOW - DAY),
        source.google(null, "t", "o", NOW + 5 * DAY).with(BUYER, sha256(key(2))));
    it.accepted = Set.of(Anomaly.ACCOUNT_WITHOUT_PAYMENT);

    assertThat(sum(Category.CLAIM_ON_TOUCH).accounts()).isEqualTo(1);
    assertThat(it.ledger.account(master(2))).isEmpty();
  }
}
