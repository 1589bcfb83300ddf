package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseLoad;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.db.ObservedLookups;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.PaymentFact.Began;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.OperatorActs.Mode;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;

/// No request looks through a table: with many accounts, the engines plan every statement of every
/// request by an index.
///
/// `-Dplans.accounts=N` sets how many accounts the tables hold.
class QueryPlansTest {
  /// Indexes that hold few rows of their table, whatever it holds.
  private static final Set<String> SMALL_INDEXES = Set.of("inbox_work_troubled");

  /// Walks along all of an index for one row, unless a row that it wants happens to come early.
  private static final String WALK =
      "SELECT master_key FROM accounts WHERE generation = 7 ORDER BY master_key LIMIT 1";

  /// A step that goes along an index, of either engine, with the index.
  private static final Pattern INDEX =
      Pattern.compile("(?:INDEX|Scan(?: Backward)? using|Bitmap Index Scan on) (\\w+)");

  private static final int ACCOUNTS = Integer.getInteger("plans.accounts", 30_000);
  private static final int PORTION = 10_000;

  private static final List<String> FILLED =
      List.of(
          "accounts",
          "generations",
          "ownerless_generations",
          "payments",
          "payment_aliases",
          "cycle_sightings",
          "subscription",
          "inbox_message",
          "inbox_work",
          "inbox_awaited_owner",
          "facts");

  /// Longer than anything is listed, in microseconds.
  private static final long LONG_AGO = 4_000_000_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void everyStatementOfARequestIsPlannedByAnIndex(Engine engine) {
    try (Observed database = new Observed(engine.open(folder))) {
      fill(database);
      Ledger ledger = inUse(database);
      database.statements.clear();

      everyRequest(database, ledger);

      assertThat(database.statements).hasSizeGreaterThan(25);
      Map<String, List<String>> scans = new TreeMap<>();
      database.statements.forEach((sql, filledIn) -> {
        List<String> found = scans(database, filledIn);
        if (!found.isEmpty()) {
          scans.put(sql, found);
        }
      });
      assertThat(scans).isEmpty();
      assertThat(scans(database, WALK)).as("a limit excuses nothing").isNotEmpty();
      assertClaimsHaveIndexesOfTheirOwn(database);
    }
  }

  /// However much is due that a store is asked for, it is no way to the messages, nor these to that.
  private static void assertClaimsHaveIndexesOfTheirOwn(Observed database) {
    List<String> claims =
        database.statements.values().stream()
            .filter(sql -> sql.contains("ORDER BY eligible_at"))
            .toList();
    assertThat(claims).hasSizeGreaterThan(2);
    for (String claim : claims) {
      String index = claim.contains("kind = 'message'") ? "inbox_work_messages" : "inbox_work_next";
      assertThat(String.join("\n", planOf(database, claim))).as(claim).contains(index);
    }
  }

