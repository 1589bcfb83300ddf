package org.sessionpro.backend.takeover;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.InheritedMessage;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.takeover.source.SourceMessage;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// What becomes of what stores told the Python service, and of what it still owed to them
/// (`import-python.md` §4.7).
final class InheritedMessages {
  private static final String KIND = "inherited";

  /// How long after its end a subscription is still looked at.
  private static final Duration RECENT = Duration.ofDays(60);

  private static final ByteString NOTHING = ByteString.of(new byte[0]);

  private final Instant takenAt;
  private final Options options;

  InheritedMessages(Instant takenAt, Options options) {
    this.takenAt = takenAt;
    this.options = options;
  }

  /// A message of Google; empty where Google has to send it again.
  static Optional<InheritedMessage> of(SourceMessage.Google message) {
    Instant event = message.eventAt();
    MessageId id = new MessageId(StoreProvider.GOOGLE, message.id());
    if (message.handled()) {
      return Optional.of(inherited(id, event, NOTHING, new Intake.Understood(List.of())));
    }
    if (message.payload().isEmpty()) {
      return Optional.empty();
    }
    Optional<ByteString> content = ReceivedMessage.content(message);
    return Optional.of(
        content.isPresent()
            ? inherited(id, event, content.get(), new Intake.Kept(List.of()))
            : inherited(
                id,
                event,
                ByteString.of(message.payload().getBytes(StandardCharsets.UTF_8)),
                new Intake.Parked(ParkReason.UNDECODABLE, "the message cannot be read", null)));
  }

  /// A message of Apple, of which only that it was seen is known.
  static InheritedMessage of(SourceMessage.Apple message) {
    MessageId id = new MessageId(StoreProvider.APPLE, message.uuid());
    return inherited(id, message.signedAt(), NOTHING, new Intake.Understood(List.of()));
  }

  private static InheritedMessage inherited(
      MessageId id, Instant event, ByteString content, Intake intake) {
    return new InheritedMessage(new StoreMessage(id, KIND, null, event, content), intake);
  }

  /// What a look at a subscription is called; empty if nobody can be asked for it.
  static Optional<WorkItem> item(SubscriptionKey subscription) {
    try {
      return switch (subscription.provider()) {
        case GOOGLE_PLAY ->
            Optional.of(WorkItem.reconcile(new PurchaseToken(subscription.value())));
        case APP_STORE -> Optional.of(WorkItem.reconcile(new TransactionId(subscription.value())));
        case STF -> Optional.empty();
      };
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /// First looks at the subscriptions of payments, spread over time, so that whatever the old service
  /// missed is made up for.
  List<InheritedWork> looks(List<DuePayment> payments) {
    Map<WorkItem, InheritedWork> looks = new LinkedHashMap<>();
    for (DuePayment one : payments) {
      if (isRecent(one)) {
        item(one.named().key().subscriptionKey())
            .ifPresent(item ->
                looks.putIfAbsent(item, InheritedWork.due(Owed.swept(item), lookAt(one, item))));
      }
    }
    return List.copyOf(looks.values());
  }

  private boolean isRecent(DuePayment payment) {
    Instant since = takenAt.minus(RECENT);
    Instant end = payment.times().expiry();
    if (!payment.isBound() || end == null) {
      return !payment.times().purchased().isBefore(since);
    }
    DuePayment.Terms terms = payment.terms();
    return options.allowance().coverageEnd(end, terms.grace(), terms.renewing()).isAfter(since);
  }

  /// What Google refunds unless it is looked at comes first.
  private Instant lookAt(DuePayment payment, WorkItem item) {
    if (!payment.isBound() && payment.named().key().provider() == PaymentProvider.GOOGLE_PLAY) {
      return takenAt;
    }
    return spread(item);
  }

  /// When a subscription may be looked at first, whatever its payments are like.
  List<Instant> firstLooks(WorkItem item) {
    return List.of(takenAt, spread(item));
  }

  private Instant spread(WorkItem item) {
    double fraction = Integer.toUnsignedLong(ByteBuffer.wrap(digest(item.key())).getInt()) / 0x1p32;
    return takenAt.plusSeconds((long) (options.reconcileSpread().toSeconds() * fraction));
  }

  /// Spreads names evenly, however alike they are.
  private static byte[] digest(String name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
