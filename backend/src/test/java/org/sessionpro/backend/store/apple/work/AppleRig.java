package org.sessionpro.backend.store.apple.work;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.Upkeep;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.AuditCount;
import org.sessionpro.backend.ledger.AuditObserver;
import org.sessionpro.backend.ledger.AuditScope;
import org.sessionpro.backend.ledger.Finding;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.PaymentLog;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.store.apple.Convergence.Matter;
import org.sessionpro.backend.store.apple.Notification;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.Products;
import org.sessionpro.backend.store.apple.RenewalInfo;
import org.sessionpro.backend.store.apple.Said;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.backend.store.apple.SignedData.Verified.Rejected;
import org.sessionpro.backend.store.apple.Snapshot;
import org.sessionpro.backend.store.apple.TransactionInfo;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.Crypto;

/// Apple in memory, a ledger and an inbox on a real database, and everything that is done about items;
/// a test says when.
final class AppleRig implements AutoCloseable {
  private static final Crypto CRYPTO = Crypto.selfTested();

  final Signatures signed = new Signatures();
  final Records records = new Records();
  private final Database database;
  private final Ledger ledger;
  private final Inbox inbox;
  private final Rooms rooms;
  private AppleWork work;
  private Instant now = Said.day(100);

  /// Whether turns go on.
  boolean goesOn = true;

  AppleRig(Engine engine, Path folder) {
    database = engine.open(folder);
    SecureRandom random = new SecureRandom();
    IdentifierMask mask = IdentifierMask.withFreshKey(CRYPTO, random);
    ledger =
        new Ledger(
            database,
            Rules.of(RenewalAllowance.DEFAULT, Draws.from(random)).toldTo(PaymentLog.masked(mask)));
    inbox = new Inbox(database, random, new InboxRules(36, "test"));
    rooms = new Rooms(ledger.subscriptions(), inbox, mask, () -> now);
    work = new AppleWork(signed, new Asking(records, records), Said.PRODUCTS, rooms);
  }

  /// What Apple has signed, each by a text of its own.
  static final class Signatures implements SignedData {
    private final Map<SignedText, Object> signed = new HashMap<>();
    private final Map<SignedText, Chain> chains = new HashMap<>();
    Chain chain = Chain.GOOD;

    SignedText sign(Object value) {
      SignedText text = new SignedText("signed-" + signed.size());
      signed.put(text, value);
      return text;
    }

    void chain(SignedText text, Chain chain) {
      chains.put(text, chain);
    }

    private <T> Verified<T> read(SignedText text, Class<T> type) {
      Object value = signed.get(text);
      return type.isInstance(value)
          ? new Genuine<>(type.cast(value))
          : new Rejected<>(Problem.SIGNATURE);
    }

    @Override
    public Verified<Notification> notification(SignedText text) {
      return read(text, Notification.class);
    }

    @Override
    public Verified<TransactionInfo> transaction(SignedText text) {
      return read(text, TransactionInfo.class);
    }

    @Override
    public Verified<RenewalInfo> renewal(SignedText text) {
      return read(text, RenewalInfo.class);
    }

    @Override
    public Chain chain(SignedText text) {
      return chains.getOrDefault(text, chain);
    }
  }

  /// What Apple answers. Nothing is known until a test says what is.
  static final class Records implements AppStoreApi {
    StoreAnswer<List<Standing>> standings = new NotFound<>();
    final List<StoreAnswer<HistoryPage>> pages = new ArrayList<>();
    final List<TransactionId> asked = new ArrayList<>();

    /// Behind what each page was asked for; empty for the beginning.
    final List<Optional<Revision>> read = new ArrayList<>();

    @Override
    public StoreAnswer<List<Standing>> statuses(TransactionId any) {
      asked.add(any);
      return standings;
    }

    @Override
    public StoreAnswer<HistoryPage> history(TransactionId any, @Nullable Revision after) {
      read.add(Optional.ofNullable(after));
      return pages.get(after == null ? 0 : Integer.parseInt(after.value()));
    }

    @Override
    public StoreAnswer<NotificationPage> notifications(
        Instant from, Instant until, @Nullable PageToken page) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreAnswer<TestToken> requestTest() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreAnswer<TestResult> testResult(TestToken token) {
      throw new UnsupportedOperationException();
    }
  }

  /// Apple says how the subscription stands.
  AppStoreApi.Standing standing(Said said, RenewalInfo renewal) {
    return new AppStoreApi.Standing(
        said.tx().names().original(), 1, signed.sign(said.tx()), signed.sign(renewal));
  }

  void stands(AppStoreApi.Standing... standings) {
    records.standings = new Answer<>(List.of(standings));
  }

  /// Apple says at that instant that the subscription renews.
  void stands(Said said, Instant at) {
    stands(standing(said.at(at), Said.renewal(true, at)));
  }

