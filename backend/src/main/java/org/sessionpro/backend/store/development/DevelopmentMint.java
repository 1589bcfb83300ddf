package org.sessionpro.backend.store.development;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;

/// Mints payments of any provider (`entitlement.md` §11): a credit of the plan's length under ids
/// that look like the provider's own.
///
/// | provider | ids |
/// |---|---|
/// | `google_play` | a random UUID as token, `GPA.` and a random UUID as order id |
/// | `app_store` | 18 decimal digits as transaction and as original transaction |
/// | `stf` | a random UUID as order id |
public final class DevelopmentMint {
  private static final BigInteger TRANSACTIONS = BigInteger.TEN.pow(18);
  private static final int TRANSACTION_BITS = 128;

  private final Ledger ledger;
  private final SecureRandom random;

  public DevelopmentMint(Ledger ledger, SecureRandom random) {
    this.ledger = ledger;
    this.random = random;
  }

  /// What is to be minted.
  ///
  /// @param length greater than zero, at most [VoucherMint#MAX_LENGTH]
  /// @param redeem whether it is bound at once, or waits until the owner asks for anything, which
  ///     vouchers cannot: nothing about them tells their owner
  public record Order(
      MasterKey owner, PaymentProvider provider, Plan plan, Duration length, boolean redeem) {
    public Order {
      if (!length.isPositive() || length.compareTo(VoucherMint.MAX_LENGTH) > 0) {
        throw new IllegalArgumentException("a minted payment lasts up to 100 years");
      }
      if (provider == PaymentProvider.STF && !redeem) {
        throw new IllegalArgumentException("nobody could claim a voucher that waits");
      }
    }
  }

  /// Mints one. Not repeatable: each call makes one more.
  ///
  /// @param now our clock; purchase and redemption
  public PaymentKey mint(Order order, Instant now) {
    Statement statement = statement(order, now);
    ledger.record(List.of(statement), now);
    return statement.key();
  }

  /// What is to be recorded so that there is one more, of a new name.
  public Statement statement(Order order, Instant now) {
    StoreBindings ids = StoreBindings.of(order.owner());
    Instant at = Micros.floor(now);
    return switch (order.provider()) {
      case GOOGLE_PLAY -> {
        PaymentKey key =
            PaymentKey.google(
                new PurchaseToken(UUID.randomUUID().toString()),
                new OrderId("GPA." + UUID.randomUUID()));
        Binding binding = new Binding(ids.googleKey());
        yield minted(
            key,
            order,
            new Witnessed(
                Product.of(order.plan()), at, binding, true, Instant.EPOCH, Source.MINT, null));
      }
      case APP_STORE -> {
        TransactionId id = transaction();
        Binding binding = Binding.apple(ids.appleToken());
        yield minted(
            PaymentKey.appleTransaction(id, id),
            order,
            new Witnessed(
                Product.of(order.plan()), at, binding, true, Instant.EPOCH, Source.MINT, id));
      }
      case STF -> VoucherMint.statement(order.owner(), order.plan(), order.length(), at);
    };
  }

  private TransactionId transaction() {
    BigInteger number = new BigInteger(TRANSACTION_BITS, random).mod(TRANSACTIONS);
    return new TransactionId("%018d".formatted(number));
  }

  private static Statement minted(PaymentKey key, Order order, Witnessed witnessed) {
    Instant at = witnessed.purchasedAt();
    Statement.Claim claim =
        order.redeem() ? new Statement.Claim(order.owner(), at, ClaimedBy.MINT) : null;
    CreditOpened credit = new CreditOpened(order.length(), at);
    return new Statement(key, List.of(witnessed, credit), claim);
  }
}
