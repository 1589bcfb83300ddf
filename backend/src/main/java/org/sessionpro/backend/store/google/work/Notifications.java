package org.sessionpro.backend.store.google.work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.store.ParkedMessages;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.google.DeveloperNotification;
import org.sessionpro.backend.store.google.DeveloperNotification.OfRefundReview;
import org.sessionpro.backend.store.google.DeveloperNotification.OfSubscription;
import org.sessionpro.backend.store.google.DeveloperNotification.OfTest;
import org.sessionpro.backend.store.google.DeveloperNotification.Understood;
import org.sessionpro.backend.store.google.DeveloperNotification.Unusable;
import org.sessionpro.backend.store.google.PubSubApi;
import org.sessionpro.backend.store.google.PubSubApi.Received;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.OncePerDay;
import org.sessionpro.protocol.ByteString;
import org.slf4j.Logger;

/// Keeps what Google published: the message by its id, the losses that it states, and the looks that
/// it asks for, in one transaction (`google-play.md` §2.3). What cannot be used is kept as it came.
public final class Notifications {
  private static final Logger LOG = LoggerName.GOOGLE_PLAY.logger();

  /// How long Google waits for an answer about a refund.
  private static final Duration REVIEW = Duration.ofHours(24);

  private final PackageName app;
  private final Rooms rooms;
  private final OncePerDay alerts = new OncePerDay();
  private final ParkedMessages notices = new ParkedMessages();

  public Notifications(PackageName app, Rooms rooms) {
    this.app = app;
    this.rooms = rooms;
  }

  /// What a message comes to.
  ///
  /// @param kind a word for it
  /// @param eventAt when it happened; our clock where that cannot be read
  /// @param subscription what it is about; null if that cannot be told
  /// @param besides what is owed though the message waits for somebody
  /// @param alert what somebody should be told of; null for nothing
  private record Meaning(
      String kind,
      Instant eventAt,
      @Nullable SubscriptionKey subscription,
      List<SubscriptionFact> facts,
      Intake intake,
      List<Owed> besides,
      @Nullable String alert) {
    Meaning(String kind, Instant eventAt, Intake intake) {
      this(kind, eventAt, null, List.of(), intake, List.of(), null);
    }
  }

  /// Keeps a message; durable when this returns. A repeated one changes nothing.
  ///
  /// @return whether it is new
  /// @throws RuntimeException if it cannot be kept
  boolean keep(Received received, Instant now) {
    Meaning meaning = read(received.data(), now);
    StoreMessage message =
        new StoreMessage(
            id(received),
            meaning.kind(),
            meaning.subscription(),
            meaning.eventAt(),
            received.data());
    SubscriptionKey subscription = meaning.subscription();
    boolean kept =
        subscription == null
            ? rooms.inbox().put(message, meaning.intake(), now)
            : rooms
                .subscriptions()
                .hear(
                    subscription,
                    meaning.facts(),
                    rooms.inbox().putting(message, meaning.intake(), now),
                    rooms.inbox().enqueueing(meaning.besides(), now),
                    now);
    if (kept) {
      tell(meaning, now);
    }
    return kept;
  }

  /// Pub/Sub's own ids are numbers; whatever else comes in their place is named by what it says.
  private static MessageId id(Received received) {
    try {
      return new MessageId(StoreProvider.GOOGLE, received.id().value());
    } catch (IllegalArgumentException impossible) {
      UUID digest = UUID.nameUUIDFromBytes(received.data().toByteArray());
      return new MessageId(StoreProvider.GOOGLE, "unnamed-" + digest);
    }
  }

  /// Understands a kept message again, because this build or the operator hopes for more of it.
  Outcome again(WorkHandler.Turn turn) {
    MessageId id = new MessageId(StoreProvider.GOOGLE, turn.claim().item().key());
    Optional<StoreMessage> message = rooms.inbox().message(id);
    if (message.isEmpty()) {
      return new Outcome.Done();
    }
    Instant now = rooms.clock().instant();
    Meaning meaning = read(message.get().payload(), now);
    return switch (meaning.intake()) {
      case Intake.Understood(List<Owed> owed) -> heard(turn, meaning, owed, now);
      case Intake.Kept(List<Owed> owed) -> heard(turn, meaning, owed, now);
      case Intake.Parked(ParkReason reason, String problem, @Nullable Instant dueAt) ->
          new Outcome.Parked(new Cause(reason, null, dueAt), problem);
    };
  }

