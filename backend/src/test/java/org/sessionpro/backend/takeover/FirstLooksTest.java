package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.InboxInspection;

/// Which subscriptions are looked at once a database is taken over, and when (`import-python.md` §4.7).
/// The instant of the run is 2026-03-25T13:46:40Z.
class FirstLooksTest {
  @TempDir Path folder;
  private PythonDatabase source;
  private Takeovers it;

  @BeforeEach
  void open() {
    source = PythonDatabase.create(Engine.SQLITE, folder);
    it = new Takeovers(Engine.SQLITE, folder);
  }

  @AfterEach
  void close() {
    it.close();
    source.close();
  }

  /// What is looked at after the run, with the instant of it.
  private List<String> looks() {
    assertThat(it.apply(source).verdict()).isEqualTo(ImportReport.Verdict.EQUAL);
    return it.target.inbox().inspection().list(InboxInspection.Filter.ALL, 10).stream()
        .map(work -> work.item().key() + " " + work.times().nextAt())
        .toList();
  }

  /// Coverage ends with the term, or with the allowance of an hour if it renews.
  @ParameterizedTest
  @CsvSource({"0, false, 0", "1, false, 1", "-3600000, true, 0", "-3599999, true, 1"})
  void subscriptionIsLookedAtIfItsCoverageEndedLessThanSixtyDaysAgo(
      long millisLater, boolean renewing, int looks) {
    long expiry = NOW - 60 * DAY + millisLater;
    source.add(
        source.google(key(1), "token", "GPA.1", expiry).with("auto_renewing", renewing),
        user(1, 7, expiry).with("auto_renewing", renewing));

    assertThat(looks()).hasSize(looks);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 0"})
  void paymentOfNobodyIsLookedAtIfItIsSixtyDaysOldAtMost(long millisLater, int looks) {
    source.add(
        source
            .apple(null, "1000", "1001", NOW + DAY)
            .with("unredeemed_unix_ts_ms", NOW - 60 * DAY + millisLater));

    assertThat(looks()).hasSize(looks);
  }

  @Test
  void noStoreIsAskedForVouchers() {
    source.add(
        source.voucher(key(1), "order", NOW + DAY),
        source.voucher(null, "other", NOW + DAY),
        user(1, 7, NOW + DAY));

    assertThat(looks()).isEmpty();
  }

  private void addFour() {
    source.add(
        source.google(key(1), "token", "GPA.1", NOW + DAY),
        source.google(key(1), "sooner", "GPB.1", NOW + DAY),
        source.google(key(1), "later", "GPC.1", NOW + DAY),
        source.apple(key(1), "1000", "1001", NOW + DAY),
        user(1, 7, NOW + DAY));
  }

  /// By the digests of their names: 5 085, 755, 2 495 and 5 426 s after the run.
  @Test
  void looksAreSpreadOverSixHours() {
    addFour();

    assertThat(looks())
        .containsExactlyInAnyOrder(
            "token 2026-03-25T15:11:25Z",
            "sooner 2026-03-25T13:59:15Z",
            "later 2026-03-25T14:28:15Z",
            "1000 2026-03-25T15:17:06Z");
  }

  @Test
  void looksAreSpreadOverAsLongAsTheOperatorWants() {
    it.options =
        new Options(RenewalAllowance.DEFAULT, false, false, false, false, Duration.ofHours(1));
    addFour();

    assertThat(looks())
        .containsExactlyInAnyOrder(
            "token 2026-03-25T14:00:47Z",
            "sooner 2026-03-25T13:48:45Z",
            "later 2026-03-25T13:53:35Z",
            "1000 2026-03-25T14:01:44Z");
  }

  @Test
  void purchasesOfNobodyAtGoogleComeFirst() {
    source.add(
        source.google(null, "token", "GPA.1", NOW + DAY),
        source.apple(null, "1000", "1001", NOW + DAY));

    assertThat(looks())
        .containsExactlyInAnyOrder("token 2026-03-25T13:46:40Z", "1000 2026-03-25T15:17:06Z");
  }
}
