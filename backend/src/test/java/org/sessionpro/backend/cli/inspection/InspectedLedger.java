package org.sessionpro.backend.cli.inspection;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CapturedShell;
import org.sessionpro.backend.cli.PromisedMembers;
import org.sessionpro.backend.cli.Shell;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Rules;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.crypto.Crypto;

/// A ledger on an empty database, and the program that looks at it.
///
/// What is drawn at random comes from a fixed seed, so that whole outputs can be compared.
final class InspectedLedger {
  static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  static final MasterKey ALICE = MasterKey.fromHex("a1".repeat(32));
  static final MasterKey BOB = MasterKey.fromHex("b0".repeat(32));
  static final Crypto CRYPTO = Crypto.selfTested();

  final DatabaseUrl url;
  private final Path folder;
  private boolean atTerminal;
  private Map<String, String> environment = Map.of();
  private InstantSource clock = () -> day(45);
  private CapturedShell shell = new CapturedShell(Map.of());

  InspectedLedger(Engine engine, Path folder) {
    this(engine.empty(folder), folder);
  }

  /// Another program on a ledger that is there already.
  InspectedLedger(DatabaseUrl url, Path folder) {
    this.url = url;
    this.folder = folder;
  }

  static Instant day(int days) {
    return T.plus(Duration.ofDays(days));
  }

  /// Lets a person read what the program writes.
  InspectedLedger atTerminal() {
    atTerminal = true;
    return this;
  }

  /// As above, at one of that many characters a line.
  InspectedLedger atTerminalOf(int columns) {
    environment = Map.of("COLUMNS", Integer.toString(columns));
    return atTerminal();
  }

  InspectedLedger with(InstantSource other) {
    clock = other;
    return this;
  }

  /// What the tests look at:
  ///
  /// | payment | what |
  /// |---|---|
  /// | 1 | Alice's Google cycle `order-1` of `token`, days 0 to 30, claimed on day 0 |
  /// | 2 | her voucher `voucher-1` of 30 days, granted on day 5 |
  /// | 3 | the renewal `order-2`, days 30 to 60, in grace until day 63 |
  /// | 4 | `order-9` of `other`, days 40 to 70, waits for her |
  /// | 5 | `order-7` of `strange`, days 1 to 31, waits for Bob |
  ///
  /// Her first generation was revoked on day 6.
  InspectedLedger filled() {
    try (Ledger ledger = open()) {
      ledger.belongTo(ServerKey.development(CRYPTO).publicKey());
      record(ledger, cycle("token", "order-1", 0, binding(ALICE)), day(0));
      ledger.visit(ALICE, day(0), day(0)).bind();
      record(ledger, voucher("voucher-1", ALICE, day(5)), day(5));
      ledger.revoke(ALICE, "key lost", day(6));
      record(ledger, cycle("token", "order-2", 30, binding(ALICE)), day(30).plusSeconds(2));
      Statement grace =
          Statement.of(
              google("token", "order-2"),
              new TermsStated(null, Duration.ofDays(3), true, true, day(31), true));
      record(ledger, grace, day(31));
      record(ledger, cycle("other", "order-9", 40, binding(ALICE)), day(40));
      record(ledger, cycle("strange", "order-7", 1, binding(BOB)), day(41));
    }
    return this;
  }

  Ledger open() {
    return new Ledger(
        Databases.open(url), Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new Random(1))));
  }

  private static void record(Ledger ledger, Statement statement, Instant now) {
    ledger.record(List.of(statement), now);
  }

  private static PaymentKey google(String token, String order) {
    return PaymentKey.google(new PurchaseToken(token), new OrderId(order));
  }

  private static Binding binding(MasterKey owner) {
    return new Binding(owner.bytes());
  }

  /// A month that began on that day.
  static Statement cycle(String token, String order, int from, @Nullable Binding binding) {
    Instant purchased = day(from);
    return Statement.of(
        google(token, order),
        new Witnessed(
            Product.of(new Plan("1m")),
            purchased,
            binding,
            true,
            purchased.plus(Duration.ofDays(2)),
            Source.STORE,
            null),
        new TermsStated(day(from + 30), null, true, false, purchased, true));
  }

  private static Statement voucher(String order, MasterKey owner, Instant at) {
    return new Statement(
        PaymentKey.voucher(new OrderId(order)),
        List.of(
            new Witnessed(
                Product.of(new Plan("1m")), at, null, false, Instant.EPOCH, Source.MINT, null),
            new CreditOpened(Duration.ofDays(30), at)),
        new Statement.Claim(owner, at, ClaimedBy.MINT));
  }

  /// Runs a command on this ledger, in development mode unless a key is given.
  ///
  /// @return the exit status
  int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--db", Engine.text(url), "--data", folder.resolve("data").toString()));
    if (!all.contains("--key")) {
      all.add("--dev");
    }
    return runAsIs(all.toArray(String[]::new));
  }

  int runAsIs(String... arguments) {
    shell = atTerminal ? CapturedShell.watched(environment) : new CapturedShell(environment);
    Shell surroundings = shell.shell();
    return PromisedMembers.run(
        shell,
        List.of(
            new AccountCommands(surroundings, () -> CRYPTO, clock),
            new PaymentCommands(surroundings, () -> CRYPTO, clock),
            new RevocationCommands(surroundings, () -> CRYPTO, clock),
            new ActsCommands(surroundings, () -> CRYPTO, clock),
            new ClockCommands(surroundings, clock),
            new DoctorCommand(surroundings, () -> CRYPTO, clock),
            new InboxCommands(surroundings, () -> CRYPTO, clock)),
        arguments);
  }

  String out() {
    return shell.out();
  }

  String err() {
    return shell.err();
  }
}
