package org.sessionpro.backend.store.google.work;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.GoogleSettings.Catalogue;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Continuation;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.PaymentLog;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreGate;
import org.sessionpro.backend.store.google.GoogleClients;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;

/// A simulated Google, a ledger and an inbox on a real database, and everything that is done about
/// items; a test says when.
public final class WorkRig implements AutoCloseable {
  public static final MasterKey ALICE = new MasterKey(ByteString.fromHex("a1".repeat(32)));
  private static final Crypto CRYPTO = Crypto.selfTested();

  private final SimulatedGoogle google;
  private final GoogleClients clients;
  private final Database database;
  private final Ledger ledger;
  private final Inbox inbox;
  private final Rooms rooms;
  private final Asking asking;
  private final Notifications notifications;
  private final NotificationPull pull;
  private Map<WorkKind, WorkHandler> handlers;

  public WorkRig(Engine engine, Path folder) {
    this(engine, folder, new SimulatedGoogle(folder));
  }

  /// On a database that is there already.
  public WorkRig(DatabaseUrl url, Path folder) {
    this(Databases.open(url), new SimulatedGoogle(folder));
  }

  private WorkRig(Engine engine, Path folder, SimulatedGoogle google) {
    this(engine.open(folder), google);
  }

  private WorkRig(Database database, SimulatedGoogle google) {
    this(database, google, google.settings());
  }

  WorkRig(Engine engine, Path folder, SimulatedGoogle google, GoogleSettings settings) {
    this(engine.open(folder), google, settings);
  }

  private WorkRig(Database database, SimulatedGoogle google, GoogleSettings settings) {
    this.google = google;
    this.database = database;
    clients = GoogleClients.open(settings, GoogleClients.Limits.STANDARD, google.clock());
    SecureRandom random = new SecureRandom();
    IdentifierMask mask = IdentifierMask.withFreshKey(CRYPTO, random);
    ledger =
        new Ledger(
            database,
            Rules.of(RenewalAllowance.DEFAULT, Draws.from(random))
                .watchedBy(Inbox::ownerFound)
                .toldTo(PaymentLog.masked(mask)));
    inbox = new Inbox(database, random, new InboxRules(36, "test"));
    rooms = new Rooms(ledger.subscriptions(), inbox, mask, google.clock());
    StoreGate gate = new StoreGate(new StoreGate.Rate(50, Duration.ofSeconds(1)), google.clock());
    asking = Asking.through(gate, clients.play(), google.clock());
    notifications = new Notifications(settings.packageName(), rooms);
    pull = new NotificationPull(clients.pubSub(), notifications, google.clock());
    handlers = handlers(settings.catalogue());
  }

  private Map<WorkKind, WorkHandler> handlers(Catalogue catalogue) {
    return GoogleWork.handlers(
        asking, catalogue, new Continuation(RenewalAllowance.DEFAULT), notifications, rooms);
  }

  /// As after a start with another catalogue.
  void restart(Catalogue catalogue) {
    handlers = handlers(catalogue);
  }

  public SimulatedGoogle google() {
    return google;
  }

  public Rooms rooms() {
    return rooms;
  }

  public Asking asking() {
    return asking;
  }

  public Database database() {
    return database;
  }

  public Ledger ledger() {
    return ledger;
  }

  public NotificationPull pull() {
    return pull;
  }

  public Instant now() {
    return google.clock().instant();
  }

  /// Pulls until nothing comes, and works on everything that is due, until nothing is.
  public void settle() {
    boolean anything;
    do {
      anything = !pull.once().isEmpty();
      anything |= !work().isEmpty();
    } while (anything);
  }

  /// Works on what is due now, once.
  ///
  /// @return what came of the items
  public List<Outcome> work() {
    List<Outcome> outcomes = new ArrayList<>();
    for (Claim claim : claim()) {
      Outcome outcome = handle(claim);
      var _ = inbox.settle(claim, outcome, now());
      outcomes.add(outcome);
    }
    return outcomes;
  }

  List<Claim> claim() {
    return AnyLane.claim(inbox, StoreProvider.GOOGLE, EnumSet.allOf(WorkKind.class), 100, now());
  }

  Outcome handle(Claim claim) {
    return Objects.requireNonNull(handlers.get(claim.item().kind())).handle(new FreeTurn(claim));
  }

  private record FreeTurn(Claim claim) implements WorkHandler.Turn {
    @Override
    public boolean goesOn() {
      return true;
    }
  }

  KnownSubscription known(PurchaseToken token) {
    return ledger.subscriptions().known(SubscriptionKey.google(token), List.of());
  }

  /// The payments of a purchase, in the order of registration.
  public List<Payment> payments(PurchaseToken token) {
    return known(token).payments().stream().map(RegisteredPayment::payment).toList();
  }

  /// The newest payment of a purchase.
  public Payment payment(PurchaseToken token) {
    return payments(token).getLast();
  }

  /// What is owed, of whatever kind.
  public List<StoredWork> owed() {
    return inbox.inspection().list(Filter.ALL, 100);
  }

  /// Why items are parked.
  List<ParkReason> parked() {
    return owed().stream()
        .flatMap(one -> Stream.ofNullable(one.parked()))
        .map(StoredWork.Parked::reason)
        .toList();
  }

  /// Alice asks for something, which binds what waits for her.
  public void touch() {
    var _ = ledger.visit(ALICE, now(), now()).bind();
  }

  @Override
  public void close() {
    clients.close();
    google.close();
    ledger.close();
  }
}
