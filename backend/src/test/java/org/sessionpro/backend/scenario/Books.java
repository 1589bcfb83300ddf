package org.sessionpro.backend.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.Found;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.ledger.Sought;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.life.Truth;
import org.sessionpro.simulator.script.AccountCondition;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.ServerExpectation.WorkState;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// What a server keeps, compared with what scripts expect. Reads its database and touches no account,
/// because that would bind what waits for the owner.
final class Books {
  static final RenewalAllowance ALLOWANCE = new RenewalAllowance(Duration.ofHours(1));

  /// Longer than any script.
  private static final Duration ALL_REVOCATIONS = Duration.ofDays(36_500);

  private static final int ALL_WORK = 1_000;

  private final Database database;
  private final Ledger ledger;
  private final Inbox inbox;
  private final @Nullable GoogleSimulator google;
  private final InstantSource clock;
  private final Set<RevokedTag> listedBefore;
  private final Instant begun;
  private final Map<String, Optional<AccountHistory>> remembered = new HashMap<>();

  /// @param database of the server
  /// @param google whose truth scripts may expect; null if there is none
  /// @param clock the simulated time
  Books(
      Database database,
      Ledger ledger,
      Inbox inbox,
      @Nullable GoogleSimulator google,
      InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.inbox = inbox;
    this.google = google;
    this.clock = clock;
    this.listedBefore = listed();
    this.begun = clock.instant();
  }

  private Set<RevokedTag> listed() {
    return new HashSet<>(ledger.revocations(clock.instant(), ALL_REVOCATIONS).revoked());
  }

  void remember(Buyer buyer) {
    remembered.put(buyer.name(), history(buyer.key()));
  }

  /// All that is known of an account; empty if there is none.
  Optional<AccountHistory> history(MasterKey key) {
    return ledger.inspection().find(Sought.of(key.hex())) instanceof Found.OneAccount found
        ? Optional.of(found.history())
        : Optional.empty();
  }

  /// Everything that is recorded under a name.
  Found find(Sought sought) {
    return ledger.inspection().find(sought);
  }

  KnownSubscription known(StoreId purchase) {
    PaymentProvider provider =
        switch (purchase) {
          case PurchaseToken _ -> PaymentProvider.GOOGLE_PLAY;
          case TransactionId _ -> PaymentProvider.APP_STORE;
          case OrderId _ -> PaymentProvider.STF;
        };
    return ledger.subscriptions().known(new SubscriptionKey(provider, purchase.value()), List.of());
  }

  /// Compares. Whether somebody was told stands in no book.
  Verdict check(ServerExpectation expected, Scene scene) {
    return switch (expected) {
      case ServerExpectation.Rows rows -> {
        long found =
            scene.purchases(rows.purchase()).stream()
                .mapToLong(purchase -> known(purchase).payments().size())
                .sum();
        yield Verdict.of(rows.count().contains(found), "there are " + found);
      }
      case ServerExpectation.Row row -> row(row, scene);
      case ServerExpectation.NoRow row ->
          Verdict.of(payment(scene.cycle(row.cycle())).isEmpty(), "there is one");
      case ServerExpectation.Account account -> account(account, scene);
      case ServerExpectation.Generation generation -> generation(generation, scene);
      case ServerExpectation.RevocationList list -> {
        Set<RevokedTag> more = listed();
        more.removeAll(listedBefore);
        yield Verdict.of(more.size() == list.entries(), "there are " + more.size());
      }
      case ServerExpectation.Work work -> work(work, scene);
      case ServerExpectation.Inbox messages -> inbox(messages, scene);
      case ServerExpectation.Fact fact -> new FactCheck(this, scene).check(fact);
      case ServerExpectation.Alert _, ServerExpectation.Metric _ -> new Verdict.Unchecked();
      case ServerExpectation.Unchanged unchanged -> {
        Optional<AccountHistory> now = history(scene.buyer(unchanged.buyer()).key());
        yield Verdict.of(
            now.equals(remembered.get(unchanged.buyer())), "something was written: " + now);
      }
      case ServerExpectation.Truth _ -> truth(scene);
    };
  }

  private Verdict row(ServerExpectation.Row row, Scene scene) {
    Optional<RegisteredPayment> found = payment(scene.cycle(row.cycle()));
    if (found.isEmpty()) {
      return new Verdict.Unmet("there is no such row");
    }
    KnownSubscription known = known(scene.purchase(row.cycle().purchase()));
    RowCheck check = new RowCheck(found.get().payment(), known, ledger, clock.instant());
    List<String> wrong =
        row.conditions().stream()
            .flatMap(condition -> check.complaint(condition, row.cycle(), scene).stream())
            .toList();
    return Verdict.of(wrong.isEmpty(), String.join(", ", wrong));
  }

  Optional<RegisteredPayment> payment(StoreCycle cycle) {
    return switch (cycle) {
      case StoreCycle.OfGoogle google ->
          payment(google.token(), PaymentKey.google(google.token(), google.order()));
      case StoreCycle.OfApple apple -> payment(apple.original(), key(apple));
    };
  }

  static PaymentKey key(StoreCycle.OfApple cycle) {
    return cycle.lineItem() == null
        ? PaymentKey.appleTransaction(cycle.original(), cycle.transaction())
        : PaymentKey.appleLineItem(cycle.original(), cycle.lineItem());
  }

  private Optional<RegisteredPayment> payment(StoreId purchase, PaymentKey key) {
    return known(purchase).payments().stream()
        .filter(one -> one.payment().key().equals(key))
        .findFirst();
  }

