package org.sessionpro.backend.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseClock;
import org.sessionpro.backend.db.LeaseState;
import org.sessionpro.backend.db.Leases;
import org.sessionpro.backend.entitlement.Agreement;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.AuditRules.Broken;
import org.sessionpro.backend.ledger.AuditScan.Range;
import org.sessionpro.backend.ledger.AuditScan.ScannedAccount;
import org.sessionpro.backend.ledger.AuditScan.ScannedPayment;
import org.sessionpro.backend.ledger.AuditScan.ScannedSubscription;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.ledger.Finding.Subject;
import org.sessionpro.backend.ledger.Reading.Sound;
import org.sessionpro.protocol.Ticket;

/// Checks a ledger: replays the facts of its accounts and payments, compares the outcome with what is
/// stored, and looks for rows that break a rule. Reads only, beside a running service; a batch at a
/// time, so that it needs the same memory for every size of ledger.
public final class LedgerAudit {
  /// Accounts, or payments without owner, that are read together.
  private static final int BATCH = 100;

  /// A ticket is a time in seconds or one more than the last: it runs ahead of the clock only by
  /// many revocations in one second, or by an operator's bump after a restore.
  private static final Duration TICKET_LEAD = Duration.ofDays(365);

  /// Far more than the interval of any job: whoever holds its lease for so long without having done
  /// it hangs.
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final Database database;
  private final RenewalAllowance allowance;

  LedgerAudit(Database database, RenewalAllowance allowance) {
    this.database = database;
    this.allowance = allowance;
  }

  /// How many accounts and payments without owner there are to look at.
  public long subjects(AuditScope scope) {
    long all = database.<Long>read(AuditScan::subjects);
    return switch (scope) {
      case AuditScope.All _ -> all;
      case AuditScope.Sample(int size) -> Math.min(all, 2L * size);
    };
  }

  /// Checks everything, or a sample of the accounts.
  ///
  /// @param clock ours
  /// @param random chooses the sample
  /// @return what was looked at
  public AuditCount run(
      AuditScope scope, InstantSource clock, RandomGenerator random, AuditObserver observer) {
    Run run = new Run(clock, observer);
    switch (scope) {
      case AuditScope.All _ -> {
        run.accounts(Range.ALL, Integer.MAX_VALUE);
        run.unclaimed(Range.ALL, Integer.MAX_VALUE);
        run.subscriptions();
        run.orphans();
      }
      case AuditScope.Sample(int size) -> {
        long account = random.nextLong(Long.MAX_VALUE);
        int rest = size - run.accounts(new Range(account, Long.MAX_VALUE), size);
        run.accounts(new Range(0, account), rest);
        long payment = random.nextLong(database.<Long>read(AuditScan::lastPayment) + 1);
        rest = size - run.unclaimed(new Range(payment, Long.MAX_VALUE), size);
        run.unclaimed(new Range(0, payment), rest);
      }
    }
    run.ledger();
    return run.count;
  }

  /// One run of the check.
  private final class Run {
    private final InstantSource clock;
    private final AuditObserver observer;
    private final SubjectAudit subjects;
    private AuditCount count = AuditCount.NOTHING;

    Run(InstantSource clock, AuditObserver observer) {
      this.clock = clock;
      this.observer = observer;
      this.subjects =
          new SubjectAudit(
              new Agreement(allowance),
              observer::found,
              database.read(ImportRunTable::find).map(ImportRun::takenAt).orElse(null));
    }

    /// What was read together.
    private record Batch<T>(List<T> rows, List<Broken> broken, List<Broken> brokenAccounts) {}

    /// Goes through a range a batch at a time; returns how many ids there were.
    ///
    /// @param limit of ids
    /// @param ids the next ones of a range
    /// @param check of all ids in a range
    private int walk(
        Range range, int limit, BiFunction<Range, Integer, List<Long>> ids, Consumer<Range> check) {
      int seen = 0;
      Range rest = range;
      while (seen < limit) {
        List<Long> batch = ids.apply(rest, Math.min(BATCH, limit - seen));
        if (batch.isEmpty()) {
          break;
        }
        check.accept(new Range(rest.after(), batch.getLast()));
        seen += batch.size();
        rest = new Range(batch.getLast(), range.until());
      }
      return seen;
    }

    /// Checks the accounts of a range, at most `limit`; returns how many there were.
    int accounts(Range range, int limit) {
      return walk(
          range,
          limit,
          (part, size) -> database.read(handle -> AuditScan.accountIds(handle, part, size)),
          part ->
              accounts(
                  database.snapshot(handle ->
                      new Batch<>(
                          AuditScan.accounts(handle, part),
                          AuditRules.ofOwned(handle, part),
                          AuditRules.ofAccounts(handle, part)))));
    }

