package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement.NOT_NEEDED;
import static org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement.OWED;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.user;
import static org.sessionpro.backend.takeover.SummerDatabase.at;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;

/// What single columns of a source become, value by value (`import-python.md` §4.1, §4.3, §5).
class MappedValuesTest {
  private static final long EXPIRY = NOW + 10 * DAY;

  @TempDir Path folder;
  private Takeovers it;

  @BeforeEach
  void open() {
    it = new Takeovers(Engine.SQLITE, folder);
    it.accepted = EnumSet.allOf(Anomaly.class);
    it.acceptedLosses = EnumSet.allOf(Category.class);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private PythonDatabase spring() {
    return PythonDatabase.create(Engine.SQLITE, folder);
  }

  private void takeOver(PythonDatabase source) {
    assertThat(it.apply(source).verdict()).isEqualTo(ImportReport.Verdict.EQUAL);
  }

  private void takeOver(SummerDatabase source) {
    assertThat(it.apply(source.url()).verdict()).isEqualTo(ImportReport.Verdict.EQUAL);
  }

  private Acknowledgement acknowledgement() {
    return it.target
        .imports()
        .payment(new PaymentId(1))
        .orElseThrow()
        .payment()
        .requests()
        .acknowledgement();
  }

  @ParameterizedTest
  @CsvSource({"259200000, OWED", "259200001, NOT_NEEDED"})
  void purchaseOfNobodyMayBeUnacknowledgedForThreeDays(long ageMillis, Acknowledgement due) {
    try (PythonDatabase source = spring()) {
      source.add(
          source
              .google(null, "token", "GPA.1", EXPIRY)
              .with("unredeemed_unix_ts_ms", NOW - ageMillis));
      takeOver(source);
    }

    assertThat(acknowledgement()).isEqualTo(due);
  }

  @Test
  void purchaseOfSomebodyIsAcknowledged() {
    try (PythonDatabase source = spring()) {
      source.add(
          source.google(key(1), "token", "GPA.1", EXPIRY).with("unredeemed_unix_ts_ms", NOW - 1),
          user(1, 7, EXPIRY));
      takeOver(source);
    }

    assertThat(acknowledgement()).isEqualTo(NOT_NEEDED);
  }

  @Test
  void appleWantsNoAcknowledgement() {
    try (PythonDatabase source = spring()) {
      source.add(source.apple(null, "1000", "1001", EXPIRY).with("unredeemed_unix_ts_ms", NOW - 1));
      takeOver(source);
    }

    assertThat(acknowledgement()).isEqualTo(NOT_NEEDED);
  }

  /// However old it is, and whoever's.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void summerTellsWhatIsUnacknowledged(boolean isOwed) {
    try (SummerDatabase source = SummerDatabase.create(folder)) {
      source.add(SummerDatabase.user(1, Takeovers.NOW.plusSeconds(60)));
      source.sell(
          source
              .google(1, "token", "GPA.1", Takeovers.NOW.plusSeconds(60))
              .detail("needs_ack", isOwed));
      takeOver(source);
    }

    assertThat(acknowledgement()).isEqualTo(isOwed ? OWED : NOT_NEEDED);
  }

  private Instant issuedAt() {
    return it.ledger
        .account(new MasterKey(ByteString.of(key(1))))
        .orElseThrow()
        .generation()
        .issuedAt();
  }

  @Test
  void generationOfMarchWasIssuedAtTheNewestRedemption() {
    try (PythonDatabase source = spring()) {
      source.add(
          source.google(key(1), "token", "GPA.1..0", EXPIRY),
          source.google(key(1), "other", "GPB.1", EXPIRY - 40 * DAY),
          user(1, 7, EXPIRY));
      takeOver(source);
    }

    assertThat(issuedAt()).isEqualTo(Instant.parse("2026-03-06T00:00:00Z"));
  }

