package org.sessionpro.backend.store.apple.work;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.inbox.AnyLane;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.InboxRules;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.AppleSignedData;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.Payloads;
import org.sessionpro.backend.store.apple.Said;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.TestPki;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;

/// A ledger and an inbox on a real database, and who keeps there what a test signs in Apple's place.
public final class IntakeRig implements AutoCloseable {
  public static final TestPki PKI = TestPki.withoutResponder();
  private static final Crypto CRYPTO = Crypto.selfTested();

  private final SimulatedClock clock = new SimulatedClock(Payloads.SIGNED.plusSeconds(1));
  private final AppleSettings settings = Payloads.settings(Environment.SANDBOX.api(), null);
  private final SignedData signed = new AppleSignedData(settings, PKI.roots(), clock);
  private final Database database;
  private final Ledger ledger;
  private final Rooms rooms;

  public IntakeRig(Engine engine, Path folder) {
    database = engine.open(folder);
    SecureRandom random = new SecureRandom();
    ledger = new Ledger(database, Rules.of(RenewalAllowance.DEFAULT, Draws.from(random)));
    Inbox inbox = new Inbox(database, random, new InboxRules(36, "test"));
    rooms =
        new Rooms(
            ledger.subscriptions(), inbox, IdentifierMask.withFreshKey(CRYPTO, random), clock);
  }

  /// Keeps what is signed under [#PKI].
  ///
  /// @param asks whether Apple can be asked about subscriptions
  public AppleNotifications notifications(boolean asks) {
    return new AppleNotifications(signed, asks, rooms);
  }

  /// Takes what Apple says and applies it.
  void receive(String json) {
    var _ = notifications(false).receive(PKI.sign(json));
    WorkHandler handler =
        Objects.requireNonNull(
            new AppleWork(signed, null, Said.PRODUCTS, rooms).handlers().get(WorkKind.MESSAGE));
    for (Claim claim :
        AnyLane.claim(
            rooms.inbox(),
            StoreProvider.APPLE,
            EnumSet.of(WorkKind.MESSAGE),
            10,
            clock.instant())) {
      Outcome outcome = handler.handle(new Alone(claim));
      var _ = rooms.inbox().settle(claim, outcome, clock.instant());
    }
  }

  /// A turn that nobody interrupts.
  private record Alone(Claim claim) implements WorkHandler.Turn {
    @Override
    public boolean goesOn() {
      return true;
    }
  }

  /// A notification that nobody has seen yet.
  ///
  /// @param type with the subtype behind a slash if there is one
  public static SignedText news(String type) {
    return Payloads.of(PKI, UUID.randomUUID(), type);
  }

  public AppleSettings settings() {
    return settings;
  }

  public SimulatedClock clock() {
    return clock;
  }

  public Rooms rooms() {
    return rooms;
  }

  public Database database() {
    return database;
  }

  public Ledger ledger() {
    return ledger;
  }

  /// What is owed, of whatever kind.
  public List<StoredWork> owed() {
    return rooms.inbox().inspection().list(Filter.ALL, 1_000);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
