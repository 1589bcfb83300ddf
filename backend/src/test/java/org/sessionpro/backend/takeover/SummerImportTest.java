package org.sessionpro.backend.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.takeover.SummerDatabase.NOW;
import static org.sessionpro.backend.takeover.SummerDatabase.at;
import static org.sessionpro.backend.takeover.SummerDatabase.span;
import static org.sessionpro.backend.takeover.SummerDatabase.tag;
import static org.sessionpro.backend.takeover.SummerDatabase.user;
import static org.sessionpro.backend.takeover.SummerDatabase.userRow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Damage;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.InboxInspection;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.ledger.Finding;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.takeover.ImportReport.Verdict;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.Crypto;

/// What becomes of a database of summer 2026.
@ParameterizedClass
@EnumSource(Engine.class)
class SummerImportTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Parameter Engine engine;
  @TempDir Path folder;
  private SummerDatabase source;
  private Takeovers it;

  @BeforeEach
  void open() {
    source = SummerDatabase.create(folder);
    it = new Takeovers(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
    source.close();
  }

  private static MasterKey master(int number) {
    return new MasterKey(ByteString.of(PythonDatabase.key(number)));
  }

  private Account account(int number) {
    return it.ledger.account(master(number)).orElseThrow();
  }

  private ImportReport applied() {
    ImportReport report = it.apply(source.url());
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(report.obstacles()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(it.audit()).isEmpty();
    return report;
  }

  @Test
  void accountsKeepTermTagOffsetCountersAndPaymentNumbers() {
    Instant expiry = NOW.plus(DAY.multipliedBy(10)).plusNanos(1_000);
    source.add(
        userRow(1, expiry)
            .with("proof_expiry_offset", 4_711)
            .with("proofs_issued_total", 9L)
            .with("proofs_issued_window", 3L)
            .with("proofs_issued_past_expiry_window", 1L)
            .with("proofs_window_start", at(NOW.minus(DAY))),
        SummerDatabase.generation(1, 1, null));
    source.sell(
        source.google(1, "token", "GPA.1", expiry.minus(DAY.multipliedBy(30))),
        source.google(1, "token", "GPA.1..0", expiry));

    applied();

    Account account = account(1);
    assertThat(account.entitlement().expiry()).isEqualTo(expiry);
    assertThat(account.generation().tag()).isEqualTo(new RevocationTag(ByteString.of(tag(1))));
    assertThat(account.offset()).isEqualTo(new ProofOffset(4_711));
    assertThat(account.counters()).isEqualTo(new ProofCounters(9, 3, 1, NOW.minus(DAY)));
    assertThat(it.ledger.page(master(1), null, 10, NOW).orElseThrow().payments())
        .extracting(one -> one.id().value())
        .containsExactly(2L, 1L);
  }

  @Test
  void creditKeepsWhatIsLeftAndRunsFromWhereItWasCharged() {
    Instant checkpoint = NOW.minus(Duration.ofHours(6));
    source.add(
        userRow(1, checkpoint.plus(DAY.multipliedBy(12)))
            .with("credits_checkpoint_at", at(checkpoint)),
        SummerDatabase.generation(1, 1, null));
    source.sell(source.credit(1, "order", DAY.multipliedBy(12)));

    applied();

    Account now = it.ledger.account(master(1), NOW).orElseThrow();
    assertThat(account(1).creditsCheckpoint()).isEqualTo(checkpoint);
    assertThat(now.entitlement().expiry()).isEqualTo(checkpoint.plus(DAY.multipliedBy(12)));
    assertThat(remaining(NOW)).isEqualTo(DAY.multipliedBy(12).minusHours(6));
  }

  private Duration remaining(Instant at) {
    Ledger.Details details = it.ledger.details(master(1), 10, at).orElseThrow();
    RegisteredPayment credit = details.newest().getFirst();
    return credit.payment().credit() == null
        ? Duration.ZERO
        : credit.payment().credit().remaining();
  }

  @Test
  void creditThatRanOutStaysSpentWhereItEnded() {
    Instant ended = NOW.minus(DAY.multipliedBy(3));
    source.add(user(1, ended));
    source.sell(source.credit(1, "order", Duration.ZERO).with("expiry_at", at(ended)));

    applied();

    assertThat(remaining(NOW)).isZero();
    assertThat(account(1).entitlement().expiry()).isEqualTo(ended);
  }

  @Test
  void timeThatASubscriptionCoveredIsNotCharged() {
    Instant checkpoint = NOW.minus(DAY);
    Instant end = NOW.minus(Duration.ofHours(10));
    source.add(
        userRow(1, end.plus(DAY.multipliedBy(5))).with("credits_checkpoint_at", at(checkpoint)),
        SummerDatabase.generation(1, 1, null));
    source.sell(
        source.google(1, "token", "GPA.1", end), source.credit(1, "order", DAY.multipliedBy(5)));

    applied();

    assertThat(it.ledger.account(master(1), NOW).orElseThrow().entitlement().expiry())
        .isEqualTo(end.plus(DAY.multipliedBy(5)));
  }

  @Test
  void creditsOfARenewingSubscriptionInGraceBeginWhereCoverageEnds() {
    Instant checkpoint = NOW.minus(Duration.ofHours(2));
    Instant end = NOW.minus(DAY.multipliedBy(5));
    source.add(
        userRow(1, checkpoint.plus(DAY.multipliedBy(10)))
            .with("grace_period", span(DAY.multipliedBy(16)))
            .with("auto_renewing", true)
            .with("credits_checkpoint_at", at(checkpoint)),
        SummerDatabase.generation(1, 1, null));
    source.sell(
        source
            .apple(1, "1000", "1001", end)
            .with("auto_renewing", true)
            .with("grace_period", span(DAY.multipliedBy(16))),
        source.credit(1, "order", DAY.multipliedBy(10)));
    it.acceptedLosses = Set.of(Category.CREDIT_ANCHOR);

    ImportReport report = applied();

    assertThat(report.findings().of(Category.CREDIT_ANCHOR).accounts()).isEqualTo(1);
    assertThat(it.ledger.account(master(1), NOW).orElseThrow().entitlement().expiry())
        .isEqualTo(end.plus(DAY.multipliedBy(10)));
  }

  /// The hour of the allowance in which the renewal could still come covered, too.
  @Test
  void subscriptionThatEndedSinceTheLastChargeCoveredItsAllowanceToo() {
    Instant end = NOW.minus(Duration.ofHours(10));
    source.add(
        userRow(1, end.plus(DAY.multipliedBy(5)))
            .with("auto_renewing", true)
            .with("credits_checkpoint_at", at(NOW.minus(DAY))),
        SummerDatabase.generation(1, 1, null));
    source.sell(
        source.google(1, "token", "GPA.1", end).with("auto_renewing", true),
        source.credit(1, "order", DAY.multipliedBy(5)));

    ImportReport report = applied();

    assertThat(report.findings().of(Category.CREDIT_SAMPLING).accounts()).isEqualTo(1);
    assertThat(it.ledger.account(master(1), NOW).orElseThrow().entitlement().expiry())
        .isEqualTo(Instant.parse("2026-03-30T04:46:40Z"));
  }

  @Test
  void revokedGenerationsKeepTheirStampsAndOldOnesStayBehindTheCurrent() {
    Instant revoked = NOW.minus(DAY.multipliedBy(2));
    source.add(
        userRow(1, NOW.plus(DAY)).with("current_generation_id", 2L),
        SummerDatabase.generation(1, 1, revoked),
        SummerDatabase.generation(2, 1, null));
    source.sell(source.google(1, "token", "GPA.1", NOW.plus(DAY)));

    applied();

    assertThat(account(1).generation().ordinal()).isEqualTo(2);
    assertThat(it.ledger.revocations(NOW, Duration.ofDays(31)).revoked())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.tag()).isEqualTo(new RevocationTag(ByteString.of(tag(1))));
          assertThat(one.recordedAt()).isEqualTo(revoked);
        });
  }

  @Test
  void generationThatWasRevokedLongAgoStaysRevokedAndIsNotListed() {
    Instant revoked = NOW.minus(DAY.multipliedBy(32));
    source.add(userRow(1, NOW.plus(DAY)), SummerDatabase.generation(1, 1, revoked));
    source.sell(source.google(1, "token", "GPA.1", NOW.plus(DAY)));

    applied();

    assertThat(account(1).generation().revokedAt()).isEqualTo(revoked);
    assertThat(it.ledger.revocations(NOW, Duration.ofDays(31)).revoked()).isEmpty();
  }

  @Test
  void generationThatTheOldServiceLeftStandingIsNoFault() {
    twoGenerationsStand();

    applied();

    assertThat(account(1).generation().ordinal()).isEqualTo(2);
  }

  private void twoGenerationsStand() {
    source.add(
        userRow(1, NOW.plus(DAY)).with("current_generation_id", 2L),
        SummerDatabase.generation(1, 1, null),
        SummerDatabase.generation(2, 1, null));
    source.sell(source.google(1, "token", "GPA.1", NOW.plus(DAY)));
  }

  @Test
  void generationThatStaysStandingAfterwardsIsAFault() {
    twoGenerationsStand();
    applied();
    it.target.imports().seal();
    it.ledger.revoke(master(1), "test", NOW.plusSeconds(1));
    Damage.to(it.url, "UPDATE generations SET revoked_at = NULL");

    assertThat(it.audit())
        .extracting(Finding::part)
        .contains("generation_2")
        .doesNotContain("generation_1");
  }

  @Test
  void paymentsOfNobodyWaitForTheirOwnersByEitherFormOfTheirId() {
    source.sell(
        source
            .google(null, "token", "GPA.1", NOW.plus(DAY))
            .detail("obfuscated_account_id", PythonDatabase.key(3)),
        source
            .google(null, "other", "GPA.2", NOW.plus(DAY))
            .detail("obfuscated_account_id", PythonDatabase.sha256(PythonDatabase.key(4))));

    applied();
    it.target.imports().seal();

    assertThat(it.ledger.visit(master(3), NOW, NOW).bind()).isTrue();
    assertThat(it.ledger.visit(master(4), NOW, NOW).bind()).isTrue();
  }

  private StoredWork work(String token) {
    return it.target
        .inbox()
        .inspection()
        .list(new InboxInspection.Filter(null, null, null, token), 1)
        .getFirst();
  }

  @Test
  void queueGoesOnAndWhatWasGivenUpStaysSo() {
    source.add(
        SummerDatabase.queued("waits", 2, null)
            .with("eligible_at", at(NOW.plusSeconds(3_600).plusNanos(1_000))),
        SummerDatabase.queued("parked", 36, NOW.minusSeconds(5))
            .with("eligible_at", at(NOW.minusSeconds(7_200))));

    applied();

    StoredWork waits = work("waits");
    assertThat(waits.times().nextAt()).isEqualTo(Instant.parse("2026-03-25T14:46:40.000001Z"));
    assertThat(waits.failures().attempts()).isEqualTo(2);
    assertThat(waits.error()).isEqualTo("timeout");
    assertThat(waits.parked()).isNull();
    StoredWork parked = work("parked");
    assertThat(parked.times().nextAt()).isEqualTo(Instant.parse("2026-03-25T11:46:40Z"));
    assertThat(parked.failures().attempts()).isEqualTo(36);
    assertThat(parked.parked())
        .extracting(StoredWork.Parked::at, StoredWork.Parked::reason)
        .containsExactly(Instant.parse("2026-03-25T13:46:35Z"), ParkReason.EXHAUSTED);
  }

  /// First looks are spread over six hours by the digests of tokens: `token` comes after 5 085 s,
  /// `sooner` after 755 s, `later` after 2 495 s.
  @ParameterizedTest
  @CsvSource({
    "token, , 2026-03-25T15:11:25Z",
    "sooner, 2026-03-25T13:56:40.000001Z, 2026-03-25T13:56:40.000001Z",
    "later, 2026-03-25T14:46:40Z, 2026-03-25T14:28:15Z"
  })
  void subscriptionIsLookedAtWhenItIsDueFirst(String token, @Nullable Instant queued, Instant due) {
    source.add(user(1, NOW.plus(DAY)));
    source.sell(source.google(1, token, "GPA.1", NOW.plus(DAY)));
    if (queued != null) {
      source.add(SummerDatabase.queued(token, 0, null).with("eligible_at", at(queued)));
    }

    applied();

    assertThat(work(token).times().nextAt()).isEqualTo(due);
  }

  @Test
  void purchaseOfNobodyIsLookedAtAtOnce() {
    source.sell(source.google(null, "token", "GPA.1", NOW.plus(DAY)));

    applied();

    assertThat(work("token").times().nextAt()).isEqualTo(Instant.parse("2026-03-25T13:46:40Z"));
  }

  @Test
  void ticketIsGreaterThanAnyThatWasServed() {
    source.execute("UPDATE globals SET int_val = 1774446500 WHERE key = 'revocation_ticket'");

    applied();

    assertThat(it.ledger.ticket()).isEqualTo(new Ticket(1_774_446_501));
  }

  @ParameterizedTest
  @CsvSource({"false, BLOCKED", "true, EQUAL"})
  void keyThatEverybodyKnowsBlocksOutsideOfDevelopment(boolean development, Verdict verdict) {
    it.summerKey = ServerKey.development(Crypto.selfTested()).publicKey();
    it.options =
        new Options(
            RenewalAllowance.DEFAULT, development, false, false, false, Duration.ofHours(6));

    assertThat(it.apply(source.url()).verdict()).isEqualTo(verdict);
  }

  @Test
  void secondRunChangesNothing() {
    RandomSummer made = new RandomSummer(new Random(1));
    for (int number = 1; number <= 30; number++) {
      made.customer(number);
    }
    source.add(made.take());
    it.acceptedLosses = Set.of(Category.values());
    it.apply(source.url());
    Account before = account(7);

    assertThat(it.apply(source.url()).verdict()).isEqualTo(Verdict.EQUAL);

    assertThat(account(7)).isEqualTo(before);
  }
}