  private Outcome heard(WorkHandler.Turn turn, Meaning meaning, List<Owed> owed, Instant now) {
    SubscriptionKey subscription = meaning.subscription();
    if (subscription == null) {
      return new Outcome.Done();
    }
    boolean held =
        rooms
            .subscriptions()
            .hear(
                subscription,
                meaning.facts(),
                rooms.inbox().fence(turn.claim()),
                rooms.inbox().enqueueing(owed, now),
                now);
    return held ? new Outcome.Done() : new Outcome.Unfinished();
  }

  private Meaning read(ByteString data, Instant now) {
    if (data.size() >= PubSubApi.MAX_DATA) {
      return unusable(
          ParkReason.UNDECODABLE, "is longer than any notification; its beginning is kept", now);
    }
    return switch (DeveloperNotification.read(data.toByteArray(), app)) {
      case Understood(DeveloperNotification notification) -> read(notification, now);
      case Unusable(DeveloperNotification.Reason reason, String rule) ->
          unusable(
              switch (reason) {
                case UNDECODABLE -> ParkReason.UNDECODABLE;
                case UNKNOWN_BLOCK -> ParkReason.UNKNOWN_BLOCK;
                case FOREIGN -> ParkReason.FOREIGN;
              },
              rule,
              now);
    };
  }

  private static Meaning unusable(ParkReason reason, String rule, Instant eventAt) {
    return new Meaning(
        reason.name().toLowerCase(Locale.ROOT), eventAt, new Intake.Parked(reason, rule, null));
  }

  private Meaning read(DeveloperNotification notification, Instant now) {
    if (!notification.isOfKnownVersion()) {
      LOG.warn("a notification is of another version than 1.0, and read as if it were of that");
    }
    String kind = kind(notification);
    if (!notification.isOfKnownType() && alerts.isFirst(kind, now)) {
      LOG.warn(
          "a notification is of a type that nobody has heard of, and its purchase is looked at: {}",
          kind);
    }
    Instant eventAt = notification.eventAt();
    if (notification.block() instanceof OfRefundReview) {
      Intake review =
          new Intake.Parked(
              ParkReason.REFUND_REVIEW,
              "Google asks whether a refund is right",
              eventAt.plus(REVIEW));
      return new Meaning(kind, eventAt, review);
    }
    Optional<DeveloperNotification.Look> look = notification.look();
    if (look.isEmpty()) {
      return new Meaning(kind, eventAt, new Intake.Understood(List.of()));
    }
    try {
      return ofPurchase(notification, item(look.get()));
    } catch (IllegalArgumentException impossible) {
      return unusable(
          ParkReason.UNDECODABLE, "purchaseToken must be a name that a store gives", eventAt);
    }
  }

  private static WorkItem item(DeveloperNotification.Look look) {
    return switch (look.kind()) {
      case RECONCILE -> WorkItem.reconcile(look.token());
      case ONE_TIME -> WorkItem.oneTime(look.token());
    };
  }

  /// What cannot be carried out whole is kept for another build, and its purchase is looked at anyhow.
  private static Meaning ofPurchase(DeveloperNotification notification, WorkItem item) {
    List<Owed> owed = List.of(Owed.announced(item, notification.eventAt()));
    Optional<Intake> parked =
        notification
            .unheardOf()
            .map(rule -> new Intake.Parked(ParkReason.UNKNOWN_BLOCK, rule, null));
    return new Meaning(
        kind(notification),
        notification.eventAt(),
        item.subscription(),
        List.copyOf(notification.loss().stream().toList()),
        parked.orElseGet(() -> new Intake.Understood(owed)),
        parked.isPresent() ? owed : List.of(),
        notification.alert().orElse(null));
  }

  private static String kind(DeveloperNotification notification) {
    return switch (notification.block()) {
      case OfSubscription it -> "subscription." + it.event().replace(' ', '_');
      case DeveloperNotification.OfOneTimeProduct it -> "one_time." + it.type();
      case DeveloperNotification.OfVoid _ -> "void";
      case OfRefundReview _ -> "refund_review";
      case OfTest _ -> "test";
    };
  }

  private void tell(Meaning meaning, Instant now) {
    if (meaning.alert() != null) {
      LOG.error("notification: {}", meaning.alert());
    }
    switch (meaning.intake()) {
      case Intake.Parked it -> notices.tell(LOG, meaning.kind(), meaning.kind(), it, now);
      case Intake.Understood _, Intake.Kept _ -> {
        if (meaning.kind().equals("test")) {
          LOG.info("a test notification came in: Google Play and this server are connected");
        } else {
          LOG.debug("notification: {}", meaning.kind());
        }
      }
    }
  }
}
