package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Damage;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.ledger.Finding.Subject;
import org.sessionpro.protocol.MasterKey;

/// What a check of a ledger finds in one that is sound, and in one for every way of damage.
///
/// Alice holds a renewing Google subscription (payment 1) and a voucher behind it (payment 2); her
/// first generation was revoked. Bob holds a voucher (payment 3). Payment 4 waits for Carol.
@ParameterizedClass
@EnumSource(Engine.class)
class LedgerAuditTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final MasterKey CAROL = LedgerFixture.key(3);

  @Parameter Engine engine;
  @TempDir Path folder;
  private final Instant start =
      CLOCK.instant().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofDays(20));
  private DatabaseUrl url;
  private LedgerFixture it;

  @BeforeEach
  void open() {
    url = engine.empty(folder);
    it = new LedgerFixture(Databases.open(url));
    it.record(it.cycle("token", "order", start, day(30), rawKey(ALICE)), start);
    it.ledger.visit(ALICE, start, start).bind();
    it.voucher(ALICE, 30, day(1));
    it.ledger.revoke(ALICE, "test", day(2));
    it.voucher(BOB, 365, day(3));
    it.record(it.cycle("other", "unclaimed", day(4), day(34), rawKey(CAROL)), day(4));
  }

  @AfterEach
  void close() {
    it.close();
  }

  private Instant day(int days) {
    return start.plus(Duration.ofDays(days));
  }

  private List<Finding> check(AuditScope scope, InstantSource clock) {
    CollectedFindings observer = new CollectedFindings();
    it.ledger.audit(RenewalAllowance.DEFAULT).run(scope, clock, new Random(1), observer);
    return observer.findings();
  }

  private List<Finding> check() {
    return check(new AuditScope.All(), CLOCK);
  }

  private void damage(String... statements) {
    Damage.to(url, statements);
  }

  /// What is wrong, as category and part, without repetition.
  private static Set<String> kinds(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.category() + " " + finding.part())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aSoundLedgerHasNoFindings() {
    assertThat(check()).isEmpty();
  }

  /// A way of damage and all that must be found of it.
  record Case(String damage, List<String> found) {
    static Case of(String damage, String... found) {
      return new Case(damage, List.of(found));
    }
  }

  private static final String ALICES = "(SELECT account_id FROM payments WHERE id = 1)";
  private static final String BOBS = "(SELECT account_id FROM payments WHERE id = 3)";

  static Stream<Case> damagedFacts() {
    String fact = " WHERE subject = 'payment' AND subject_id = 2 AND number = 2";
    return Stream.of(
        Case.of("UPDATE facts SET body = 'nonsense'" + fact, "FACTS fact_2"),
        Case.of("UPDATE facts SET body = '{}'" + fact, "FACTS fact_2"),
        Case.of("UPDATE facts SET kind = 'unheard_of'" + fact, "FACTS fact_2"),
        Case.of(
            "UPDATE facts SET body = '{}' WHERE subject = 'account' AND subject_id = " + BOBS,
            "FACTS fact_1",
            "FACTS fact_2"),
        Case.of(
            "DELETE FROM facts WHERE subject = 'payment' AND subject_id = 3 AND number = 1",
            "FACTS fact_count",
            "FACTS numbers",
            "FACTS replay"),
        Case.of("UPDATE payments SET fact_count = 9 WHERE id = 4", "FACTS fact_count"),
        Case.of("UPDATE accounts SET fact_count = 9 WHERE id = " + BOBS, "FACTS fact_count"),
        Case.of("DELETE FROM payments WHERE id = 4", "FACTS row"));
  }

  static Stream<Case> damagedPayments() {
    return Stream.of(
        Case.of("UPDATE payments SET expiry_at = expiry_at + 1 WHERE id = 1", "PAYMENT expiry"),
        Case.of("UPDATE payments SET plan = '1y' WHERE id = 1", "PAYMENT product"),
        Case.of("UPDATE payments SET plan = 'nonsense' WHERE id = 4", "PAYMENT row"),
        Case.of(
            "UPDATE payments SET purchased_at = purchased_at - 1 WHERE id = 4",
            "PAYMENT purchased_at"),
        Case.of("UPDATE payments SET binding = NULL WHERE id = 4", "PAYMENT binding"),
        Case.of("UPDATE payments SET claimable = FALSE WHERE id = 4", "PAYMENT claimable"),
        Case.of(
            "UPDATE payments SET refund_deadline_at = 0 WHERE id = 1", "PAYMENT refund_deadline"),
        Case.of("UPDATE payments SET source = 'dev' WHERE id = 1", "PAYMENT source"),
        Case.of(
            "UPDATE payments SET transaction_id = 'x' WHERE id = 1",
            "INVARIANT transaction",
            "PAYMENT transaction"),
        Case.of("UPDATE payments SET grace_period = 5 WHERE id = 1", "PAYMENT grace_period"),
        Case.of("UPDATE payments SET billing_retry = TRUE WHERE id = 1", "PAYMENT billing_retry"),
        Case.of(
            "UPDATE payments SET renewal_stated = FALSE, auto_renewing = FALSE WHERE id = 1",
            "PAYMENT auto_renewing"),
        Case.of(
            "UPDATE payments SET expiry_stated_complete = FALSE WHERE id = 1",
            "PAYMENT expiry_stated"),
        Case.of("UPDATE payments SET renewal_stated_at = 1 WHERE id = 1", "PAYMENT renewal_stated"),
        Case.of(
            "UPDATE payments SET redeemed_at = redeemed_at + 1 WHERE id = 1",
            "PAYMENT redeemed_at"),
        Case.of("UPDATE payments SET redeemed_how = 'dev' WHERE id = 1", "PAYMENT redeemed_how"),
        Case.of(
            "UPDATE payments SET account_id = NULL, redeemed_at = NULL, redeemed_how = NULL WHERE id = 2",
            "ACCOUNT credits_checkpoint",
            "INVARIANT checkpoint",
            "PAYMENT owner",
            "PAYMENT redeemed_at",
            "PAYMENT redeemed_how"),
        Case.of(
            """
            UPDATE payments SET revoked_at = 1, revoked_reason = 'refund', auto_renewing = FALSE
            WHERE id = 1
            """,
            "PAYMENT revocations"),
        Case.of(
            "UPDATE payments SET credit_granted = credit_granted + 1 WHERE id = 2",
            "PAYMENT credit_granted"),
        Case.of(
            "UPDATE payments SET credit_remaining = credit_remaining - 1 WHERE id = 2",
            "PAYMENT credit_remaining"),
        Case.of(
            "UPDATE payments SET acknowledgement = 'owed' WHERE id = 1", "PAYMENT acknowledgement"),
        Case.of(
            "UPDATE payments SET refund_requested_at = 1 WHERE id = 1",
            "PAYMENT refund_requested_at"),
        Case.of("UPDATE payments SET reinstated_at = 1 WHERE id = 1", "PAYMENT reinstated_at"));
  }

  static Stream<Case> damagedAccounts() {
    String alice = " WHERE id = " + ALICES;
    String bob = " WHERE id = " + BOBS;
    return Stream.of(
        Case.of("UPDATE accounts SET expiry_at = expiry_at + 1" + alice, "ACCOUNT expiry"),
        Case.of("UPDATE accounts SET grace_period = 5" + alice, "ACCOUNT grace_period"),
        Case.of("UPDATE accounts SET auto_renewing = FALSE" + alice, "ACCOUNT auto_renewing"),
        Case.of("UPDATE accounts SET carrier_id = 2" + alice, "ACCOUNT carrier"),
        Case.of("UPDATE accounts SET carrier_id = NULL" + alice, "ACCOUNT carrier"),
        Case.of(
            "UPDATE accounts SET proof_expiry_offset = (proof_expiry_offset + 1) % 86400" + alice,
            "ACCOUNT proof_offset"),
        Case.of("UPDATE accounts SET proof_expiry_offset = 90000" + alice, "ACCOUNT row"),
        Case.of(
            "UPDATE accounts SET credits_checkpoint_at = NULL" + alice,
            "ACCOUNT credits_checkpoint",
            "INVARIANT checkpoint"),
        Case.of(
            "UPDATE accounts SET credits_checkpoint_at = credits_checkpoint_at + 1" + bob,
            "ACCOUNT credit_remaining_of_payment_3",
            "ACCOUNT expiry"));
  }

  static Stream<Case> damagedGenerations() {
    String first = " WHERE ordinal = 1 AND account_id = " + ALICES;
    String second = " WHERE ordinal = 2 AND account_id = " + ALICES;
    return Stream.of(
        Case.of(
            "UPDATE generations SET issued_at = issued_at + 1" + first,
            "GENERATION generation_1_issued_at"),
        Case.of(
            "UPDATE generations SET revoked_at = revoked_at + 1" + first,
            "GENERATION generation_1_revoked_at"),
        Case.of(
            "UPDATE generations SET revoked_at = NULL" + first,
            "GENERATION generation_1",
            "GENERATION generation_1_revoked_at"),
        Case.of("DELETE FROM generations" + first, "GENERATION generation_1"),
        Case.of("DELETE FROM generations" + second, "GENERATION generation_2", "GENERATION in_use"),
        Case.of(
            "UPDATE accounts SET generation = 1 WHERE id = " + ALICES,
            "ACCOUNT generation",
            "GENERATION generation_2"),
        Case.of(
            "INSERT INTO generations SELECT account_id, 3, master_key, issued_at, NULL"
                + " FROM generations JOIN accounts ON id = account_id"
                + second,
            "GENERATION generation_3"),
        Case.of(
            "UPDATE generations SET tag = (SELECT master_key FROM accounts WHERE id = "
                + ALICES
                + ")"
                + first,
            "GENERATION generation_1_tag"));
  }

  @ParameterizedTest
  @MethodSource({"damagedFacts", "damagedPayments", "damagedAccounts", "damagedGenerations"})
  void damageIsFound(Case damaged) {
    damage(damaged.damage());

    assertThat(kinds(check())).containsExactlyElementsOf(damaged.found());
  }

  @Test
  void anAccountThatIsGoneIsMissedByItsFactsAndPayments() {
    damage(
        "DELETE FROM generations WHERE account_id = " + BOBS,
        "DELETE FROM accounts WHERE id = " + BOBS);

    assertThat(kinds(check())).containsExactly("FACTS row", "INVARIANT row");
  }

  @Test
  void aTagThatIsNoneIsFound() {
    String shorter =
        switch (engine) {
          case SQLITE -> "zeroblob(3)";
          case POSTGRESQL -> "decode('000000', 'hex')";
        };
    damage("UPDATE generations SET tag = " + shorter + " WHERE account_id = " + BOBS);

    assertThat(kinds(check())).contains("GENERATION row", "GENERATION in_use");
  }

  private static final Map<String, String> BREAKING_PAYMENTS =
      Map.ofEntries(
          Map.entry("term_or_credit", "expiry_at = NULL WHERE id = 4"),
          Map.entry("redemption", "redeemed_how = NULL WHERE id = 1"),
          Map.entry("revocation_reason", "revoked_at = 1, auto_renewing = FALSE WHERE id = 4"),
          Map.entry("renewing", "auto_renewing = FALSE WHERE id = 4"),
          Map.entry("term_order", "expiry_at = purchased_at - 1 WHERE id = 1"),
          Map.entry("grace_period", "grace_period = 0 WHERE id = 4"),
          Map.entry("credit_length", "credit_remaining = credit_granted + 1 WHERE id = 3"),
          Map.entry("credit_end", "expiry_at = 1 WHERE id = 3"),
          Map.entry("binding", "provider = 'app_store' WHERE id = 4"),
          Map.entry("epoch", "expiry_at = 0 WHERE id = 4"),
          Map.entry("before_the_service", "redeemed_at = 1756252799999999 WHERE id = 1"),
          Map.entry("transaction", "transaction_id = '1' WHERE id = 4"));

  private static final Map<String, String> BREAKING_ACCOUNTS =
      Map.of(
          "checkpoint",
          "credits_checkpoint_at = NULL WHERE id = " + BOBS,
          "carrier",
          "carrier_id = 4 WHERE id = " + BOBS,
          "proof_counters",
          "proofs_issued_window = 1 WHERE id = " + BOBS,
          "before_the_service",
          "expiry_at = 1756252799999999 WHERE id = " + BOBS,
          "grace_period",
          "grace_period = 0 WHERE id = " + BOBS);

  static Stream<String> rulesOfPayments() {
    return AuditRules.OF_PAYMENTS.stream().map(AuditRules.Rule::name);
  }

  static Stream<String> rulesOfAccounts() {
    return AuditRules.OF_ACCOUNTS.stream().map(AuditRules.Rule::name);
  }

  @ParameterizedTest
  @MethodSource("rulesOfPayments")
  void aPaymentThatBreaksARuleIsFound(String rule) {
    damage("UPDATE payments SET " + BREAKING_PAYMENTS.get(rule));

    assertThat(kinds(check())).contains("INVARIANT " + rule);
  }

  @ParameterizedTest
  @MethodSource("rulesOfAccounts")
  void anAccountThatBreaksARuleIsFound(String rule) {
    damage("UPDATE accounts SET " + BREAKING_ACCOUNTS.get(rule));

    assertThat(kinds(check())).contains("INVARIANT " + rule);
  }

  @Test
  void aTicketBelowItsRevocationsIsFound() {
    long revoked = day(2).getEpochSecond();
    damage("UPDATE revocation_ticket SET ticket = " + (revoked - 1));

    assertThat(check())
        .containsExactly(
            new Finding(
                Category.TICKET,
                new Subject.OfLedger(),
                "ticket",
                Long.toString(revoked - 1),
                "at least " + revoked));
  }

  @Test
  void aTicketYearsAheadOfTheClockIsFound() {
    damage("UPDATE revocation_ticket SET ticket = ticket + 2 * 365 * 86400");

    assertThat(kinds(check())).containsExactly("TICKET ticket");
  }

  @Test
  void aFactFromTheFutureIsFound() {
    damage(
        "UPDATE facts SET learned_at = learned_at + 8640000000000"
            + " WHERE subject = 'payment' AND subject_id = 4 AND number = 2");

    assertThat(kinds(check())).containsExactly("CLOCK fact_2");
  }

  @Test
  void aServerWhoseClockIsOffIsFound() {
    List<Finding> findings =
        check(new AuditScope.All(), () -> CLOCK.instant().plus(Duration.ofHours(1)));

    switch (engine) {
      // Its clock is ours.
      case SQLITE -> assertThat(findings).isEmpty();
      case POSTGRESQL -> assertThat(kinds(findings)).containsExactly("CLOCK database");
    }
  }

  private void lease(String renewed, String until, String success, String failure) {
    damage(
        """
        INSERT INTO leases (name, holder, token, renewed_at, held_until, runs, last_success_at,
          last_failure_at)
        VALUES ('drain', 'holder', 1, %s, %s, 2, %s, %s)
        """
            .formatted(renewed, until, success, failure));
  }

  private static String micros(Duration behind) {
    return Long.toString(Micros.of(CLOCK.instant().minus(behind)));
  }

  private static final String NOW = micros(Duration.ZERO);
  private static final String AN_HOUR_AGO = micros(Duration.ofHours(1));
  private static final String DAYS_AGO = micros(Duration.ofDays(2));
  private static final String IN_AN_HOUR = micros(Duration.ofHours(-1));

  @Test
  void aJobThatIsDoneInTimeIsSound() {
    lease(NOW, IN_AN_HOUR, NOW, AN_HOUR_AGO);

    assertThat(check()).isEmpty();
  }

  @Test
  void aJobThatNobodyHasDoneForLongIsSoundIfNobodyHoldsIt() {
    lease(DAYS_AGO, DAYS_AGO, DAYS_AGO, "NULL");

    assertThat(check()).isEmpty();
  }

  @Test
  void aJobWhoseLastRunFailedIsFound() {
    lease(NOW, IN_AN_HOUR, AN_HOUR_AGO, NOW);

    assertThat(kinds(check())).containsExactly("LEASE job_drain");
  }

  @Test
  void aJobThatHangsIsFound() {
    lease(NOW, IN_AN_HOUR, DAYS_AGO, "NULL");

    assertThat(kinds(check())).containsExactly("LEASE job_drain");
  }

  @Test
  void aLeaseOfTheFutureIsFound() {
    lease(IN_AN_HOUR, IN_AN_HOUR, NOW, "NULL");

    assertThat(kinds(check())).containsExactly("LEASE job_drain");
  }

  @Test
  void aRevokedGenerationMayBePrunedAfterAMonth() {
    damage("DELETE FROM generations WHERE revoked_at IS NOT NULL");

    InstantSource later = () -> day(2).plus(Duration.ofDays(31));
    assertThat(check(new AuditScope.All(), later))
        .filteredOn(finding -> finding.category() != Category.CLOCK)
        .isEmpty();
  }

  @Test
  void nothingThatIsFoundNamesAnId() {
    damage(
        "UPDATE payments SET subscription_key = 'secret', binding = NULL WHERE id = 1",
        "UPDATE payments SET transaction_id = 'secret' WHERE id = 4");

    assertThat(check()).isNotEmpty().asString().doesNotContain("secret");
  }

  @Test
  void allIsCounted() {
    CollectedFindings observer = new CollectedFindings();

    AuditCount count =
        it.ledger
            .audit(RenewalAllowance.DEFAULT)
            .run(new AuditScope.All(), CLOCK, new Random(1), observer);

    // Alice: 3 + 3 facts of payments, 7 of the account. Bob: 3 and 2. Two wait for Carol.
    assertThat(count).isEqualTo(new AuditCount(2, 3, 1, 20));
    assertThat(observer.progress().getLast()).isEqualTo(count);
  }

  @Test
  void manyAccountsAreCheckedInBatches() {
    for (int i = 10; i < 240; i++) {
      it.voucher(LedgerFixture.key(i), 1, day(5));
    }
    damage("UPDATE accounts SET expiry_at = expiry_at + 1");
    CollectedFindings observer = new CollectedFindings();

    AuditCount count =
        it.ledger
            .audit(RenewalAllowance.DEFAULT)
            .run(new AuditScope.All(), CLOCK, new Random(1), observer);

    assertThat(count.accounts()).isEqualTo(232);
    assertThat(observer.findings()).hasSize(232);
    assertThat(observer.progress()).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 1", "9, 2, 1"})
  void aSampleIsAsLargeAsAskedForWhereverItBegins(int size, int accounts, int unclaimed) {
    for (int seed = 0; seed < 10; seed++) {
      AuditCount count =
          it.ledger
              .audit(RenewalAllowance.DEFAULT)
              .run(new AuditScope.Sample(size), CLOCK, new Random(seed), new CollectedFindings());

      assertThat(count.accounts()).isEqualTo(accounts);
      assertThat(count.unclaimed()).isEqualTo(unclaimed);
    }
  }

  @Test
  void aRunningServerIsNoFinding() throws InterruptedException {
    Thread server =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 10; i < 60; i++) {
                it.voucher(LedgerFixture.key(i), 1, CLOCK.instant());
                it.ledger.revoke(LedgerFixture.key(i), "test", CLOCK.instant());
              }
            });

    while (server.isAlive()) {
      assertThat(check()).isEmpty();
    }
    server.join();
  }

  /// SQLite says in its plan which way it goes; no batch may read a whole table.
  @Test
  void aBatchReadsItsOwnRowsOnly() {
    assumeThat(engine).isEqualTo(Engine.SQLITE);
    for (String which : List.of(AuditScan.OWNED, AuditScan.UNCLAIMED)) {
      List<String> plan =
          it.database.read(handle ->
              AuditScan.Range.ALL
                  .bind(handle.createQuery("EXPLAIN QUERY PLAN " + AuditScan.factsOf(which)))
                  .map((row, _) -> row.getString("detail"))
                  .list());

      assertThat(plan.getFirst()).matches("SEARCH p USING (COVERING )?INDEX payments_.*");
      assertThat(plan.get(1)).contains("subject=? AND subject_id=?");
    }
  }
}
