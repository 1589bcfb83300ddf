package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.protocol.TransactionId;

/// What the App Store Server API is asked (`app-store.md` §1.4, §1.5). What it signed is not verified yet.
public interface AppStoreApi {
  /// How every subscription of the customer who has this one stands at present.
  StoreAnswer<List<Standing>> statuses(TransactionId any);

  /// A page of all transactions of the customer who has this one, oldest first.
  ///
  /// @param after null to begin
  StoreAnswer<HistoryPage> history(TransactionId any, @Nullable Revision after);

  /// A page of the notifications that were sent in a stretch of time.
  ///
  /// @param page null for the first one
  StoreAnswer<NotificationPage> notifications(
      Instant from, Instant until, @Nullable PageToken page);

  /// Has a test notification sent.
  StoreAnswer<TestToken> requestTest();

  /// What became of a test notification.
  StoreAnswer<TestResult> testResult(TestToken token);

  /// One subscription.
  ///
  /// @param status Apple's number, 1 to 5 as far as anybody knows
  record Standing(TransactionId original, int status, SignedText transaction, SignedText renewal) {}

  /// Part of a history.
  ///
  /// @param revision where it goes on, now or when more has happened
  /// @param more whether there is more at present
  record HistoryPage(List<SignedText> transactions, Revision revision, boolean more) {
    public HistoryPage {
      transactions = List.copyOf(transactions);
    }
  }

  /// Part of what was sent, signed notifications all.
  ///
  /// @param next null on the last page
  record NotificationPage(List<SignedText> notifications, @Nullable PageToken next) {
    public NotificationPage {
      notifications = List.copyOf(notifications);
    }
  }

  /// How far a history was read.
  record Revision(String value) {}

  /// Where a list goes on.
  record PageToken(String value) {}

  /// The name of a test notification.
  record TestToken(String value) {}

  /// What became of a test notification.
  ///
  /// @param delivery Apple's word; null if there was no attempt yet
  record TestResult(@Nullable String delivery) {}
}
