package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;

/// The payment that a request is about: `payment_tx` (`wire-v0.md` §3, §4).
public sealed interface PaymentTx permits PaymentTx.Claimable, PaymentTx.Voucher {
  /// Who took the money.
  PaymentProvider provider();

  /// The bytes that enter the hashes of §4 behind the provider: the ids in UTF-8, without separator
  /// or length. Different payments may share them, so a payment is found by its separate ids.
  ByteString signedId();

  /// A payment that a request may name: parsers yield no other.
  sealed interface Claimable extends PaymentTx permits Google, Apple {
    /// Whether development mode registers this payment by itself: the order id of Google or the
    /// transaction id of Apple starts with `DEV.` (`wire-v0.md` §7).
    boolean isDevelopment();

    /// Writes the members of `payment_tx`.
    void write(JsonWriter out);
  }

  /// One order of a Google Play subscription.
  record Google(PurchaseToken token, OrderId orderId) implements Claimable {
    @Override
    public PaymentProvider provider() {
      return PaymentProvider.GOOGLE_PLAY;
    }

    @Override
    public ByteString signedId() {
      byte[] both = new byte[token.utf8().size() + orderId.utf8().size()];
      orderId.utf8().copyTo(both, token.utf8().copyTo(both, 0));
      return ByteString.of(both);
    }

    @Override
    public boolean isDevelopment() {
      return orderId.value().startsWith(DEVELOPMENT_PREFIX);
    }

    @Override
    public void write(JsonWriter out) {
      out.text("google_order_id", orderId.value())
          .text("google_payment_token", token.value())
          .integer("provider", provider().v0Number());
    }
  }

  /// One transaction of the App Store.
  record Apple(TransactionId transactionId) implements Claimable {
    @Override
    public PaymentProvider provider() {
      return PaymentProvider.APP_STORE;
    }

    @Override
    public ByteString signedId() {
      return transactionId.utf8();
    }

    @Override
    public boolean isDevelopment() {
      return transactionId.value().startsWith(DEVELOPMENT_PREFIX);
    }

    @Override
    public void write(JsonWriter out) {
      out.text("apple_tx_id", transactionId.value()).integer("provider", provider().v0Number());
    }
  }

  /// A voucher. The contract defines its hash, but no request may name it: vouchers are granted by
  /// the operator (`wire-v0.md` §5.1).
  record Voucher(OrderId orderId) implements PaymentTx {
    @Override
    public PaymentProvider provider() {
      return PaymentProvider.STF;
    }

    @Override
    public ByteString signedId() {
      return orderId.utf8();
    }
  }

  /// Start of the ids of payments that no store knows; upper case only.
  String DEVELOPMENT_PREFIX = "DEV.";
}
