package org.sessionpro.protocol;

import java.util.Arrays;
import java.util.Optional;

/// Where a payment comes from (`wire-v1.md` §2, `wire-v0.md` §3).
public enum PaymentProvider {
  GOOGLE_PLAY("google_play", 1),
  APP_STORE("app_store", 2),
  /// A voucher granted by the operator; `rangeproof` in v0.
  STF("stf", 3);

  private final String code;
  private final int v0Number;

  PaymentProvider(String code, int v0Number) {
    this.code = code;
    this.v0Number = v0Number;
  }

  /// The string of v1 answers and of the database.
  public String code() {
    return code;
  }

  /// The number of v0 requests and answers, 1 to 3.
  public int v0Number() {
    return v0Number;
  }

  public static Optional<PaymentProvider> ofCode(String code) {
    return Arrays.stream(values()).filter(p -> p.code.equals(code)).findFirst();
  }

  public static Optional<PaymentProvider> ofV0Number(long number) {
    return Arrays.stream(values()).filter(p -> p.v0Number == number).findFirst();
  }
}
