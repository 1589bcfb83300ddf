package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.ledger.PaymentClaim;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.takeover.PythonDatabase.Row;
import org.sessionpro.protocol.TransactionId;

/// What is told of payments of nobody that the old service would have refused, or proven otherwise, had
/// somebody added them (`import-python.md` §6.2).
class LateClaimsTest extends TakeoverRig {
  private Row ended(String transaction) {
    return source.apple(null, "1000", transaction, NOW - 5 * DAY);
  }

  /// How many payments there are of each category.
  private Map<Category, Long> counted(Row... rows) {
    source.add(rows);
    ImportReport report = it.apply(source);
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
    return report.findings().categories().entrySet().stream()
        .filter(entry -> entry.getValue().accounts() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().accounts()));
  }

  @Test
  void paymentThatTheOldServiceNotedTheEndOfIsOneMoreThatCanBeAdded() {
    assertThat(counted(ended("1001").with("status", 3)))
        .containsExactly(Map.entry(Category.CLAIM_AFTER_END, 1L));

    it.target.imports().seal();
    PaymentName name = new PaymentName.Apple(new TransactionId("1001"));
    assertThat(it.ledger.claim(PaymentClaim.of(master(1), name), Takeovers.NOW))
        .isInstanceOf(PaymentClaim.Outcome.Bound.class);
  }

  @Test
  void paymentThatEndedUnnoticedIsNoLongerProven() {
    assertThat(counted(ended("1001"))).containsExactly(Map.entry(Category.CLAIM_AFTER_END, 1L));
  }

  @Test
  void paymentThatNobodyRedeemedThoughItSaysSoCanBeAdded() {
    assertThat(counted(source.apple(null, "1000", "1001", NOW + DAY).with("status", 2)))
        .containsExactly(Map.entry(Category.REPAIRED, 1L));
  }

  @Test
  void rowsThatAllEndedAreOnePaymentThatEnded() {
    assertThat(
            counted(
                ended("1001").with("status", 3).with("apple_web_line_order_tx_id", "9"),
                ended("1002").with("status", 3).with("apple_web_line_order_tx_id", "9")))
        .containsExactly(Map.entry(Category.CLAIM_AFTER_END, 1L));
  }

  @Test
  void whatWaitsOrWasRefundedIsAddedAsBefore() {
    assertThat(
            counted(
                source.apple(null, "1000", "1001", NOW + DAY),
                ended("1002").with("status", 4).with("revoked_unix_ts_ms", NOW - 6 * DAY)))
        .isEmpty();
  }
}