  /// One more page of the history.
  void page(boolean more, Said... said) {
    records.pages.add(
        new Answer<>(
            new AppStoreApi.HistoryPage(
                Stream.of(said).map(one -> signed.sign(one.tx())).toList(),
                new AppStoreApi.Revision(Integer.toString(records.pages.size() + 1)),
                more)));
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  Instant now() {
    return now;
  }

  /// As after a start with another catalogue: parked items that it names come back.
  void restart(Products products, String... named) {
    work = new AppleWork(signed, new Asking(records, records), products, rooms);
    var _ =
        inbox
            .upkeep()
            .bringBackAtStart(
                StoreProvider.APPLE, new Upkeep.Known("test", Set.of(named), false), now);
  }

  /// What this process found that somebody should look at.
  long found(Matter matter) {
    return Objects.requireNonNull(work.findings().read().get(matter));
  }

  /// Keeps a notification, as the webhook does.
  ///
  /// @return its text
  SignedText send(String type, @Nullable Said said, @Nullable RenewalInfo renewal) {
    Notification notification =
        new Notification(
            new UUID(0, signed.signed.size()),
            type,
            null,
            now,
            1,
            said == null ? null : signed.sign(said.tx()),
            renewal == null ? null : signed.sign(renewal));
    return keep(signed.sign(notification));
  }

  /// Sends a notification that shows that.
  void send(Snapshot snapshot) {
    Snapshot.Notice notice = Objects.requireNonNull(snapshot.notice());
    keep(
        signed.sign(
            new Notification(
                new UUID(0, signed.signed.size()),
                notice.type(),
                notice.subtype(),
                notice.signedAt(),
                snapshot.status(),
                snapshot.present() == null ? null : signed.sign(snapshot.present()),
                snapshot.renewal() == null ? null : signed.sign(snapshot.renewal()))));
  }

  /// Alice asks for something, which binds what waits for her.
  void touch() {
    ledger.visit(Said.ALICE, now, now).bind();
  }

  /// What Alice is entitled to; empty if nothing is known of her.
  Optional<Entitlement> entitlement() {
    return ledger.account(Said.ALICE).map(Account::entitlement);
  }

  /// What a check of the whole ledger finds wrong.
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    AuditObserver observer =
        new AuditObserver() {
          @Override
          public void found(Finding finding) {
            findings.add(finding);
          }

          @Override
          public void progress(AuditCount count) {}
        };
    ledger
        .audit(RenewalAllowance.DEFAULT)
        .run(new AuditScope.All(), () -> now, new Random(1), observer);
    return findings.stream().filter(it -> !it.part().equals("database")).toList();
  }

  SignedText keep(SignedText text) {
    inbox.put(
        new StoreMessage(
            new MessageId(StoreProvider.APPLE, text.value()),
            "x",
            Said.SUBSCRIPTION,
            now,
            ByteString.of(text.value().getBytes(StandardCharsets.US_ASCII))),
        new Intake.Kept(List.of()),
        now);
    return text;
  }

  void owe(TransactionId subject) {
    inbox.enqueue(List.of(Owed.unannounced(WorkItem.reconcile(subject))), now);
  }

  /// Apple announces something about the subscription.
  void announce() {
    inbox.enqueue(List.of(Owed.announced(WorkItem.reconcile(Said.ORIGINAL), now)), now);
  }

  /// Works on what is due now, once.
  ///
  /// @return what came of the items
  List<Outcome> work() {
    List<Outcome> outcomes = new ArrayList<>();
    for (Claim claim : claim()) {
      Outcome outcome = handle(claim);
      var _ = inbox.settle(claim, outcome, now);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  List<Claim> claim() {
    return AnyLane.claim(inbox, StoreProvider.APPLE, EnumSet.allOf(WorkKind.class), 100, now);
  }

  Outcome handle(Claim claim) {
    return Objects.requireNonNull(work.handlers().get(claim.item().kind())).handle(new Turn(claim));
  }

  private final class Turn implements WorkHandler.Turn {
    private final Claim claim;

    Turn(Claim claim) {
      this.claim = claim;
    }

    @Override
    public Claim claim() {
      return claim;
    }

    @Override
    public boolean goesOn() {
      return goesOn;
    }
  }

  KnownSubscription known() {
    return ledger.subscriptions().known(Said.SUBSCRIPTION, List.of());
  }

  List<Payment> payments() {
    return known().payments().stream().map(RegisteredPayment::payment).toList();
  }

  /// When the newest cycle ends.
  @Nullable Instant expiry() {
    return payments().getLast().terms().expiry();
  }

  Ledger ledger() {
    return ledger;
  }

  Rooms rooms() {
    return rooms;
  }

  List<StoredWork> owed() {
    return inbox.inspection().list(Filter.ALL, 100);
  }

  List<ParkReason> parked() {
    return owed().stream()
        .flatMap(one -> Stream.ofNullable(one.parked()))
        .map(StoredWork.Parked::reason)
        .toList();
  }

  @Override
  public void close() {
    ledger.close();
  }
}
