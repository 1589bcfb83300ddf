package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.SummerDatabase.NOW;
import static org.sessionpro.backend.takeover.SummerDatabase.at;
import static org.sessionpro.backend.takeover.SummerDatabase.user;
import static org.sessionpro.backend.takeover.SummerDatabase.userRow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.takeover.SummerDatabase.Sale;

/// Accounts of summer 2026 whose owners ask for anything, so that what waits for them is bound on both
/// sides; nothing of which is kept.
class TouchedSummerTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String BUYER = "obfuscated_account_id";

  @TempDir Path folder;
  private SummerDatabase source;
  private Takeovers it;

  @BeforeEach
  void open() {
    source = SummerDatabase.create(folder);
    it = new Takeovers(Engine.SQLITE, folder);
  }

  @AfterEach
  void close() {
    it.close();
    source.close();
  }

  private static Instant days(int days) {
    return NOW.plus(DAY.multipliedBy(days));
  }

  private Findings applied() {
    ImportReport report = it.apply(source.url());
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
    return report.findings();
  }

  private Sale waiting(String token, String order, Instant expiry) {
    return source.google(null, token, order, expiry).detail(BUYER, PythonDatabase.key(1));
  }

  @Test
  void whatTheOldServiceBindsTooIsNoDifference() {
    source.add(user(1, days(1)));
    source.sell(source.google(1, "token", "GPA.1", days(1)), waiting("other", "GPA.2", days(5)));

    assertThat(applied().categories().values()).containsOnly(Tally.Sum.NOTHING);
  }

  @Test
  void whatTheDigestOfAKeyNamesIsBoundHereOnly() {
    source.add(user(1, days(1)));
    source.sell(
        source.google(1, "token", "GPA.1", days(1)),
        waiting("other", "GPA.2", days(5))
            .detail(BUYER, PythonDatabase.sha256(PythonDatabase.key(1))));

    long gained = DAY.multipliedBy(4).toMillis();
    assertThat(applied().of(Category.CLAIM_FORM)).isEqualTo(new Tally.Sum(1, 1, gained, gained));
  }

  @Test
  void cycleThatFollowsIsBoundHereOnly() {
    source.add(user(1, days(1)));
    source.sell(
        source.google(1, "token", "GPA.1", days(1)),
        waiting("other", "GPA.2", days(-25)),
        source.google(null, "other", "GPA.2..0", days(5)));

    assertThat(applied().of(Category.CLAIM_ON_TOUCH).accounts()).isEqualTo(1);
  }

  private void olderCycleWaits() {
    source.add(user(1, days(5)));
    source.sell(
        source.google(1, "token", "GPA.1", days(5)).with("purchased_at", at(days(-10))),
        waiting("token", "GPA.2", days(20)).with("purchased_at", at(days(-20))));
  }

  @Test
  void lossThatTheFirstRequestBringsBlocks() {
    olderCycleWaits();

    assertThat(it.apply(source.url()).obstacles()).containsExactly("FOLD_LATE_CYCLE");
  }

  @Test
  void ruleThatMattersOnlyThenIsNamed() {
    olderCycleWaits();
    it.acceptedLosses = Set.of(Category.FOLD_LATE_CYCLE);

    long lost = DAY.multipliedBy(-15).toMillis();
    assertThat(applied().of(Category.FOLD_LATE_CYCLE)).isEqualTo(new Tally.Sum(1, 1, lost, lost));
  }

  @Test
  void creditIsNotChargedForTimeThatWhatWaitsCovers() {
    source.add(
        userRow(1, days(4)).with("credits_checkpoint_at", at(days(-1))),
        SummerDatabase.generation(1, 1, null));
    source.sell(
        source.credit(1, "order", DAY.multipliedBy(5)), waiting("token", "GPA.1", days(10)));

    assertThat(applied().categories().values()).containsOnly(Tally.Sum.NOTHING);
  }

  @Test
  void creditThatRanOutStaysSpentWhateverWaits() {
    source.add(user(1, days(-3)));
    source.sell(
        source.credit(1, "order", Duration.ZERO).with("expiry_at", at(days(-3))),
        waiting("token", "GPA.1", days(10)));

    assertThat(applied().categories().values()).containsOnly(Tally.Sum.NOTHING);
  }

  @Test
  void accountThatWasLeftBehindComesBackWithWhatWaits() {
    source.add(user(1, days(-3)));
    source.sell(waiting("token", "GPA.1", days(10)));

    assertThat(applied().anomalies()).containsEntry(Anomaly.ACCOUNT_WITHOUT_PAYMENT, 1L);
  }
}
