package org.sessionpro.simulator.apple.api;

import java.util.List;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.StoreRefusal;
import org.sessionpro.simulator.apple.store.Subscription;

/// What the API looks at: the store as it is, or as it was before the latest change of what is asked
/// about.
///
/// @param former whether the latest change has not come through yet
record StoreView(AppStore store, boolean former) {
  /// Reads an id as it stands in a path.
  ///
  /// @throws ApiFailure if it is none
  static TransactionId id(String text) {
    if (!text.matches("[0-9]{1,19}")) {
      throw new ApiFailure(ApiError.INVALID_TRANSACTION_ID);
    }
    return new TransactionId(text);
  }

  /// @throws ApiFailure if nobody knows the transaction
  Subscription purchase(TransactionId any) {
    try {
      return former ? store.former(any) : store.subscription(any);
    } catch (StoreRefusal unknown) {
      throw new ApiFailure(ApiError.TRANSACTION_NOT_FOUND);
    }
  }

  /// All that the customer of a transaction has bought, oldest first.
  ///
  /// @throws ApiFailure if nobody knows the transaction
  List<Subscription> ofCustomer(TransactionId any) {
    Subscription asked = purchase(any);
    return store.ofCustomer(any).stream()
        .map(one -> one.original().equals(asked.original()) ? asked : one)
        .toList();
  }
}
