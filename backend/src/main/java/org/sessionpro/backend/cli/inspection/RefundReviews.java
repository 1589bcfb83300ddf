package org.sessionpro.backend.cli.inspection;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.google.DeveloperNotification;
import org.sessionpro.backend.store.google.DeveloperNotification.OfRefundReview;
import org.sessionpro.backend.store.google.DeveloperNotification.Understood;
import org.sessionpro.backend.store.google.PlayActs;
import org.sessionpro.backend.store.google.PlayActs.PendingRefund;
import org.sessionpro.backend.store.google.PlayActs.Preference;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.protocol.OrderId;

/// The refunds that Google asks about: parked messages, open until they are answered or their
/// deadline has passed (`decisions-stores.md` §2.3).
final class RefundReviews {
  private RefundReviews() {}

  /// A question that is open.
  record Question(WorkItem item, OrderId order, PendingRefund refund) {
    StoreAnswer<Done> answer(PlayActs acts, Preference preference, boolean sampled) {
      return acts.review(order, refund, preference, sampled);
    }

    /// Notes that it is answered.
    void close(OpenedInbox opened, Preference preference) {
      String answer = preference.name().toLowerCase(Locale.ROOT);
      opened.inbox().inspection().drop(item, "answered, " + answer);
    }
  }

  /// The next deadline first.
  static List<StoredWork> open(OpenedInbox opened) {
    return opened.inbox().inspection().list(filter(null), Integer.MAX_VALUE);
  }

  private static Filter filter(@Nullable String id) {
    return new Filter(StoreProvider.GOOGLE, WorkKind.MESSAGE, ParkReason.REFUND_REVIEW, id);
  }

  /// @throws CommandFailed if no question of that id is open, or it cannot be answered
  static Question question(OpenedInbox opened, String id, GoogleSettings google) {
    WorkItem item = opened.named(filter(id)).getFirst().item();
    return opened
        .inbox()
        .message(new MessageId(StoreProvider.GOOGLE, item.key()))
        .flatMap(message -> question(item, message, google))
        .orElseThrow(() -> CommandFailed.because("the message does not say what to answer about"));
  }

  private static Optional<Question> question(
      WorkItem item, StoreMessage message, GoogleSettings google) {
    return DeveloperNotification.read(message.payload().toByteArray(), google.packageName())
                instanceof Understood(DeveloperNotification notification)
            && notification.block() instanceof OfRefundReview(var order, int _, var refund)
            && order != null
            && refund != null
        ? Optional.of(new Question(item, order, refund))
        : Optional.empty();
  }
}
