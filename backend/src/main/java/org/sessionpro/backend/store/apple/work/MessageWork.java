package org.sessionpro.backend.store.apple.work;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.ledger.Ruling.Reading;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.Notification;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.NotificationParts;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.SignedData.Problem;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.backend.store.apple.SignedData.Verified.Rejected;
import org.sessionpro.backend.store.apple.Snapshot;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// Applies what a kept notification shows, once everything that it rests on holds
/// (`app-store.md` §6.2, `decisions-stores.md` §2.3). Its payload is the signed text as it came.
final class MessageWork implements WorkHandler {
  static final String UNDETERMINED = "nobody says whether its certificates still stand";

  /// Calls that an item may make without asking whether it is still ours.
  private static final int FREE_CALLS = 2;

  private final SignedData signed;
  private final Comparison comparison;
  private final Rooms rooms;

  MessageWork(SignedData signed, Comparison comparison, Rooms rooms) {
    this.signed = signed;
    this.comparison = comparison;
    this.rooms = rooms;
  }

  @Override
  public Outcome handle(Turn turn) {
    MessageId id = new MessageId(StoreProvider.APPLE, turn.claim().item().key());
    Optional<StoreMessage> message = rooms.inbox().message(id);
    return message.map(it -> look(new SignedText(text(it)), turn)).orElseGet(Outcome.Done::new);
  }

  private static String text(StoreMessage message) {
    return new String(message.payload().toByteArray(), StandardCharsets.UTF_8);
  }

  private Outcome look(SignedText text, Turn turn) {
    return switch (signed.notification(text)) {
      case Rejected<Notification>(Problem problem) -> unusable(problem);
      case Genuine<Notification>(Notification notification) ->
          switch (NotificationParts.of(notification, signed)) {
            case Rejected<NotificationParts>(Problem problem) ->
                parked(ParkReason.VERIFICATION, "of a part of it: " + Unusable.of(problem).rule());
            case Genuine<NotificationParts>(NotificationParts parts) ->
                unlessRevoked(text, notification, turn)
                    .orElseGet(() -> apply(notification, parts, turn));
          };
    };
  }

  /// What becomes of it if a certificate was taken back, or nobody can say; empty if all stand.
  private Optional<Outcome> unlessRevoked(SignedText text, Notification notification, Turn turn) {
    List<SignedText> all =
        Stream.of(
                Stream.of(text),
                Stream.ofNullable(notification.transaction()),
                Stream.ofNullable(notification.renewal()))
            .flatMap(one -> one)
            .toList();
    for (int i = 0; i < all.size(); i++) {
      if (i >= FREE_CALLS && !turn.goesOn()) {
        return Optional.of(new Outcome.Unfinished());
      }
      Optional<Outcome> fault =
          switch (signed.chain(all.get(i))) {
            case GOOD -> Optional.empty();
            case REVOKED ->
                Optional.of(
                    parked(ParkReason.VERIFICATION, "a certificate of its signature was revoked"));
            case UNDETERMINED ->
                Optional.of(new Outcome.Failed(ErrorClass.TRANSIENT, UNDETERMINED));
          };
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Outcome apply(Notification notification, NotificationParts parts, Turn turn) {
    TransactionId original = parts.original();
    if (original == null) {
      return NotificationKind.isKnown(notification)
          ? new Outcome.Done()
          : parked(ParkReason.UNKNOWN_BLOCK, "it must be of a known type");
    }
    SubscriptionKey subscription = new SubscriptionKey(PaymentProvider.APP_STORE, original.value());
    Snapshot snapshot =
        Snapshot.of(notification, subscription, parts.transaction(), parts.renewal());
    return comparison.compare(turn, snapshot, Reading.HEARD);
  }

  private static Outcome unusable(Problem problem) {
    Unusable why = Unusable.of(problem);
    return parked(why.reason(), why.rule());
  }

  private static Outcome parked(ParkReason reason, String problem) {
    return new Outcome.Parked(Cause.of(reason), problem);
  }
}
