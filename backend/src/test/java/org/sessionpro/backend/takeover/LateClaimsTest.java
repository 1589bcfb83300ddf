package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.sha256;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.ledger.PaymentClaim;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.backend.takeover.PythonDatabase.Row;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// What is told of payments of nobody that the old service would have refused, or proven otherwise, had
/// somebody added them (`import-python.md` §6.2).
class LateClaimsTest extends TakeoverRig {
  private static final String BUYER = "google_obfuscated_account_id";

  private Row ended(String transaction) {
    return source.apple(null, "1000", transaction, NOW - 5 * DAY);
  }

  private Row google(long expiry) {
    return source.google(null, "token", "GPA.1", expiry);
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
                google(NOW + DAY).with(BUYER, sha256(key(1))),
                ended("1002").with("status", 4).with("revoked_unix_ts_ms", NOW - 6 * DAY)))
        .isEmpty();
  }

  @Test
  void purchaseOfGoogleThatNamesNoBuyerIsOneMoreThatCanBeAdded() {
    assertThat(counted(google(NOW + DAY))).containsExactly(Map.entry(Category.CLAIM_BY_NAME, 1L));

    it.target.imports().seal();
    PaymentName name = new PaymentName.Google(new PurchaseToken("token"), new OrderId("GPA.1"));
    assertThat(it.ledger.claim(PaymentClaim.of(master(1), name), Takeovers.NOW))
        .isInstanceOf(PaymentClaim.Outcome.Bound.class);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, -5", "2, 1", "3, -5"})
  void purchaseOfGoogleWhoseBuyerCannotBeReadCanBeAddedToo(int status, long daysLeft) {
    assertThat(
            counted(google(NOW + daysLeft * DAY).with("status", status).with(BUYER, new byte[5])))
        .containsExactly(Map.entry(Category.CLAIM_BY_NAME, 1L));
  }

  @Test
  void tokenOfNoKeyKeepsEverybodyFromAddingAPaymentAsBefore() {
    assertThat(
            counted(
                ended("1001").with("status", 3).with("apple_app_account_token", "me"),
                source
                    .apple(null, "1000", "1002", NOW + DAY)
                    .with("status", 2)
                    .with("apple_app_account_token", "me")))
        .isEmpty();
  }

  @Test
  void voucherOfNobodyCannotBeAddedAsBefore() {
    assertThat(counted(source.voucher(null, "order", NOW - 5 * DAY).with("status", 3))).isEmpty();
  }
}
