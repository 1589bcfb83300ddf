package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.backend.takeover.SummerDatabase.NOW;
import static org.sessionpro.backend.takeover.SummerDatabase.at;
import static org.sessionpro.backend.takeover.SummerDatabase.span;
import static org.sessionpro.backend.takeover.SummerDatabase.user;
import static org.sessionpro.backend.takeover.SummerDatabase.userRow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.takeover.Anomaly.Kind;
import org.sessionpro.backend.takeover.source.PythonSource;
import org.sessionpro.backend.takeover.source.SourceRefused;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;

/// What is odd about a database of summer 2026, each in one of its own, and what becomes of it.
class SummerAnomaliesTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant EXPIRY = NOW.plus(DAY.multipliedBy(10));
  private static final Instant LAPSED = NOW.minus(DAY.multipliedBy(10));

  private static final MasterKey OWNER = new MasterKey(ByteString.of(PythonDatabase.key(1)));

  @TempDir Path folder;
  private SummerDatabase source;
  private Takeovers it;

  @BeforeEach
  void open() {
    source = SummerDatabase.create(folder);
    it = new Takeovers(Engine.SQLITE, folder);
    it.accepted = EnumSet.allOf(Anomaly.class);
    it.acceptedLosses = EnumSet.allOf(Category.class);
  }

  @AfterEach
  void close() {
    it.close();
    source.close();
  }

  static Set<Anomaly> oddityIsCountedAndTakenOverByItsRule() {
    return EnumSet.of(
        Anomaly.PURCHASED_AFTER_EXPIRY,
        Anomaly.REVOKED_RENEWING,
        Anomaly.REDEEMED_WITHOUT_TIME,
        Anomaly.UNCLAIMED,
        Anomaly.UNCLAIMED_LAPSED,
        Anomaly.UNCLAIMED_REVOKED,
        Anomaly.ACCOUNT_WITHOUT_PAYMENT,
        Anomaly.ACCOUNT_WITHOUT_GENERATION,
        Anomaly.GENERATION_STALE,
        Anomaly.REFUND_MIXED,
        Anomaly.DUPLICATE_PAYMENT,
        Anomaly.DETAIL_MISSING,
        Anomaly.DETAIL_DOUBLE,
        Anomaly.DETAIL_FOREIGN,
        Anomaly.KEY_MISSING,
        Anomaly.TOKEN_NOT_UUID,
        Anomaly.BINDING_LENGTH,
        Anomaly.BINDING_MISMATCH,
        Anomaly.KEY_UNUSABLE,
        Anomaly.CREDIT_WITHOUT_CHECKPOINT,
        Anomaly.CHECKPOINT_WITHOUT_CREDIT,
        Anomaly.CREDIT_RENEWING,
        Anomaly.CREDIT_WITH_GRACE,
        Anomaly.GRACE_FOSSIL,
        Anomaly.GRACE_NEGATIVE,
        Anomaly.MINTED_STORE_CREDIT,
        Anomaly.DEV_DATABASE,
        Anomaly.GLOBALS_LEFT_OVER,
        Anomaly.ALLOWANCE_CHANGED,
        Anomaly.STALE_ACCOUNT_ROW,
        Anomaly.NOTIFICATION_EMPTY,
        Anomaly.NOTIFICATION_UNDECODABLE);
  }

  @ParameterizedTest
  @MethodSource
  void oddityIsCountedAndTakenOverByItsRule(Anomaly anomaly) {
    fill(anomaly);

    ImportReport report = it.apply(source.url());

    assertThat(report.findings().anomalies().getOrDefault(anomaly, 0L)).as("count").isPositive();
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.findings().quarantined() > 0)
        .as("quarantined")
        .isEqualTo(anomaly.kind() == Kind.QUARANTINED);
    assertThat(report.findings().blocking().containsKey(anomaly))
        .as("blocks")
        .isEqualTo(anomaly.kind() == Kind.BLOCKS || anomaly.kind() == Kind.QUARANTINED);
    assertThat(it.audit()).isEmpty();
  }

  private SummerDatabase.Sale google() {
    return source.google(1, "token", "GPA.1", EXPIRY);
  }

  private SummerDatabase.Sale apple() {
    return source.apple(1, "1000", "1001", EXPIRY);
  }

  private void owned(SummerDatabase.Sale... sales) {
    source.add(user(1, EXPIRY));
    source.sell(sales);
  }

  private void fill(Anomaly anomaly) {
    switch (anomaly) {
      case PURCHASED_AFTER_EXPIRY ->
          owned(google().with("purchased_at", at(EXPIRY.plusSeconds(1))));
      case REVOKED_RENEWING ->
          owned(google().with("revoked_at", at(LAPSED)).with("auto_renewing", true));
      case REDEEMED_WITHOUT_TIME -> owned(google().with("redeemed_at", null));
      case UNCLAIMED -> source.sell(source.google(null, "t", "o", EXPIRY));
      case UNCLAIMED_LAPSED -> source.sell(source.google(null, "t", "o", LAPSED));
      case UNCLAIMED_REVOKED ->
          source.sell(source.google(null, "t", "o", EXPIRY).with("revoked_at", at(NOW)));
      case ACCOUNT_WITHOUT_PAYMENT ->
          source.add(
              userRow(1, LAPSED), SummerDatabase.generation(1, 1, NOW.minus(DAY.multipliedBy(3))));
      case ACCOUNT_WITHOUT_GENERATION -> {
        source.execute("ALTER TABLE users DROP CONSTRAINT users_generation");
        source.add(userRow(1, EXPIRY).with("current_generation_id", 99L));
        source.sell(google());
      }
      case GENERATION_STALE -> {
        source.add(
            userRow(1, EXPIRY),
            SummerDatabase.generation(1, 1, null),
            SummerDatabase.generation(2, 1, null));
        source.sell(google());
      }
      case REFUND_MIXED ->
          owned(
              source.google(1, "token", "GPA.1", LAPSED).with("revoked_at", at(LAPSED.minus(DAY))),
              source.google(1, "token", "GPA.1..0", EXPIRY));
      case DUPLICATE_PAYMENT -> owned(google(), source.google(null, "token", "GPA.1", EXPIRY));
      case TOKEN_NOT_UUID -> owned(apple().detail("app_account_token", "me"));
      case BINDING_LENGTH -> owned(google().detail("obfuscated_account_id", new byte[5]));
      case BINDING_MISMATCH ->
          owned(google().detail("obfuscated_account_id", PythonDatabase.key(2)));
      case KEY_UNUSABLE -> {
        source.add(
            userRow(1, EXPIRY).with("master_pkey", new byte[32]),
            SummerDatabase.generation(1, 1, null));
        source.sell(google());
      }
      case DEV_DATABASE -> owned(source.google(1, "token", "DEV.1", EXPIRY));
      case GRACE_FOSSIL -> owned(google().with("grace_period", span(Duration.ofHours(1))));
      case GRACE_NEGATIVE -> owned(google().with("grace_period", span(Duration.ofHours(-5))));
      default -> fillMore(anomaly);
    }
  }

  private void fillMore(Anomaly anomaly) {
    SummerDatabase.Sale credit = source.credit(1, "order", DAY.multipliedBy(9));
    switch (anomaly) {
      case DETAIL_MISSING -> {
        source.add(user(1, EXPIRY));
        source.add(google().payment());
      }
      case DETAIL_DOUBLE -> {
        source.add(user(1, EXPIRY));
        SummerDatabase.Sale sale = google();
        source.sell(sale);
        source.add(apple().details().with("payment_id", sale.id()));
      }
      case DETAIL_FOREIGN -> owned(google().with("payment_provider", "app_store"));
      case KEY_MISSING -> owned(source.google(1, "token", "", EXPIRY));
      case CREDIT_WITHOUT_CHECKPOINT -> owned(credit);
      case CHECKPOINT_WITHOUT_CREDIT -> {
        source.add(
            userRow(1, EXPIRY).with("credits_checkpoint_at", at(LAPSED)),
            SummerDatabase.generation(1, 1, null));
        source.sell(google());
      }
      case CREDIT_RENEWING -> owned(credit.with("auto_renewing", true));
      case CREDIT_WITH_GRACE -> owned(credit.with("grace_period", span(DAY)));
      case MINTED_STORE_CREDIT ->
          owned(google().with("expiry_at", null).with("credit_remaining", span(DAY)));
      case GLOBALS_LEFT_OVER -> source.add(SummerDatabase.global("gen_index"));
      case ALLOWANCE_CHANGED ->
          it.options =
              new Options(
                  RenewalAllowance.DEFAULT,
                  false,
                  false,
                  false,
                  false,
                  Duration.ofHours(6),
                  Duration.ofHours(2));
      case STALE_ACCOUNT_ROW -> {
        source.add(user(1, LAPSED));
        source.sell(google());
      }
      case NOTIFICATION_EMPTY -> source.add(SummerDatabase.googleMessage("1", false, null));
      case NOTIFICATION_UNDECODABLE -> source.add(SummerDatabase.googleMessage("1", false, "{"));
      default -> throw new IllegalArgumentException(anomaly.name());
    }
  }

  private RegisteredPayment onlyPayment() {
    List<RegisteredPayment> all = it.ledger.page(OWNER, null, 10, NOW).orElseThrow().payments();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void hourThatAnEarlierVersionAddedIsNoGrace() {
    fill(Anomaly.GRACE_FOSSIL);

    it.apply(source.url());

    assertThat(onlyPayment().payment().terms().grace()).isNull();
  }

  @Test
  void creditIsChargedFromTheInstantOfTheRunIfNobodyKnowsBetter() {
    fill(Anomaly.CREDIT_WITHOUT_CHECKPOINT);

    it.apply(source.url());

    assertThat(it.ledger.account(OWNER).orElseThrow().creditsCheckpoint()).isEqualTo(NOW);
    assertThat(it.ledger.account(OWNER).orElseThrow().entitlement().expiry())
        .isEqualTo(NOW.plus(DAY.multipliedBy(9)));
  }

  @Test
  void purchaseAfterItsEndWasAtItsEnd() {
    fill(Anomaly.PURCHASED_AFTER_EXPIRY);

    it.apply(source.url());

    assertThat(onlyPayment().payment().witnessed().purchasedAt()).isEqualTo(EXPIRY);
  }

  @Test
  void paymentsOfSeveralOwnersUnderOneNameArePutAside() {
    source.add(user(1, EXPIRY));
    source.add(user(2, EXPIRY));
    source.sell(google(), source.google(2, "token", "GPA.1", EXPIRY));

    ImportReport report = it.apply(source.url());

    assertThat(report.findings().blocking()).containsKey(Anomaly.DUPLICATE_PAYMENT);
    assertThat(report.findings().quarantined()).isEqualTo(2);
    assertThat(report.findings().unexplained()).isEmpty();
  }

  @Test
  void newestPurchaseCountsWheneverItWasHeardOf() {
    source.add(user(1, LAPSED));
    source.sell(
        source.google(1, "token", "GPA.1..0", EXPIRY), source.google(1, "token", "GPA.1", LAPSED));

    ImportReport report = it.apply(source.url());

    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.findings().of(Category.FOLD_LATE_CYCLE).accounts()).isEqualTo(1);
  }

  @Test
  void accountRowThatItsPaymentsDoNotComeToIsADifferenceOfItsOwn() {
    source.add(user(1, LAPSED));
    source.sell(google());

    ImportReport report = it.apply(source.url());

    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.findings().of(Category.STALE_ACCOUNT_ROW).accounts()).isEqualTo(1);
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> it.rehearse(source.url()))
        .isInstanceOf(SourceRefused.class)
        .hasMessageContaining(why);
  }

  /// Whoever accepts everything else.
  private void assertBlocked(Anomaly anomaly) {
    ImportReport report = it.apply(source.url());

    assertThat(report.verdict()).isEqualTo(ImportReport.Verdict.BLOCKED);
    assertThat(report.obstacles()).containsExactly(anomaly.name());
    assertThat(report.findings().anomalies()).containsEntry(anomaly, 1L);
    assertThat(it.target.imports().run()).isEmpty();
  }

  @Test
  void lengthInMonthsBlocks() {
    owned(google());
    source.execute("UPDATE payments SET grace_period = INTERVAL '1 month'");

    assertBlocked(Anomaly.INTERVAL_MONTHS);
  }

  @Test
  void instantThatNeverComesBlocks() {
    owned(google());
    source.execute("UPDATE payments SET expiry_at = 'infinity'");

    assertBlocked(Anomaly.INSTANT_INFINITE);
  }

  @Test
  void codeThatIsNotKnownBlocks() {
    owned(google());
    source.execute("ALTER TABLE payments DROP CONSTRAINT payments_plan_fkey");
    source.execute("UPDATE payments SET plan = '2w'");

    assertBlocked(Anomaly.UNKNOWN_CODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO pro_plans VALUES ('2w')",
        "INSERT INTO payment_providers VALUES ('web')"
      })
  void codeThatNoPaymentHasBlocksToo(String change) {
    owned(google());
    source.execute(change);

    assertBlocked(Anomaly.UNKNOWN_CODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE stf_payment_details",
        "ALTER TABLE payments RENAME COLUMN expiry_at TO expires_at",
        "DELETE FROM migrations_applied WHERE name LIKE '006%'",
        "CREATE TABLE user_errors (payment_id TEXT)",
      })
  void versionBetweenTwoReleasesIsRefused(String change) {
    source.execute(change);

    assertRefused("migrate it with the last Python release first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO migrations_applied VALUES ('013_novelty.sql', now())",
        "CREATE TABLE novelty (id BIGINT)",
        "ALTER TABLE payments ADD COLUMN novelty BIGINT",
      })
  void noveltyIsRefused(String change) {
    source.execute(change);

    assertRefused("novelty");
  }

  @Test
  void noveltyIsLeftBehindIfTheOperatorWants() {
    source.execute("CREATE TABLE novelty (id BIGINT)");

    PythonSource.open(source.url(), Set.of("novelty")).close();
  }

  @Test
  void olderLineageIsAccepted() {
    source.execute("ALTER TABLE users DROP COLUMN proofs_issued_total");
    source.execute("ALTER TABLE google_notification_history RENAME COLUMN event_at TO expires_at");
    source.execute("ALTER TABLE google_reconcile_queue RENAME COLUMN eligible_at TO due_at");
    source.execute("ALTER TABLE google_reconcile_queue DROP COLUMN parked_at");
    source.execute(
        "INSERT INTO google_reconcile_queue (payment_token, due_at, revision, attempts)"
            + " VALUES ('token', now(), 1, 0)");
    owned(google());

    assertThat(it.apply(source.url()).findings().unexplained()).isEmpty();
  }
}
