package org.sessionpro.backend.ledger;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.slf4j.Logger;

/// Where the ledger says what became of payments: one line at INFO for each thing that concerns money,
/// once it is durable (`operator-v1.md` §5). Purchases are named by their masks.
public final class PaymentLog {
  private static final Logger LOG = LoggerName.BACKEND.logger();
  private static final PaymentLog SILENT = new PaymentLog(null);

  private final @Nullable IdentifierMask mask;

  private PaymentLog(@Nullable IdentifierMask mask) {
    this.mask = mask;
  }

  /// Says nothing.
  public static PaymentLog silent() {
    return SILENT;
  }

  /// Says it, unless nobody listens.
  public static PaymentLog masked(IdentifierMask mask) {
    return new PaymentLog(mask);
  }

  /// Of one transaction.
  PaymentNews news() {
    return new PaymentNews(this);
  }

  boolean isHeard() {
    return mask != null && LOG.isInfoEnabled();
  }

  void tell(String event, PaymentKey payment) {
    if (mask != null) {
      LOG.info("{}: {}", event, name(mask, payment));
    }
  }

  /// As items of work name it, so that the lines about one purchase are found together.
  private static String name(IdentifierMask mask, PaymentKey key) {
    return switch (key.provider()) {
      case GOOGLE_PLAY ->
          mask.of(new PurchaseToken(key.subscription())) + " " + mask.of(new OrderId(key.cycle()));
      case APP_STORE ->
          mask.of(new TransactionId(key.subscription()))
              + " "
              + mask.of("cycle", ByteString.of(key.cycle().getBytes(StandardCharsets.UTF_8)));
      case STF -> mask.of(new OrderId(key.subscription())).text();
    };
  }
}
