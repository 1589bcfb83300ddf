package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.apple.TransactionInfo.Names;
import org.sessionpro.backend.store.apple.TransactionInfo.Ownership;
import org.sessionpro.backend.store.apple.TransactionInfo.ProductId;
import org.sessionpro.backend.store.apple.TransactionInfo.Reason;
import org.sessionpro.backend.store.apple.TransactionInfo.Revocation;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;

/// What Apple says of the cycles of one subscription of Alice's, which renews every thirty days from
/// [#T] on unless a test says otherwise.
public record Said(TransactionInfo tx) {
  public static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  public static final MasterKey ALICE = new MasterKey(ByteString.fromHex("a1".repeat(32)));
  public static final MasterKey BOB = new MasterKey(ByteString.fromHex("b0".repeat(32)));
  public static final TransactionId ORIGINAL = new TransactionId("2000000000000001");
  public static final SubscriptionKey SUBSCRIPTION =
      new SubscriptionKey(PaymentProvider.APP_STORE, ORIGINAL.value());
  public static final ProductId MONTH = new ProductId("pro.month");
  public static final ProductId CREDIT = new ProductId("pro.credit");
  public static final Products PRODUCTS =
      new Products(
          Map.of(MONTH, new Plan("1m"), new ProductId("pro.year"), new Plan("1y")),
          Map.of(CREDIT, new Plan("30d")));

  public static Instant day(long days) {
    return T.plus(Duration.ofDays(days));
  }

  static Instant minutes(long minutes) {
    return T.plus(Duration.ofMinutes(minutes));
  }

  public static UUID token(MasterKey key) {
    return StoreBindings.of(key).appleToken();
  }

  /// The cycle of that number, from 1 on, as Apple shows it a minute after its purchase.
  public static Said cycle(int number) {
    Instant purchased = day(30L * (number - 1));
    return new Said(
        new TransactionInfo(
            names(number, 0),
            MONTH,
            TransactionInfo.Type.AUTO_RENEWABLE,
            purchased,
            day(30L * number),
            purchased.plusSeconds(60),
            number == 1 ? Reason.PURCHASE : Reason.RENEWAL,
            Ownership.PURCHASED,
            token(ALICE),
            false,
            null,
            1,
            Remarks.NONE));
  }

  private static Names names(int number, int copy) {
    return new Names(
        ORIGINAL,
        new TransactionId("20000000000000" + (10 * number + copy)),
        new OrderId("3000000" + number));
  }

  public static Said bought(int number, Instant purchased, Instant expires) {
    TransactionInfo it = cycle(number).tx;
    return new Said(
        new TransactionInfo(
            it.names(),
            it.product(),
            it.type(),
            purchased,
            expires,
            purchased.plusSeconds(60),
            Reason.PURCHASE,
            it.ownership(),
            it.token(),
            false,
            null,
            1,
            Remarks.NONE));
  }

  /// As shown at another time.
  public Said at(Instant signedAt) {
    return new Said(
        new TransactionInfo(
            tx.names(),
            tx.product(),
            tx.type(),
            tx.purchasedAt(),
            tx.expiresAt(),
            signedAt,
            tx.reason(),
            tx.ownership(),
            tx.token(),
            tx.upgraded(),
            tx.revocation(),
            tx.quantity(),
            tx.remarks()));
  }

  Said named(Names names) {
    return new Said(
        new TransactionInfo(
            names,
            tx.product(),
            tx.type(),
            tx.purchasedAt(),
            tx.expiresAt(),
            tx.signedAt(),
            tx.reason(),
            tx.ownership(),
            tx.token(),
            tx.upgraded(),
            tx.revocation(),
            tx.quantity(),
            tx.remarks()));
  }

  /// The same cycle under one more transaction, as after a restore.
  public Said restored() {
    return named(
        new Names(
            ORIGINAL,
            new TransactionId(tx.names().transaction().value() + "9"),
            tx.names().lineItem()));
  }

  Said withoutLineItem() {
    return named(new Names(ORIGINAL, tx.names().transaction(), null));
  }

  public Said of(TransactionId original) {
    return named(new Names(original, tx.names().transaction(), tx.names().lineItem()));
  }

  public Said until(Instant expiresAt) {
    return sold(tx.product(), tx.type(), expiresAt, tx.quantity());
  }

  /// As a subscription of another product.
  public Said of(String product) {
    return sold(new ProductId(product), tx.type(), tx.expiresAt(), tx.quantity());
  }

  /// Something that is bought once and has no end of its own.
  public Said once(String product) {
    return sold(new ProductId(product), TransactionInfo.Type.NON_RENEWING, null, 1);
  }

  Said sold(
      ProductId product, TransactionInfo.Type type, @Nullable Instant expiresAt, int quantity) {
    return new Said(
        new TransactionInfo(
            tx.names(),
            product,
            type,
            tx.purchasedAt(),
            expiresAt,
            tx.signedAt(),
            tx.reason(),
            tx.ownership(),
            tx.token(),
            tx.upgraded(),
            tx.revocation(),
            quantity,
            tx.remarks()));
  }

  public Said by(@Nullable UUID token) {
    return with(tx.reason(), tx.ownership(), token, tx.upgraded(), tx.revocation());
  }

  Said as(Reason reason) {
    return with(reason, tx.ownership(), tx.token(), tx.upgraded(), tx.revocation());
  }

  public Said shared() {
    return with(tx.reason(), Ownership.FAMILY_SHARED, tx.token(), tx.upgraded(), tx.revocation());
  }

  public Said upgraded() {
    return with(tx.reason(), tx.ownership(), tx.token(), true, tx.revocation());
  }

  public Said refunded(Instant at) {
    return with(tx.reason(), tx.ownership(), tx.token(), tx.upgraded(), new Revocation(at, false));
  }

  Said standing() {
    return with(tx.reason(), tx.ownership(), tx.token(), tx.upgraded(), null);
  }

  private Said with(
      Reason reason,
      Ownership ownership,
      @Nullable UUID token,
      boolean upgraded,
      @Nullable Revocation revocation) {
    return new Said(
        new TransactionInfo(
            tx.names(),
            tx.product(),
            tx.type(),
            tx.purchasedAt(),
            tx.expiresAt(),
            tx.signedAt(),
            reason,
            ownership,
            token,
            upgraded,
            revocation,
            tx.quantity(),
            tx.remarks()));
  }

  /// What Apple says of the renewal.
  public static RenewalInfo renewal(boolean renewing, Instant signedAt) {
    return new RenewalInfo(ORIGINAL, MONTH, renewing, false, null, signedAt);
  }

  public static RenewalInfo grace(Instant until, Instant signedAt) {
    return new RenewalInfo(ORIGINAL, MONTH, true, true, until, signedAt);
  }

  public static RenewalInfo retry(Instant signedAt) {
    return new RenewalInfo(ORIGINAL, MONTH, true, true, null, signedAt);
  }
}