  private Verdict account(ServerExpectation.Account expected, Scene scene) {
    MasterKey key = scene.buyer(expected.buyer()).key();
    Instant now = clock.instant();
    Optional<Ledger.Status> status = ledger.status(key, now);
    List<String> wrong =
        expected.conditions().stream()
            .flatMap(condition -> complaint(condition, key, status, scene).stream())
            .toList();
    return Verdict.of(wrong.isEmpty(), String.join(", ", wrong));
  }

  private Optional<String> complaint(
      AccountCondition condition, MasterKey key, Optional<Ledger.Status> status, Scene scene) {
    Instant now = clock.instant();
    if (condition instanceof AccountCondition.Is(AccountCondition.Status expected)) {
      AccountCondition.Status found =
          status
              .map(it ->
                  it.account().isActiveAt(now, ALLOWANCE)
                      ? AccountCondition.Status.ACTIVE
                      : AccountCondition.Status.EXPIRED)
              .orElse(AccountCondition.Status.NEVER);
      return found == expected ? Optional.empty() : Optional.of("it is " + found);
    }
    if (status.isEmpty()) {
      return Optional.of("there is no account");
    }
    Account account = status.get().account();
    return switch (condition) {
      case AccountCondition.Is _ -> Optional.empty();
      case AccountCondition.Expiry(var at) ->
          RowCheck.differs("expiry", scene.instant(at), account.entitlement().expiry());
      case AccountCondition.Grace(Duration length) ->
          RowCheck.differs("grace", length, account.entitlement().graceAndAllowance(ALLOWANCE));
      case AccountCondition.Renewing(boolean flag) ->
          RowCheck.differs("renewing", flag, account.entitlement().renewing());
      case AccountCondition.Payments(int total) ->
          RowCheck.differs(
              "payments", (long) total, ledger.page(key, null, 1, now).orElseThrow().total());
    };
  }

  private Verdict generation(ServerExpectation.Generation expected, Scene scene) {
    return ledger
        .account(scene.buyer(expected.buyer()).key())
        .map(Account::generation)
        .map(found ->
            Verdict.of(
                found.ordinal() == expected.ordinal() && found.isRevoked() == expected.revoked(),
                "it is " + found.ordinal() + (found.isRevoked() ? ", revoked" : "")))
        .orElseGet(() -> Verdict.of(expected.ordinal() == 0, "there is no account"));
  }

  private Verdict work(ServerExpectation.Work expected, Scene scene) {
    WorkKind kind = expected.kind() == null ? null : WorkKind.valueOf(expected.kind().name());
    List<StoredWork> found = work(kind, scene.purchase(expected.purchase()));
    boolean met =
        expected.state() == WorkState.NONE
            ? found.isEmpty()
            : found.stream().anyMatch(one -> fits(one, expected));
    return Verdict.of(met, found.isEmpty() ? "there is none" : "there is " + found);
  }

  private List<StoredWork> work(@Nullable WorkKind kind, StoreId purchase) {
    return inbox.inspection().list(new Filter(null, kind, null, purchase.value()), ALL_WORK);
  }

  private static boolean fits(StoredWork found, ServerExpectation.Work expected) {
    boolean parked = found.parked() != null;
    boolean failed = found.failures().attempts() > 0;
    boolean state =
        switch (expected.state()) {
          case NONE -> false;
          case WAITING -> !parked && !failed;
          case RETRYING -> !parked && failed;
          case PARKED -> parked;
        };
    boolean reason =
        expected.reason() == null
            || (found.parked() != null
                && found.parked().reason().name().equals(expected.reason().name()));
    return state
        && reason
        && (expected.attempts() == null || found.failures().attempts() == expected.attempts());
  }

  /// What others have bought goes on living, and says so.
  private Verdict inbox(ServerExpectation.Inbox expected, Scene scene) {
    List<String> own =
        scene.purchaseNames().stream().map(name -> scene.purchase(name).value()).toList();
    String reason = expected.reason() == null ? null : expected.reason().name();
    int done = messages("done", null, own);
    int parked = messages("parked", reason, own);
    boolean met =
        (expected.done() == null || expected.done() == done)
            && (expected.parked() == null || expected.parked() == parked);
    return Verdict.of(met, done + " are done and " + parked + " parked");
  }

  private int messages(String state, @Nullable String reason, List<String> own) {
    return database.read(handle -> {
      var query =
          handle
              .createQuery(
                  """
                  SELECT count(*) FROM inbox_message m LEFT JOIN inbox_work w
                    ON w.kind = 'message' AND w.provider = m.source AND w.subject_key = m.external_id
                  WHERE m.state = :state AND m.received_at >= :begun
                    AND (m.subject_key IS NULL OR m.subject_key IN (<own>))
                  """
                      + (reason == null ? "" : " AND w.park_reason = :reason"))
              .bind("state", state)
              .bindList(EmptyHandling.NULL_KEYWORD, "own", own)
              .bind("begun", Micros.of(begun));
      return (reason == null ? query : query.bind("reason", reason.toLowerCase(Locale.ROOT)))
          .mapTo(Integer.class)
          .one();
    });
  }

  private Verdict truth(Scene scene) {
    if (google == null) {
      return new Verdict.Unchecked();
    }
    Truth all = Truth.of(google.store(), google.reads());
    List<String> wrong =
        new TruthCheck(google, Shown.by(google), this, ledger, clock.instant())
            .differences(
                new Truth(
                    all.subscriptions().stream().filter(one -> scene.knows(one.token())).toList(),
                    all.oneTimePurchases().stream()
                        .filter(one -> scene.knows(one.token()))
                        .toList()),
                scene.buyers());
    return Verdict.of(wrong.isEmpty(), String.join("; ", wrong));
  }
}
