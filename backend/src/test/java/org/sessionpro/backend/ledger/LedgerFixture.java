package org.sessionpro.backend.ledger;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;

/// A ledger on an empty database of either engine, and short words for what tests put in.
final class LedgerFixture implements AutoCloseable {
  static final Instant T = Instant.ofEpochSecond(1_767_225_600);
  static final Duration DAY = Duration.ofDays(1);
  static final MasterKey ALICE = key(1);
  static final MasterKey BOB = key(2);

  final Database database;
  final Ledger ledger;
  final VoucherMint mint;

  LedgerFixture(Engine engine, Path folder) {
    this(engine.open(folder));
  }

  /// A ledger on that database, which it closes when it is closed.
  LedgerFixture(Database database) {
    this.database = database;
    this.ledger =
        new Ledger(database, Rules.of(RenewalAllowance.DEFAULT, Draws.drawing(new SecureRandom())));
    this.mint = new VoucherMint(ledger);
  }

  static MasterKey key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    return new MasterKey(ByteString.of(bytes));
  }

  /// The instant that many days after [#T].
  static Instant day(long days) {
    return T.plus(DAY.multipliedBy(days));
  }

  void voucher(MasterKey owner, int days, Instant now) {
    mint.mint(owner, new Plan(days + "d"), DAY.multipliedBy(days), now);
  }

  /// A Google cycle bought at `purchased` that runs to `expiry` and carries `binding`.
  Statement cycle(
      String token, String order, Instant purchased, Instant expiry, @Nullable Binding binding) {
    return googleCycle(token, order, purchased, expiry, binding);
  }

  static Statement googleCycle(
      String token, String order, Instant purchased, Instant expiry, @Nullable Binding binding) {
    return Statement.of(
        PaymentKey.google(new PurchaseToken(token), new OrderId(order)),
        new Witnessed(
            Product.of(new Plan("1m")),
            purchased,
            binding,
            true,
            purchased.plus(Duration.ofDays(2)),
            Source.STORE,
            null),
        new TermsStated(expiry, null, true, false, purchased, true));
  }

  /// A page of the history, as it stands a hundred days after [#T].
  Optional<Ledger.History> page(MasterKey key, @Nullable PaymentId before, int limit) {
    return ledger.page(key, before, limit, day(100));
  }

  void record(Statement statement, Instant now) {
    ledger.record(List.of(statement), now);
  }

  Account account(MasterKey key) {
    return ledger.account(key).orElseThrow();
  }

  static Binding rawKey(MasterKey key) {
    return new Binding(key.bytes());
  }

  @Override
  public void close() {
    database.close();
  }
}
