package org.sessionpro.backend.store.voucher;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Product;
import org.sessionpro.backend.entitlement.PaymentFact.Source;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.Plan;

/// Grants vouchers (`entitlement.md` §11): a credit of the plan's length, bound at once to the
/// account of a master key.
public final class VoucherMint {
  /// The longest voucher, 100 years; keeps every instant within what both protocols can carry.
  public static final Duration MAX_LENGTH = Duration.ofDays(36_525);

  private final Ledger ledger;
  private final Supplier<UUID> orderIds;

  public VoucherMint(Ledger ledger) {
    this(ledger, UUID::randomUUID);
  }

  /// With order ids from elsewhere; for tests.
  VoucherMint(Ledger ledger, Supplier<UUID> orderIds) {
    this.ledger = ledger;
    this.orderIds = orderIds;
  }

  /// A voucher that was granted.
  ///
  /// @param orderId a random UUID; what the owner's client shows as the payment's id
  public record Voucher(OrderId orderId, Plan plan, Duration length) {}

  /// Grants a voucher to the account of `owner`, which is created if there is none. Not repeatable:
  /// each call grants one more.
  ///
  /// @param length greater than zero, at most [#MAX_LENGTH], to the microsecond
  /// @param now our clock; purchase and redemption of the grant
  public Voucher mint(MasterKey owner, Plan plan, Duration length, Instant now) {
    OrderId orderId = new OrderId(orderIds.get().toString());
    ledger.record(List.of(statement(orderId, owner, plan, length, now)), now);
    return new Voucher(orderId, plan, length);
  }

  /// What is to be recorded so that `owner` has a voucher of a new name.
  ///
  /// @param length greater than zero, at most [#MAX_LENGTH], to the microsecond
  /// @param now our clock; purchase and redemption of the grant
  public static Statement statement(MasterKey owner, Plan plan, Duration length, Instant now) {
    return statement(new OrderId(UUID.randomUUID().toString()), owner, plan, length, now);
  }

  private static Statement statement(
      OrderId orderId, MasterKey owner, Plan plan, Duration length, Instant now) {
    if (!length.isPositive() || length.compareTo(MAX_LENGTH) > 0) {
      throw new IllegalArgumentException("a voucher lasts up to 100 years");
    }
    Instant at = Micros.floor(now);
    Witnessed witnessed =
        new Witnessed(Product.of(plan), at, null, false, Instant.EPOCH, Source.MINT, null);
    return new Statement(
        PaymentKey.voucher(orderId),
        List.of(witnessed, new CreditOpened(length, at)),
        new Statement.Claim(owner, at, ClaimedBy.MINT));
  }
}
