package org.sessionpro.backend.inbox;

import org.sessionpro.protocol.PaymentProvider;

/// A store that sends messages and is asked for its records.
public enum StoreProvider {
  GOOGLE(PaymentProvider.GOOGLE_PLAY),
  APPLE(PaymentProvider.APP_STORE);

  private final PaymentProvider payments;

  StoreProvider(PaymentProvider payments) {
    this.payments = payments;
  }

  /// The provider of the payments that come of it.
  public PaymentProvider payments() {
    return payments;
  }
}
