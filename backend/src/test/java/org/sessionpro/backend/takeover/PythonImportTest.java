package org.sessionpro.backend.takeover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.inbox.InboxInspection;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.Ticket;

/// What becomes of the rows of a source.
class PythonImportTest extends TakeoverRig {
  @Test
  void accountsKeepTheirTermsTagsAndPaymentNumbers() {
    long expiry = NOW + 10 * DAY;
    source.add(
        source.google(key(1), "token", "GPA.1", expiry - 30 * DAY),
        source.google(key(1), "token", "GPA.1..0", expiry),
        user(1, 7, expiry));

    applied();

    assertThat(account(1).entitlement().expiry()).isEqualTo(Instant.ofEpochMilli(expiry));
    assertThat(account(1).generation().tag().hex())
        .isEqualTo("997966863d941d6ec7b1bf3d21ae470672ab226531f1594c410b0f62f83ba9c6");
    Ledger.Details details = it.ledger.details(master(1), 10, Takeovers.NOW).orElseThrow();
    assertThat(details.newest()).extracting(one -> one.id().value()).containsExactly(2L, 1L);
  }

  @Test
  void oldDefaultOfGraceGivesWayToTheAllowance() {
    long expiry = NOW + 10 * DAY;
    source.add(
        source
            .google(key(1), "token", "GPA.1", expiry)
            .with("auto_renewing", true)
            .with("grace_period_duration_ms", 3_600_000L),
        user(1, 7, expiry + 3_600_000)
            .with("auto_renewing", true)
            .with("grace_period_duration_ms", 3_600_000L));

    applied();

    assertThat(account(1).entitlement().grace()).isNull();
    assertThat(account(1).entitlement().renewing()).isTrue();
  }

  @Test
  void storesFirstWordCountsMoreThanWhatWasTakenOver() {
    long expiry = NOW + 10 * DAY;
    source.add(source.voucher(key(1), "order", expiry), user(1, 7, expiry));
    applied();
    RegisteredPayment payment =
        it.ledger.details(master(1), 1, Takeovers.NOW).orElseThrow().newest().getFirst();
    Instant other = Instant.ofEpochMilli(NOW + 5 * DAY);

    var stated =
        new TermsStated(other, null, null, null, Instant.ofEpochMilli(NOW - 100 * DAY), false);

    assertThat(payment.payment().apply(stated).terms().expiry()).isEqualTo(other);
  }

  @Test
  void paymentsOfNobodyWaitForTheirOwners() {
    source.add(
        source
            .google(null, "token", "GPA.1", NOW + DAY)
            .with("google_obfuscated_account_id", PythonDatabase.sha256(key(3))));

    sealed();

    assertThat(it.ledger.account(master(3))).isEmpty();
    assertThat(it.ledger.visit(master(3), Takeovers.NOW, Takeovers.NOW).bind()).isTrue();
    assertThat(account(3).entitlement().expiry()).isEqualTo(Instant.ofEpochMilli(NOW + DAY));
  }

  @Test
  void nextPaymentIsNumberedBehindThoseTakenOver() {
    source.add(source.voucher(key(1), "order", NOW + DAY).with("id", 4_711), user(1, 7, NOW + DAY));
    sealed();

    grantVoucher();

    Ledger.Details details = it.ledger.details(master(2), 1, Takeovers.NOW).orElseThrow();
    assertThat(details.newest().getFirst().id().value()).isGreaterThan(4_711);
  }

  @Test
  void ticketIsGreaterThanAnyThatWasServed() {
    source.execute("UPDATE runtime SET revocation_ticket = 1774446500");

    applied();

    assertThat(it.ledger.ticket()).isEqualTo(new Ticket(1_774_446_501));
  }

  @Test
  void revokedAccountsStayRevokedAndListed() {
    long refunded = NOW - DAY / 4;
    source.add(
        source
            .google(key(1), "token", "GPA.1", NOW + 20 * DAY)
            .with("status", 4)
            .with("revoked_unix_ts_ms", refunded),
        user(1, 7, refunded),
        PythonDatabase.revocation(7, refunded, NOW + 5 * DAY));

    applied();

    assertThat(account(1).generation().revokedAt()).isEqualTo(Instant.ofEpochMilli(refunded));
    assertThat(it.ledger.revocations(Takeovers.NOW, Duration.ofDays(31)).revoked()).hasSize(1);
  }

  @Test
  void revokedTagsOfNobodyAreListedUntilTheyArePruned() {
    source.add(PythonDatabase.revocation(7, NOW - 2 * DAY, NOW + 5 * DAY));

    sealed();

    assertThat(it.ledger.revocations(Takeovers.NOW, Duration.ofDays(31)).revoked()).hasSize(1);
    Instant later = Takeovers.NOW.plus(Duration.ofDays(32));
    assertThat(it.ledger.pruneRevocations(later, Duration.ofDays(31), 10)).isEqualTo(1);
    assertThat(it.ledger.revocations(Takeovers.NOW, Duration.ofDays(31)).revoked()).isEmpty();
  }

  @Test
  void messagesThatWereNotHandledAreWorkedOn() {
    String payload = "{\"message\":{\"data\":\"eyJhIjoxfQ==\"}}";
    source.add(
        PythonDatabase.googleMessage(11, true, null, NOW + DAY),
        PythonDatabase.googleMessage(12, false, payload, NOW + DAY),
        PythonDatabase.googleMessage(13, false, "not JSON", NOW + DAY));

    applied();

    StoreMessage kept =
        it.target.inbox().message(new MessageId(StoreProvider.GOOGLE, "12")).orElseThrow();
    assertThat(kept.payload()).isEqualTo(ByteString.of("{\"a\":1}".getBytes(UTF_8)));
    assertThat(it.target.inbox().message(new MessageId(StoreProvider.GOOGLE, "11"))).isEmpty();
    assertThat(it.target.inbox().message(new MessageId(StoreProvider.GOOGLE, "13"))).isPresent();
  }

  @Test
  void troubleIsToldUntilTheStoreSaysOtherwise() {
    source.add(
        source.google(key(1), "token", "GPA.1", NOW + DAY),
        user(1, 7, NOW + DAY),
        PythonDatabase.trouble(1, "token"));

    applied();

    assertThat(it.target.inbox().isInTrouble(() -> it.ledger.subscriptions().of(master(1))))
        .isTrue();
    assertThat(work("token").times().nextAt()).isEqualTo(Instant.parse("2026-03-25T13:46:40Z"));
    assertThat(work("token").failures().attempts()).isEqualTo(6);
  }

  private StoredWork work(String token) {
    return it.target
        .inbox()
        .inspection()
        .list(new InboxInspection.Filter(null, null, null, token), 1)
        .getFirst();
  }

  /// The digest of `token` comes after 5 085 s of the six hours.
  @Test
  void subscriptionsAreLookedAtWithinTheHoursAfterIt() {
    source.add(source.google(key(1), "token", "GPA.1", NOW + DAY), user(1, 7, NOW + DAY));

    applied();

    assertThat(work("token").times().nextAt()).isEqualTo(Instant.parse("2026-03-25T15:11:25Z"));
  }
}
