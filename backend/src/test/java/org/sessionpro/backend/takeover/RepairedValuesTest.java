package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.PythonDatabase.Row;

/// What stands in the ledger for rows of March 2026 that were mended, value by value: the comparison
/// itself expects what the same rules came to.
class RepairedValuesTest extends TakeoverRig {
  private static final long EXPIRY = NOW + 10 * DAY;

  @BeforeEach
  void acceptAll() {
    it.accepted = EnumSet.allOf(Anomaly.class);
    it.acceptedLosses = EnumSet.allOf(Category.class);
  }

  private Row google(long expiry) {
    return source.google(key(1), "token", "GPA.1", expiry);
  }

  /// What becomes of the only payment of an account.
  private RegisteredPayment mended(Row... rows) {
    source.add(rows);
    source.add(user(1, 7, EXPIRY));
    applied();
    List<RegisteredPayment> newest =
        it.ledger.details(master(1), 10, Takeovers.NOW).orElseThrow().newest();
    assertThat(newest).hasSize(1);
    return newest.getFirst();
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "3888000000, 1m",
    "3888000001, 3m",
    "15552000000, 3m",
    "15552000001, 1y",
  })
  void lengthTellsThePlanThatIsMissing(long length, String plan) {
    Payment payment =
        mended(google(EXPIRY).with("plan", 0).with("unredeemed_unix_ts_ms", EXPIRY - length))
            .payment();

    assertThat(payment.witnessed().product().plan().code()).isEqualTo(plan);
  }

  /// Not by the rule about ends of grace periods, which only Apple's rows have.
  @Test
  void graceOfLessThanNothingIsMended() {
    source.add(
        google(EXPIRY).with("auto_renewing", true).with("grace_period_duration_ms", -5L),
        user(1, 7, EXPIRY - 5).with("auto_renewing", true).with("grace_period_duration_ms", -5L));

    Findings findings = it.apply(source).findings();

    assertThat(findings.unexplained()).isEmpty();
    assertThat(findings.of(Category.REPAIRED)).isEqualTo(new Tally.Sum(1, 1, 5, 5));
    assertThat(findings.of(Category.APPLE_GRACE_ABSOLUTE)).isEqualTo(Tally.Sum.NOTHING);
  }

  /// What the old service adds in Google's tests.
  @Test
  void tenSecondsAtGoogleAreNoGrace() {
    RegisteredPayment payment = mended(google(EXPIRY).with("grace_period_duration_ms", 10_000L));

    assertThat(payment.payment().terms().grace()).isNull();
  }

  @Test
  void tenSecondsAtAppleAreGrace() {
    RegisteredPayment payment =
        mended(
            source.apple(key(1), "1000", "1001", EXPIRY).with("grace_period_duration_ms", 10_000L));

    assertThat(payment.payment().terms().grace()).isEqualTo(Duration.ofSeconds(10));
  }

  private Instant revokedAt(RegisteredPayment payment) {
    var revocation = Objects.requireNonNull(payment.payment().revocation());
    return revocation.at();
  }

  @Test
  void refundOfUnknownInstantIsNowWhileTheTermRuns() {
    assertThat(revokedAt(mended(google(EXPIRY).with("status", 4)))).isEqualTo(at(NOW));
  }

  @Test
  void refundOfUnknownInstantIsAtTheEndOfATermThatIsOver() {
    assertThat(revokedAt(mended(google(NOW - 3 * DAY).with("status", 4))))
        .isEqualTo(at(NOW - 3 * DAY));
  }

  @Test
  void purchaseAfterItsEndWasAtItsEnd() {
    RegisteredPayment payment =
        mended(google(EXPIRY).with("unredeemed_unix_ts_ms", EXPIRY + 5_000));

    assertThat(payment.purchasedAt()).isEqualTo(at(EXPIRY));
    assertThat(payment.payment().terms().expiry()).isEqualTo(at(EXPIRY));
  }

  private static Instant redeemedAt(RegisteredPayment payment) {
    var owner = Objects.requireNonNull(payment.payment().owner());
    return owner.redeemedAt();
  }

  @Test
  void redemptionOfUnknownInstantWasAtThePurchase() {
    assertThat(redeemedAt(mended(google(EXPIRY).with("redeemed_unix_ts_ms", null))))
        .isEqualTo(at(NOW - 20 * DAY));
  }

  @Test
  void rowsOfOnePaymentBecomeTheFirstWithTheTermsOfTheLast() {
    RegisteredPayment payment =
        mended(
            google(EXPIRY - 5 * DAY).with("redeemed_unix_ts_ms", NOW - 3 * DAY),
            google(EXPIRY)
                .with("redeemed_unix_ts_ms", NOW - 4 * DAY)
                .with("grace_period_duration_ms", 2 * DAY));

    assertThat(payment.id().value()).isEqualTo(1);
    assertThat(redeemedAt(payment)).isEqualTo(at(NOW - 4 * DAY));
    assertThat(payment.payment().terms().expiry()).isEqualTo(at(EXPIRY));
    assertThat(payment.payment().terms().grace()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void rowsOfOnePaymentWereRevokedWhenTheFirstOfThemWas() {
    RegisteredPayment payment =
        mended(
            google(EXPIRY).with("status", 4).with("revoked_unix_ts_ms", NOW - DAY),
            google(EXPIRY).with("status", 4).with("revoked_unix_ts_ms", NOW - 2 * DAY),
            google(EXPIRY));

    assertThat(revokedAt(payment)).isEqualTo(at(NOW - 2 * DAY));
  }

  @Test
  void tokenOfAppleThatIsNoUuidMatchesNobody() {
    source.add(
        source
            .apple(null, "1000", "1001", EXPIRY)
            .with("apple_app_account_token", "00000107-0000-4000-8000"));
    sealed();

    assertThat(it.target.imports().unclaimed()).isEqualTo(1);
    assertThat(it.target.imports().awaited())
        .hasSize(1)
        .doesNotContainAnyElementsOf(OwnerIds.of(master(1)).all());
    assertThat(it.ledger.visit(master(1), Takeovers.NOW, Takeovers.NOW).bind()).isFalse();
  }

  @Test
  void revokedTagOfAnAccountWithoutPaymentsStaysListed() {
    source.add(user(1, 7, NOW - DAY), PythonDatabase.revocation(7, NOW - 2 * DAY, NOW - DAY));
    applied();

    assertThat(it.ledger.account(master(1))).isEmpty();
    assertThat(it.ledger.revocations(Takeovers.NOW, Duration.ofDays(31)).revoked())
        .extracting((RevokedTag one) -> one.tag().hex())
        .containsExactly("997966863d941d6ec7b1bf3d21ae470672ab226531f1594c410b0f62f83ba9c6");
  }

  @Test
  void copyOfAFileBringsWhatIsStillInItsLog() throws Exception {
    assumeFalse(source.isServer());
    source.execute("PRAGMA journal_mode = WAL");
    source.add(google(EXPIRY), user(1, 7, EXPIRY));
    Path original = ((DatabaseUrl.Sqlite) source.url()).file();
    Path copy = folder.resolve("copy.db");
    Files.copy(original, copy);
    Path log = Path.of(original + "-wal");
    assertThat(Files.size(log)).isPositive();
    Files.copy(log, Path.of(copy + "-wal"));

    assertThat(it.apply(new DatabaseUrl.Sqlite(copy)).verdict())
        .isEqualTo(ImportReport.Verdict.EQUAL);

    assertThat(account(1).entitlement().expiry()).isEqualTo(at(EXPIRY));
  }
}