  /// Redemptions were rounded up to midnight.
  @Test
  void generationOfMarchWasIssuedByTheInstantOfTheRun() {
    try (PythonDatabase source = spring()) {
      source.add(
          source.voucher(key(1), "order", EXPIRY).with("redeemed_unix_ts_ms", 1_774_483_200_000L),
          user(1, 7, EXPIRY));
      takeOver(source);
    }

    assertThat(issuedAt()).isEqualTo(Instant.parse("2026-03-25T13:46:40Z"));
  }

  @Test
  void generationOfSummerWasIssuedWhenItSays() {
    Instant issued = Instant.parse("2025-12-01T01:02:03.000004Z");
    Instant expiry = Takeovers.NOW.plusSeconds(60);
    try (SummerDatabase source = SummerDatabase.create(folder)) {
      source.add(
          SummerDatabase.userRow(1, expiry),
          SummerDatabase.generation(1, 1, null).with("issued_at", at(issued)));
      source.sell(source.google(1, "token", "GPA.1", expiry));
      takeOver(source);
    }

    assertThat(issuedAt()).isEqualTo(issued);
  }

  /// The only row that was put aside.
  private String putAside() {
    return it.database.read(handle ->
        handle
            .createQuery(
                """
                SELECT source_table || ' ' || source_id || ' ' || code || ' ' || content
                FROM import_quarantine
                """)
            .mapTo(String.class)
            .one());
  }

  @Test
  void rowOfMarchIsPutAsideColumnByColumn() {
    try (PythonDatabase source = spring()) {
      source.add(
          source.google(key(1), "token", "GPA.1", EXPIRY).with("status", 0), user(1, 7, NOW - DAY));
      takeOver(source);
    }

    assertThat(putAside())
        .isEqualTo(
            """
            payments 1 STATUS_NIL {"id":1,"master_pkey":"%s","status":0,"plan":1,\
            "payment_provider":1,"auto_renewing":false,"unredeemed_unix_ts_ms":1772718400000,\
            "redeemed_unix_ts_ms":1772755200000,"expiry_unix_ts_ms":1775310400000,\
            "grace_period_duration_ms":0,"platform_refund_expiry_unix_ts_ms":1772891200000,\
            "revoked_unix_ts_ms":0,"apple_original_tx_id":"","apple_tx_id":"",\
            "apple_web_line_order_tx_id":"","google_payment_token":"token",\
            "google_order_id":"GPA.1","rangeproof_order_id":"","refund_requested_unix_ts_ms":0,\
            "google_obfuscated_account_id":"%s","apple_app_account_token":""}\
            """
                .formatted(hex(key(1)), hex(PythonDatabase.sha256(key(1)))));
  }

  @Test
  void rowOfSummerIsPutAsideColumnByColumn() {
    Instant expiry = Instant.ofEpochMilli(EXPIRY);
    try (SummerDatabase source = SummerDatabase.create(folder)) {
      source.add(SummerDatabase.user(1, Takeovers.NOW.minusSeconds(60)));
      source.sell(source.google(1, "token", "", expiry));
      takeOver(source);
    }

    assertThat(putAside())
        .isEqualTo(
            """
            payments 1 KEY_MISSING {"id":1,"master_pkey":"%s","plan":"1m",\
            "payment_provider":"google_play","auto_renewing":false,\
            "purchased_at":"2026-03-05T13:46:40Z","redeemed_at":"2026-03-05T13:46:45Z",\
            "expiry_at":"2026-04-04T13:46:40Z","grace_period":"",\
            "platform_refund_expiry_at":"2026-03-07T13:46:40Z","revoked_at":"",\
            "credit_remaining":"","payment_token":"token","google_order_id":"",\
            "obfuscated_account_id":"%s","needs_ack":false}\
            """
                .formatted(hex(key(1)), hex(key(1))));
  }

  private static String hex(byte[] bytes) {
    return ByteString.of(bytes).hex();
  }
}
