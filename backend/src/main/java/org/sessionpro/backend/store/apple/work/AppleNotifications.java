package org.sessionpro.backend.store.apple.work;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.store.MessageCounts;
import org.sessionpro.backend.store.ParkedMessages;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.apple.Notification;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.NotificationParts;
import org.sessionpro.backend.store.apple.Remarks;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.SignedData.Problem;
import org.sessionpro.backend.store.apple.SignedData.Verified;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.backend.store.apple.SignedData.Verified.Rejected;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.OncePerDay;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.backend.telemetry.Tally;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.TransactionId;
import org.slf4j.Logger;

/// Keeps what Apple sends, in one transaction: the message by its id, the work on it, and the look at the
/// subscription that it asks for (`app-store.md` §1.3, `decisions-stores.md` §2.3). Asks nobody.
public final class AppleNotifications {
  private static final Logger LOG = LoggerName.APP_STORE.logger();

  private final SignedData data;
  private final boolean asks;
  private final Rooms rooms;

  /// By type.
  private final OncePerDay alerts = new OncePerDay();

  private final ParkedMessages notices = new ParkedMessages(alerts);
  private final MessageCounts delivered = new MessageCounts();
  private final MessageCounts listed = new MessageCounts();
  private final Tally<Problem> refused = Tally.of(Problem.class);

  /// @param asks whether Apple can be asked about subscriptions
  public AppleNotifications(SignedData data, boolean asks, Rooms rooms) {
    this.data = data;
    this.asks = asks;
    this.rooms = rooms;
  }

  /// What became of something that came in.
  public sealed interface Receipt {
    /// It is durable here.
    ///
    /// @param fresh false if it was before
    record Kept(boolean fresh) implements Receipt {}

    /// It is not from Apple, or not for us, and nothing of it is kept.
    record Refused(Problem problem) implements Receipt {}
  }

  /// What a message comes to.
  ///
  /// @param kind a word for it
  /// @param subscription what it is about; null if that cannot be told
  private record Meaning(
      MessageId id,
      String kind,
      Instant eventAt,
      @Nullable SubscriptionKey subscription,
      Intake intake) {}

  /// Takes what somebody sent who says to be Apple.
  ///
  /// @throws RuntimeException if it cannot be kept
  public Receipt receive(SignedText text) {
    Verified<Notification> read = data.notification(text);
    if (read instanceof Rejected<Notification>(Problem problem) && problem != Problem.CONTENT) {
      refused.count(problem);
      return new Receipt.Refused(problem);
    }
    boolean fresh = keep(text, read);
    delivered.took(fresh, rooms.clock().instant());
    return new Receipt.Kept(fresh);
  }

  /// Takes what Apple's list of notifications says; what cannot be used is kept for somebody.
  ///
  /// @return whether it is new
  /// @throws RuntimeException if it cannot be kept
  public boolean keep(SignedText text) {
    boolean fresh = keep(text, data.notification(text));
    listed.took(fresh, rooms.clock().instant());
    return fresh;
  }

  /// What Apple has delivered to this process.
  public MessageCounts delivered() {
    return delivered;
  }

  /// What this process has found in Apple's list.
  public MessageCounts listed() {
    return listed;
  }

  /// What came in and was not Apple's, or not for us.
  public Tally<Problem> refused() {
    return refused;
  }

  private boolean keep(SignedText text, Verified<Notification> read) {
    Instant now = rooms.clock().instant();
    Meaning meaning =
        switch (read) {
          case Genuine<Notification>(Notification notification) -> meaning(notification);
          case Rejected<Notification>(Problem problem) -> unusable(text, problem, now);
        };
    StoreMessage message =
        new StoreMessage(
            meaning.id(), meaning.kind(), meaning.subscription(), meaning.eventAt(), bytes(text));
    boolean fresh = rooms.inbox().put(message, meaning.intake(), now);
    if (fresh) {
      tell(meaning, read, now);
    }
    return fresh;
  }

  private static ByteString bytes(SignedText text) {
    return ByteString.of(text.value().getBytes(StandardCharsets.UTF_8));
  }

  private static Meaning unusable(SignedText text, Problem problem, Instant now) {
    UUID digest = UUID.nameUUIDFromBytes(text.value().getBytes(StandardCharsets.UTF_8));
    Unusable why = Unusable.of(problem);
    return new Meaning(
        new MessageId(StoreProvider.APPLE, "unnamed-" + digest),
        "unusable",
        now,
        null,
        new Intake.Parked(why.reason(), why.rule(), null));
  }

  private Meaning meaning(Notification notification) {
    return switch (NotificationParts.of(notification, data)) {
      case Rejected<NotificationParts>(Problem problem) ->
          meaning(
              notification,
              null,
              new Intake.Parked(
                  ParkReason.VERIFICATION,
                  "of a part of it: " + Unusable.of(problem).rule(),
                  null));
      case Genuine<NotificationParts>(NotificationParts parts) ->
          meaning(notification, parts.original());
    };
  }

  private Meaning meaning(Notification notification, @Nullable TransactionId original) {
    if (original != null) {
      Owed look = Owed.announced(WorkItem.reconcile(original), notification.signedAt());
      Intake kept = new Intake.Kept(asks ? List.of(look) : List.of());
      return meaning(notification, look.subscription(), kept);
    }
    Intake intake =
        NotificationKind.isKnown(notification)
            ? new Intake.Understood(List.of())
            : new Intake.Parked(ParkReason.UNKNOWN_BLOCK, "it must be of a known type", null);
    return meaning(notification, null, intake);
  }

  private static Meaning meaning(
      Notification notification, @Nullable SubscriptionKey subscription, Intake intake) {
    return new Meaning(
        new MessageId(StoreProvider.APPLE, notification.id().toString()),
        NotificationKind.of(notification),
        notification.signedAt(),
        subscription,
        intake);
  }

  private void tell(Meaning meaning, Verified<Notification> read, Instant now) {
    String kind = meaning.kind();
    switch (meaning.intake()) {
      case Intake.Parked parked -> {
        String type =
            read instanceof Genuine<Notification>(Notification notification)
                ? notification.type()
                : kind;
        notices.tell(LOG, kind, type, parked, now);
      }
      case Intake.Understood _, Intake.Kept _ -> {
        LOG.debug("notification: {}", kind);
        if (read instanceof Genuine<Notification>(Notification notification)) {
          tell(kind, notification, now);
        }
      }
    }
  }

  private void tell(String kind, Notification notification, Instant now) {
    NotificationKind.alert(notification)
        .filter(_ -> alerts.isFirst(notification.type(), now))
        .ifPresent(alert -> {
          if (NotificationKind.isUnsupported(notification)) {
            LOG.error(Severity.CRITICAL, "notification {}: {}", kind, alert);
          } else {
            LOG.error("notification {}: {}", kind, alert);
          }
        });
    Remarks.Extended extended = notification.remarks().extended();
    if (extended != null) {
      LOG.info(
          "notification {}: {} subscriptions were extended, and {} were not",
          kind,
          extended.succeeded(),
          extended.failed());
    }
    if (NotificationKind.isTest(notification)) {
      LOG.info("a test notification came in: the App Store and this server are connected");
    }
  }
}
