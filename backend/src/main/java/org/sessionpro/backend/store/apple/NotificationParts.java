package org.sessionpro.backend.store.apple;

import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.SignedData.Problem;
import org.sessionpro.backend.store.apple.SignedData.Verified;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.backend.store.apple.SignedData.Verified.Rejected;
import org.sessionpro.protocol.TransactionId;

/// What a notification carries, each part verified by itself and the two about one subscription
/// (`app-store.md` §1.2, cross-checks).
///
/// @param transaction null for none
/// @param renewal null for none
public record NotificationParts(
    @Nullable TransactionInfo transaction, @Nullable RenewalInfo renewal) {

  /// Reads the parts.
  public static Verified<NotificationParts> of(Notification notification, SignedData data) {
    TransactionInfo transaction = null;
    RenewalInfo renewal = null;
    SignedText signedTransaction = notification.transaction();
    if (signedTransaction != null) {
      switch (data.transaction(signedTransaction)) {
        case Genuine<TransactionInfo>(TransactionInfo value) -> transaction = value;
        case Rejected<TransactionInfo>(Problem problem) -> {
          return new Rejected<>(problem);
        }
      }
    }
    SignedText signedRenewal = notification.renewal();
    if (signedRenewal != null) {
      switch (data.renewal(signedRenewal)) {
        case Genuine<RenewalInfo>(RenewalInfo value) -> renewal = value;
        case Rejected<RenewalInfo>(Problem problem) -> {
          return new Rejected<>(problem);
        }
      }
    }
    boolean agree =
        transaction == null
            || renewal == null
            || transaction.names().original().equals(renewal.original());
    return agree
        ? new Genuine<>(new NotificationParts(transaction, renewal))
        : new Rejected<>(Problem.CONTENT);
  }

  /// The transaction that began the subscription; null if there is no part.
  public @Nullable TransactionId original() {
    if (transaction != null) {
      return transaction.names().original();
    }
    return renewal == null ? null : renewal.original();
  }
}
