package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.PaymentLog;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;

/// The two jobs of the ledger: they come to an end of what is due, and say what the operator wants
/// to know.
@ParameterizedClass
@EnumSource(Engine.class)
class LedgerJobsTest {
  private static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LEASE = Duration.ofMinutes(1);

  /// More than a pass looks up at once.
  private static final int MANY_ACCOUNTS = 110;

  /// More than a prune deletes at once.
  private static final int MANY_GENERATIONS = 520;

  private static final MasterKey ALICE = key(1);
  private static final IdentifierMask MASK =
      IdentifierMask.withFreshKey(Crypto.selfTested(), new SecureRandom());

  @Parameter Engine engine;
  @TempDir Path folder;
  private final SimulatedClock clock = new SimulatedClock(T);
  private final LogLines log = new LogLines();
  private final List<String> announced = new ArrayList<>();
  private Database database;
  private Ledger ledger;

  @BeforeEach
  void open() {
    database = engine.open(folder);
    ledger =
        new Ledger(
            database,
            Rules.of(RenewalAllowance.DEFAULT, Draws.from(new SecureRandom()))
                .toldTo(PaymentLog.masked(MASK)));
  }

  @AfterEach
  void close() {
    database.close();
    log.close();
  }

  private static MasterKey key(int number) {
    return new MasterKey(ByteString.of(ByteBuffer.allocate(32).putInt(number).array()));
  }

  private void voucher(MasterKey owner, int days) {
    new VoucherMint(ledger).mint(owner, new Plan(days + "d"), DAY.multipliedBy(days), T);
  }

  private void drain(Job.Turn turn) {
    drain(turn, DAY, clock);
  }

  private void drain(Job.Turn turn, Duration window, InstantSource time) {
    DrainCredits.job(ledger, window, time, LEASE).work().run(turn);
  }

  private void prune(Job.Turn turn) {
    PruneRevocations.job(ledger, this::announce, clock, LEASE).work().run(turn);
  }

  private void announce(Instant at, String text) {
    announced.add(at + " " + text);
  }

  private long charged() {
    return database.read(handle ->
        handle
            .createQuery("SELECT count(*) FROM facts WHERE kind = 'credit_charged'")
            .mapTo(Long.class)
            .one());
  }

  /// Accounts that are all charged up to the same instant.
  private void manyVouchers() {
    for (int i = 1; i <= MANY_ACCOUNTS; i++) {
      voucher(key(i), 30);
    }
  }

  /// An account with one generation that stands and many that were revoked at [#T].
  private void manyRevokedGenerations() {
    voucher(ALICE, 365);
    long account = ledger.account(ALICE).orElseThrow().id().value();
    database.write(handle -> {
      PreparedBatch insert =
          handle.prepareBatch(
              """
              INSERT INTO generations (account_id, ordinal, tag, issued_at, revoked_at)
              VALUES (:account, :ordinal, :tag, :at, :at)
              """);
      for (int i = 0; i < MANY_GENERATIONS; i++) {
        insert
            .bind("account", account)
            .bind("ordinal", i + 2)
            .bind("tag", key(i).bytes().toByteArray())
            .bind("at", Micros.of(T))
            .add();
      }
      return insert.execute();
    });
  }

  private long generations() {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM generations").mapTo(Long.class).one());
  }

  @Test
  void everyAccountThatIsDueIsChargedOnce() {
    manyVouchers();
    clock.advance(DAY.multipliedBy(2));

    drain(() -> true);

    assertThat(charged()).isEqualTo(MANY_ACCOUNTS);
    assertThat(log.at(Level.DEBUG))
        .contains("charged the credits of " + MANY_ACCOUNTS + " accounts");
  }

  @Test
  void aPassMeetsNoAccountTwiceThoughTimePasses() {
    voucher(ALICE, 30);
    voucher(key(2), 30);
    AtomicInteger reads = new AtomicInteger();

    drain(() -> true, Duration.ZERO, () -> T.plus(DAY.multipliedBy(reads.incrementAndGet())));

    assertThat(charged()).isEqualTo(2);
  }

  @Test
  void aCreditThatRanOutIsALineWithThePurchaseMasked() {
    voucher(ALICE, 30);
    log.forget();
    clock.advance(DAY.multipliedBy(31));

    drain(() -> true);

    assertThat(log.at(Level.INFO))
        .singleElement()
        .asString()
        .matches("credit ran out: order:[0-9a-f]{10}");
  }

  @Test
  void aCreditThatIsStillRunningIsNoLine() {
    voucher(ALICE, 30);
    log.forget();
    clock.advance(DAY.multipliedBy(29));

    drain(() -> true);

    assertThat(log.at(Level.INFO)).isEmpty();
  }

  @Test
  void everyCreditThatRanOutIsALineOfItsOwn() {
    voucher(ALICE, 10);
    voucher(ALICE, 10);
    log.forget();
    clock.advance(DAY.multipliedBy(31));

    drain(() -> true);

    assertThat(log.at(Level.INFO)).hasSize(2);
  }

  @Test
  void anAccountThatCannotBeChargedKeepsNoOtherWaiting() {
    voucher(ALICE, 30);
    voucher(key(2), 30);
    voucher(key(3), 30);
    long broken = ledger.account(ALICE).orElseThrow().id().value();
    database.write(
        handle -> handle.execute("DELETE FROM generations WHERE account_id = ?", broken));
    clock.advance(DAY.multipliedBy(2));

    assertThatThrownBy(() -> drain(() -> true))
        .hasMessage("accounts whose credits could not be charged: 1");

    assertThat(charged()).isEqualTo(2);
  }

  @Test
  void aPassThatIsToldToStopLeavesTheRest() {
    voucher(ALICE, 30);
    voucher(key(2), 30);
    clock.advance(DAY.multipliedBy(2));
    AtomicInteger asked = new AtomicInteger();

    drain(() -> asked.incrementAndGet() == 1);

    assertThat(charged()).isEqualTo(1);
  }

  @Test
  void everythingOldIsPruned() {
    manyRevokedGenerations();
    clock.advance(DAY.multipliedBy(31));

    prune(() -> true);

    assertThat(generations()).isEqualTo(1);
    assertThat(log.at(Level.DEBUG)).contains("pruned " + MANY_GENERATIONS + " revoked generations");
  }

  @Test
  void aPruneThatIsToldToStopLeavesTheRest() {
    manyRevokedGenerations();
    clock.advance(DAY.multipliedBy(31));

    prune(() -> false);

    assertThat(generations()).isBetween(2L, (long) MANY_GENERATIONS);
  }

  @Test
  void whatWasPrunedOnADayIsAnnouncedOnceThatIsOver() {
    manyRevokedGenerations();
    Job.Work pruning = PruneRevocations.job(ledger, this::announce, clock, LEASE).work();
    clock.advance(DAY.multipliedBy(31));
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    pruning.run(() -> true);
    clock.advance(DAY);
    for (int i = 0; i < 3; i++) {
      pruning.run(() -> true);
      clock.advance(DAY);
    }

    assertThat(announced)
        .singleElement()
        .asString()
        .endsWith("Z revoked generations that were pruned on " + day + ": " + MANY_GENERATIONS);
  }

  @Test
  void theJobsRunAsOftenAsTheContractSays() {
    assertThat(PruneRevocations.job(ledger, this::announce, clock, LEASE).interval())
        .hasSeconds(600);
    assertThat(DrainCredits.job(ledger, DAY, clock, LEASE).interval()).hasSeconds(120);
  }
}
