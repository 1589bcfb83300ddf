package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// The names that a listed payment has with its store (`wire-v0.md` §5.4). All members of a provider
/// are always written; an unknown name is empty.
public sealed interface PaymentIds {
  /// Where the payment comes from.
  PaymentProvider provider();

  /// A cycle of a Google Play subscription.
  record Google(PurchaseToken token, OrderId orderId) implements PaymentIds {
    @Override
    public PaymentProvider provider() {
      return PaymentProvider.GOOGLE_PLAY;
    }
  }

  /// A cycle of an App Store subscription.
  record Apple(
      TransactionId originalTransactionId, TransactionId transactionId, OrderId webLineOrderId)
      implements PaymentIds {
    @Override
    public PaymentProvider provider() {
      return PaymentProvider.APP_STORE;
    }
  }

  /// A voucher; `rangeproof_order_id`.
  record Voucher(OrderId orderId) implements PaymentIds {
    @Override
    public PaymentProvider provider() {
      return PaymentProvider.STF;
    }
  }
}
