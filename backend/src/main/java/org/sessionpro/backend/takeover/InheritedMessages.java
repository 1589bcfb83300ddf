package org.sessionpro.backend.takeover;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.inbox.Intake;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.StoreMessage;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.takeover.source.SourceMessage;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;

/// What becomes of what stores told the Python service, and of what it still owed to them
/// (`import-python.md` §4.7).
final class InheritedMessages {
  private static final String KIND = "inherited";

  /// How long after an event Google's messages were kept.
  private static final Duration GOOGLE_KEPT = Duration.ofDays(8);

  /// How long after it was signed Apple's were, of production.
  private static final Duration APPLE_KEPT = Duration.ofMinutes(187);

  /// More than five failures are trouble that the owner is told of.
  private static final int TROUBLED = 6;

  private static final ByteString NOTHING = ByteString.of(new byte[0]);

  private final Inbox inbox;
  private final Instant takenAt;
  private final Options options;

  InheritedMessages(Inbox inbox, Instant takenAt, Options options) {
    this.inbox = inbox;
    this.takenAt = takenAt;
    this.options = options;
  }

  /// Keeps a message of Google; nothing where Google has to send it again.
  InTransaction of(SourceMessage.Google message) {
    Instant event = Instant.ofEpochMilli(message.expiry()).minus(GOOGLE_KEPT);
    MessageId id = new MessageId(StoreProvider.GOOGLE, message.id());
    if (message.handled()) {
      return put(id, event, NOTHING, new Intake.Understood(List.of()));
    }
    if (message.payload().isEmpty()) {
      return InTransaction.nothing();
    }
    return ReceivedMessage.content(message)
        .map(content -> put(id, event, content, new Intake.Kept(List.of())))
        .orElseGet(() ->
            put(
                id,
                event,
                ByteString.of(message.payload().getBytes(StandardCharsets.UTF_8)),
                new Intake.Parked(ParkReason.UNDECODABLE, "the message cannot be read", null)));
  }

  /// Remembers that a message of Apple was seen.
  InTransaction of(SourceMessage.Apple message) {
    Instant kept = Instant.ofEpochMilli(message.expiry());
    Instant signed = options.appleSandbox() ? kept : kept.minus(APPLE_KEPT);
    MessageId id = new MessageId(StoreProvider.APPLE, message.uuid());
    return put(id, signed, NOTHING, new Intake.Understood(List.of()));
  }

  private InTransaction put(MessageId id, Instant event, ByteString content, Intake intake) {
    return inbox.inheriting(new StoreMessage(id, KIND, null, event, content), intake, takenAt);
  }

  /// A look at a subscription that was in trouble; empty if it is nobody's.
  static Optional<InheritedWork> work(SourceMessage.Trouble trouble, Instant takenAt) {
    return item((int) trouble.provider(), trouble.id())
        .filter(_ -> trouble.owned())
        .map(item -> new InheritedWork(Owed.unannounced(item), TROUBLED, takenAt));
  }

  private static Optional<WorkItem> item(int provider, String name) {
    try {
      return switch (provider) {
        case V0Payment.GOOGLE -> Optional.of(WorkItem.reconcile(new PurchaseToken(name)));
        case V0Payment.APPLE -> Optional.of(WorkItem.reconcile(new TransactionId(name)));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /// First looks at the subscriptions of payments, spread over time, so that whatever the old service
  /// missed is made up for.
  List<InheritedWork> looks(List<V0Payment> rows) {
    List<InheritedWork> looks = new ArrayList<>();
    for (V0Payment row : rows) {
      if (isRecent(row)) {
        item((int) row.codes().provider(), V0Fold.subscription(row))
            .ifPresent(
                item -> looks.add(new InheritedWork(Owed.swept(item), 0, lookAt(row, item))));
      }
    }
    return looks;
  }

  private boolean isRecent(V0Payment row) {
    Duration recent = Duration.ofDays(60);
    long since = takenAt.minus(recent).toEpochMilli();
    if (row.owner() == null) {
      return row.times().unredeemed() >= since;
    }
    long end = row.times().expiry();
    long grace =
        row.renewal().renewing()
            ? V0Grace.of(row).length() + options.allowance().length().toMillis()
            : 0;
    return end + grace > since;
  }

  /// What Google refunds unless it is looked at comes first.
  private Instant lookAt(V0Payment row, WorkItem item) {
    if (row.owner() == null && row.isOf(V0Payment.GOOGLE)) {
      return takenAt;
    }
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