  /// One that has been written to, and does not ask any more whether it is being taken over.
  private static Ledger inUse(Observed database) {
    Ledger ledger =
        new Ledger(database, Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom())));
    ledger.record(List.of(LedgerFixture.googleCycle("B", "b", day(0), day(1), null)), day(0));
    return ledger;
  }

  private static void everyRequest(Observed database, Ledger ledger) {
    PaymentKey google = PaymentKey.google(new PurchaseToken("A"), new OrderId("o"));
    Statement bought = LedgerFixture.googleCycle("A", "o", day(0), day(365), rawKey(ALICE));
    ledger.record(List.of(bought), day(0));
    ledger.visit(ALICE, day(0), day(0)).bind();
    new VoucherMint(ledger).mint(ALICE, new Plan("30d"), Duration.ofDays(30), day(0));
    ledger.account(ALICE).ifPresent(account -> ledger.countProof(ALICE, account, day(0), 3));
    ledger.status(ALICE, day(1));
    ledger.page(ALICE, null, 100, day(1));
    ledger.details(ALICE, 10, day(1));
    Visit visit = ledger.visit(ALICE, day(1), day(1));
    visit.account();
    visit.status();
    visit.page(null, 100);
    visit.details(10);
    PaymentName.Google name = new PaymentName.Google(new PurchaseToken("A"), new OrderId("o"));
    ledger.claim(PaymentClaim.of(BOB, name), day(1));
    ledger.claim(PaymentClaim.of(ALICE, new PaymentName.Apple(new TransactionId("7"))), day(1));
    ledger.requestRefund(ALICE, name, day(1), day(1), day(1));
    ledger.record(
        List.of(LedgerFixture.googleCycle("A", "o..0", day(365), day(730), null)), day(2));
    ledger.record(
        List.of(Statement.of(google, new Revoked(day(3), RevokedFor.REFUND, false))), day(3));
    ledger.revoke(ALICE, "test", day(4));
    var _ = ledger.operator().reattribute(google, BOB, "test", Mode.APPLIED, day(5));
    ledger.ticket();
    ledger.revocations(day(5), Duration.ofDays(31));
    everyStepOfAStore(database, ledger);
    everyStepOfTheAppStore(ledger);
  }

  /// What is known and noted beside that of a subscription of the App Store.
  private static void everyStepOfTheAppStore(Ledger ledger) {
    TransactionId original = new TransactionId("original");
    PaymentKey former = PaymentKey.appleTransaction(original, original);
    PaymentKey cycle = PaymentKey.appleLineItem(original, new OrderId("line"));
    Witnessed bought =
        new Witnessed(
            Product.of(new Plan("1m")),
            day(6),
            Binding.apple(StoreBindings.of(ALICE).appleToken()),
            true,
            day(36),
            Source.STORE,
            original,
            Began.PURCHASE);
    ledger.record(
        List.of(
            Statement.of(
                former, bought, new TermsStated(day(36), null, true, false, day(6), true))),
        day(6));
    CycleSighting sighting = new CycleSighting(day(6), day(6), null, false);
    ledger
        .subscriptions()
        .converge(
            cycle.subscriptionKey(),
            List.of(),
            Premise.none(),
            known ->
                new Ruling<>(
                    List.of(),
                    new CycleNotes(Map.of(former, cycle), Map.of(cycle, sighting)),
                    List.of(),
                    known.state(),
                    InTransaction.nothing(),
                    Ruling.Reading.HEARD,
                    ""),
            day(6));
    ledger.subscriptions().known(cycle.subscriptionKey(), List.of());
    ledger.subscriptions().toSweep(PaymentProvider.APP_STORE, null, 200, day(20_000));
  }

  /// What messages, workers and comparisons do.
  private static void everyStepOfAStore(Database database, Ledger ledger) {
    Inbox inbox = new Inbox(database, new Random(1), new InboxRules(36, "test"));
    PurchaseToken token = new PurchaseToken("A");
    SubscriptionKey key = SubscriptionKey.google(token);
    SubscriptionKey former = SubscriptionKey.google(new PurchaseToken("B"));
    Owed owed = Owed.announced(WorkItem.reconcile(token), day(6));
    StoreMessage message =
        new StoreMessage(
            new MessageId(StoreProvider.GOOGLE, "message"), "x", key, day(6), ALICE.bytes());
    inbox.put(message, new Intake.Kept(List.of(owed)), day(6));
    ledger
        .subscriptions()
        .hear(
            key,
            List.of(SubscriptionFact.LossHeard.revoked(day(6))),
            Premise.none(),
            inbox.enqueueing(List.of(owed), day(6)),
            day(6));
    inbox.message(message.id());
    Set<WorkKind> kinds = EnumSet.complementOf(EnumSet.of(WorkKind.MESSAGE));
    AnyLane.claim(inbox, StoreProvider.GOOGLE, EnumSet.of(WorkKind.MESSAGE), 2, day(20_000));
    for (Claim claim : AnyLane.claim(inbox, StoreProvider.GOOGLE, kinds, 2, day(20_000))) {
      inbox.renew(claim, day(20_000));
      ledger
          .subscriptions()
          .converge(
              key,
              List.of(former),
              inbox.fence(claim),
              known ->
                  new Ruling<>(
                      List.of(),
                      List.of(),
                      known.state(),
                      inbox.awaitingOwner(claim.item(), List.of(former)),
                      Ruling.Reading.COMPARED,
                      ""),
              day(20_000));
      database.<Boolean>write(handle -> {
        Inbox.ownerFound(former, day(20_000)).run(handle);
        return true;
      });
      inbox.settle(claim, new Outcome.Failed(ErrorClass.LOGIC, "x"), day(20_000));
    }
    List<Outcome> outcomes =
        List.of(
            new Outcome.Waits(day(1), "x"),
            new Outcome.Again(day(1), "x"),
            new Outcome.Unfinished(),
            new Outcome.Parked(Cause.of(ParkReason.NO_OWNER), "x"),
            new Outcome.Done());
    for (Outcome outcome : outcomes) {
      AnyLane.claim(inbox, StoreProvider.GOOGLE, kinds, 1, day(20_001))
          .forEach(claim -> inbox.settle(claim, outcome, day(20_001)));
    }
    inbox.isInTrouble(() -> ledger.subscriptions().of(BOB));
    inbox.enqueueMissing(List.of(Owed.unannounced(WorkItem.acknowledge(token))), day(20_000));
    ledger.subscriptions().unacknowledged(PaymentProvider.GOOGLE_PLAY, null, 200);
    ledger.subscriptions().toSweep(PaymentProvider.GOOGLE_PLAY, null, 200, day(20_000));
    inbox.upkeep().prune(StoreProvider.GOOGLE, Duration.ofDays(8), day(20_000), 10);
  }

  /// The steps of a statement's plan that read a whole table of many rows, or a whole index of it.
  private static List<String> scans(Observed database, String sql) {
    Stream<String> steps =
        switch (database.dialect()) {
          case POSTGRESQL ->
              steps(planOf(database, sql)).stream()
                  .filter(step -> step.contains("Seq Scan on") || isWholeIndex(step))
                  .filter(step -> !step.contains("Seq Scan on revocation_ticket"));
          case SQLITE ->
              planOf(database, sql).stream()
                  // An index that is made for the statement reads all of the table for that.
                  .filter(step -> step.startsWith("SCAN") || step.contains("AUTOMATIC"))
                  .filter(step -> !step.equals("SCAN CONSTANT ROW"));
        };
    return steps.filter(step -> !isShort(step)).toList();
  }

  /// A walk along an index that does not say from where to where reads all of it.
  private static boolean isWholeIndex(String step) {
    return INDEX.matcher(step).find() && !step.contains("Index Cond:");
  }

  private static boolean isShort(String step) {
    Matcher index = INDEX.matcher(step);
    return index.find() && SMALL_INDEXES.contains(index.group(1));
  }

  /// The steps of a plan of PostgreSQL, each with what the lines below it say about it.
  private static List<String> steps(List<String> lines) {
    List<String> steps = new ArrayList<>();
    for (String line : lines) {
      if (steps.isEmpty() || line.contains("->")) {
        steps.add(line.strip());
      } else {
        steps.set(steps.size() - 1, steps.getLast() + "; " + line.strip());
      }
    }
    return steps;
  }

  private static List<String> planOf(Observed database, String sql) {
    return switch (database.dialect()) {
      case POSTGRESQL -> plan(database, "EXPLAIN " + sql, "QUERY PLAN");
      case SQLITE -> plan(database, "EXPLAIN QUERY PLAN " + sql, "detail");
    };
  }

  private static List<String> plan(Observed database, String explain, String column) {
    return database.real.<List<String>>read(handle -> {
      try (java.sql.Statement statement = handle.getConnection().createStatement();
          ResultSet steps = statement.executeQuery(explain)) {
        List<String> lines = new ArrayList<>();
        while (steps.next()) {
          lines.add(steps.getString(column));
        }
        return lines;
      } catch (SQLException failed) {
        throw new IllegalStateException(explain, failed);
      }
    });
  }

  /// Rows as many accounts have them; what they say does not matter. In portions, for no transaction may
  /// take long.
  private static void fill(Observed database) {
    for (int first = 1; first <= ACCOUNTS; first += PORTION) {
      fill(database, first, Math.min(first + PORTION - 1, ACCOUNTS));
    }
    if (database.dialect() == Dialect.POSTGRESQL) {
      // A real server does so by itself; SQLite plans without statistics.
      FILLED.forEach(table -> database.write(handle -> handle.execute("ANALYZE " + table)));
    }
  }

  private static void fill(Observed database, int first, int last) {
    String numbers =
        switch (database.dialect()) {
          case POSTGRESQL -> "(SELECT generate_series(%d, %d) AS n) AS series";
          case SQLITE ->
              "(WITH RECURSIVE s(n) AS (SELECT %d UNION ALL SELECT n + 1 FROM s WHERE n < %d)"
                  + " SELECT n FROM s) AS series";
        };
    String series = numbers.formatted(first, last);
    String key =
        switch (database.dialect()) {
          case POSTGRESQL -> "decode(md5('a' || n) || md5('b' || n), 'hex')";
          case SQLITE -> "randomblob(32)";
        };
    long start = Instant.EPOCH.until(day(0), ChronoUnit.MICROS);
    database.write(handle -> {
      handle.execute(
          """
          INSERT INTO accounts (id, master_key, generation, expiry_at, auto_renewing,
            proof_expiry_offset, credits_checkpoint_at, fact_count)
          SELECT n, %s, 1, %d + n, TRUE, n %% 86400,
            CASE WHEN n %% 50 = 0 THEN %d + n END, 2 FROM %s
          """
              .formatted(key, start, start, series));
      handle.execute(
          """
          INSERT INTO generations (account_id, ordinal, tag, issued_at, revoked_at)
          SELECT n, 1, %s, %d, CASE WHEN n %% 1000 = 0 THEN %d + n END FROM %s
          """
              .formatted(key, start, start, series));
      handle.execute(
          """
          INSERT INTO ownerless_generations (tag, revoked_at)
          SELECT %s, %d + n FROM %s
          """
              .formatted(key, start - LONG_AGO, series));
      handle.execute(
          """
          INSERT INTO payments (provider, subscription_key, cycle_key, plan, unmapped,
            purchased_at, claimable, refund_deadline_at, source, binding, expiry_at, auto_renewing,
            renewal_stated, billing_retry, expiry_stated_complete, renewal_stated_complete,
            grace_stated_complete, retry_stated_complete,
            account_id, redeemed_at, redeemed_how, revoked_inferred, acknowledgement, hidden,
            fact_count)
          SELECT 'google_play', 'token-' || n, 'order', '1m', FALSE, %d, TRUE, 0, 'store', %s,
            %d, TRUE, TRUE, FALSE, TRUE, TRUE, TRUE, TRUE,
            CASE WHEN n %% 20 <> 0 THEN n END,
            CASE WHEN n %% 20 <> 0 THEN %d END, CASE WHEN n %% 20 <> 0 THEN 'touch' END, FALSE,
            'not_needed', FALSE, 1 FROM %s
          """
              .formatted(start, key, start, start, series));
      handle.execute(
          """
          INSERT INTO payment_aliases (provider, alias, payment_id)
          SELECT 'app_store', 'alias-' || n, n FROM %s
          """
              .formatted(series));
      handle.execute(
          """
          INSERT INTO cycle_sightings (payment_id, newest_at, upgraded)
          SELECT n, 0, FALSE FROM %s
          """
              .formatted(series));
      handle.execute(
          """
          INSERT INTO subscription (provider, subscription_key, linked_to, is_test, fact_count)
          SELECT 'google_play', 'token-' || n, CASE WHEN n %% 50 = 0 THEN 'token-' || (n - 1) END,
            FALSE, 0 FROM %s
          """
              .formatted(series));
      handle.execute(
          """
          INSERT INTO inbox_message (source, external_id, kind, event_at, received_at, payload,
            state)
          SELECT 'google', 'message-' || n, 'x', %d + n, %d + n,
            CASE WHEN n %% 500 = 0 THEN %s END, CASE WHEN n %% 500 = 0 THEN 'parked' ELSE 'done' END
          FROM %s
          """
              .formatted(start, start, key, series));
      handle.execute(
          """
          INSERT INTO inbox_work (provider, kind, subject_key, subscription_key, first_seen_at,
            eligible_at, revision, attempts, error_run, parked_at, park_reason)
          SELECT 'google', 'reconcile', 'token-' || n, 'token-' || n, %d, %d + n * CAST(1000000 AS BIGINT), 1, 0, 0,
            CASE WHEN n %% 500 = 0 THEN 0 END, CASE WHEN n %% 500 = 0 THEN 'exhausted' END
          FROM %s
          """
              .formatted(start, start, series));
      handle.execute(
          """
          INSERT INTO inbox_awaited_owner (provider, kind, subject_key, awaited_key)
          SELECT 'google', 'reconcile', 'token-' || n, 'token-' || (n + 1) FROM %s
          """
              .formatted(series));
      return handle.execute(
          """
          INSERT INTO facts (subject, subject_id, number, kind, happened_at, learned_at, body)
          SELECT 'account', n, 1, 'offset_drawn', 0, 0, '{}' FROM %s
          """
              .formatted(series));
    });
  }

  /// A database that keeps every statement that is executed, once, as the engine can explain it.
  private static final class Observed implements Database {
    private final Database real;
    private static final Set<String> TRANSACTION = Set.of("BEGIN", "COMMIT", "ROLLBACK");

    private final Map<String, String> statements = new TreeMap<>();

    Observed(Database real) {
      this.real = real;
    }

    private <T> Function<Handle, T> observed(Function<Handle, T> work) {
      return handle -> {
        handle.getConfig(SqlStatements.class).setSqlLogger(new Listener());
        ObservedLookups.of(handle, this::keep);
        return work.apply(handle);
      };
    }

    private final class Listener implements SqlLogger {
      @Override
      public void logBeforeExecution(StatementContext context) {
        keep(context.getParsedSql().getSql(), context.getStatement());
      }
    }

    private void keep(String sql, java.sql.@Nullable Statement statement) {
      if (TRANSACTION.contains(sql)) {
        return;
      }
      String filledIn =
          switch (dialect()) {
            // The pool's proxy shows the driver's statement, which shows its arguments.
            case POSTGRESQL -> String.valueOf(statement).replaceFirst("(?s)^.*? wrapping ", "");
            case SQLITE -> sql;
          };
      // A batch does not show its arguments; what is put in by values needs no plan.
      if (!filledIn.equals("null")) {
        statements.put(sql, filledIn);
      }
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
      return real.read(observed(work));
    }

    @Override
    public <T> T snapshot(Function<Handle, T> work) {
      return real.snapshot(observed(work));
    }

    @Override
    public <T> T write(Function<Handle, T> work) {
      return real.write(observed(work));
    }

    @Override
    public DatabaseLoad load() {
      return real.load();
    }

    @Override
    public Dialect dialect() {
      return real.dialect();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