    private void accounts(Batch<ScannedAccount> batch) {
      Instant now = clock.instant();
      for (ScannedAccount account : batch.rows()) {
        subjects.check(account, now);
        long facts = account.facts().size();
        for (ScannedPayment payment : account.payments()) {
          facts += payment.facts().size();
        }
        count = count.plus(new AuditCount(1, account.payments().size(), 0, facts));
      }
      List<ScannedPayment> payments =
          batch.rows().stream().flatMap(account -> account.payments().stream()).toList();
      batch.broken().forEach(broken -> report(broken, payment(broken.id(), payments)));
      batch.brokenAccounts().forEach(broken -> report(broken, account(broken.id(), batch.rows())));
      observer.progress(count);
    }

    /// Checks the payments of a range that have no owner, at most `limit`; returns how many there
    /// were.
    int unclaimed(Range range, int limit) {
      return walk(
          range,
          limit,
          (part, size) -> database.read(handle -> AuditScan.unclaimedIds(handle, part, size)),
          part ->
              unclaimed(
                  database.snapshot(handle ->
                      new Batch<>(
                          AuditScan.unclaimed(handle, part),
                          AuditRules.ofUnclaimed(handle, part),
                          List.of()))));
    }

    private void unclaimed(Batch<ScannedPayment> batch) {
      Instant now = clock.instant();
      for (ScannedPayment payment : batch.rows()) {
        subjects.check(payment, now);
        count = count.plus(new AuditCount(0, 0, 1, payment.facts().size()));
      }
      batch.broken().forEach(broken -> report(broken, payment(broken.id(), batch.rows())));
      observer.progress(count);
    }

    private void report(Broken broken, Subject subject) {
      String name = broken.rule().name();
      observer.found(
          new Finding(Category.INVARIANT, subject, name, "not so", broken.rule().meaning()));
    }

    private static Subject payment(long id, List<ScannedPayment> payments) {
      for (ScannedPayment one : payments) {
        if (one.id() == id && one.row() instanceof Sound<PaymentRow>(PaymentRow row)) {
          return new Subject.OfPayment(row.id(), row.payment().key());
        }
      }
      return new Subject.OfRow("payments", id);
    }

    private static Subject account(long id, List<ScannedAccount> accounts) {
      for (ScannedAccount one : accounts) {
        if (one.id() == id) {
          return SubjectAudit.subject(one);
        }
      }
      return new Subject.OfRow("accounts", id);
    }

    /// Checks what was heard of subscriptions as a whole.
    void subscriptions() {
      var _ =
          walk(
              Range.ALL,
              Integer.MAX_VALUE,
              (part, size) ->
                  database.read(handle -> AuditScan.subscriptionIds(handle, part, size)),
              part ->
                  database
                      .snapshot(handle -> AuditScan.subscriptions(handle, part))
                      .forEach(this::subscription));
    }

    private void subscription(ScannedSubscription scanned) {
      subjects.check(scanned, clock.instant());
      count = count.plus(new AuditCount(0, 0, 0, scanned.facts().size()));
    }

    void orphans() {
      new Orphans(database).find(observer::found);
    }

    /// What is checked once and not for each account.
    void ledger() {
      checkTicket();
      checkDatabaseClock();
      new Leases(database).all().forEach(this::checkLease);
    }

    private void checkTicket() {
      Ticket ticket = database.read(RevocationTable::ticket);
      String stored = Long.toString(ticket.value());
      subjects
          .lastRevocation()
          .map(Instant::getEpochSecond)
          .filter(second -> ticket.value() < second)
          .ifPresent(second -> report(Category.TICKET, "ticket", stored, "at least " + second));
      long most = clock.instant().plus(TICKET_LEAD).getEpochSecond();
      if (ticket.value() > most) {
        report(Category.TICKET, "ticket", stored, "at most " + most);
      }
    }

    private void checkDatabaseClock() {
      DatabaseClock.read(database)
          .ifPresent(theirs -> {
            Instant ours = clock.instant();
            if (Duration.between(theirs, ours).abs().compareTo(SubjectAudit.CLOCK_TOLERANCE) > 0) {
              report(Category.CLOCK, "database", theirs.toString(), ours.toString());
            }
          });
    }

    private void checkLease(LeaseState lease) {
      Instant now = clock.instant();
      String job = "job_" + lease.name();
      if (lease.renewedAt().isAfter(now.plus(Leases.MAX_SKEW))) {
        report(Category.LEASE, job, "renewed at " + lease.renewedAt(), "not after " + now);
      }
      Instant success = lease.lastSuccess();
      Instant failure = lease.lastFailure();
      if (failure != null && (success == null || failure.isAfter(success))) {
        report(Category.LEASE, job, "failed at " + failure, "to succeed");
      }
      boolean held = lease.until().isAfter(now);
      if (held && success != null && success.isBefore(now.minus(LONGEST_PAUSE))) {
        report(Category.LEASE, job, "last done at " + success, "after " + now.minus(LONGEST_PAUSE));
      }
    }

    private void report(Category category, String part, String stored, String expected) {
      observer.found(new Finding(category, new Subject.OfLedger(), part, stored, expected));
    }
  }
}
