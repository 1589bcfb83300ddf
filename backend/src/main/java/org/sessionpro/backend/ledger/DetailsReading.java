package org.sessionpro.backend.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;

/// Reads what an account bought: as few rows as that takes, once.
///
/// @param standing of the account
record DetailsReading(Handle handle, PaymentTable payments, Standing standing) {

  /// @param stored the account as it is stored
  /// @param limit of the newest purchases
  Ledger.Details of(Account stored, int limit) {
    List<RegisteredPayment> newest =
        limit == 0 ? List.of() : standing.of(payments.newestPurchases(handle, stored.id(), limit));
    return new Ledger.Details(
        standing.account(),
        carrier(newest),
        newest,
        liveCredits(stored),
        newest.size() < limit ? newest.size() : payments.count(handle, stored.id()));
  }

  /// Nearly always one of the newest, which are known already.
  private @Nullable RegisteredPayment carrier(List<RegisteredPayment> newest) {
    PaymentId carrier = standing.account().carrier();
    if (carrier == null) {
      return null;
    }
    return newest.stream()
        .filter(one -> one.id().equals(carrier))
        .findFirst()
        .orElseGet(() -> payments.byId(handle, carrier).map(standing::of).orElseThrow());
  }

  private List<RegisteredPayment> liveCredits(Account stored) {
    return stored.creditsCheckpoint() == null
        ? List.of()
        : standing.of(payments.liveCredits(handle, stored.id())).stream()
            .filter(one -> one.payment().isLiveCredit())
            .toList();
  }
}
