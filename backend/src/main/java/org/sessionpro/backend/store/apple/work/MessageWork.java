package org.sessionpro.backend.store.apple.work;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import org.sessionpro.backend.store.apple.RenewalInfo;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.SignedData.Chain;
import org.sessionpro.backend.store.apple.SignedData.Verified;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.backend.store.apple.SignedData.Verified.Rejected;
import org.sessionpro.backend.store.apple.Snapshot;
import org.sessionpro.backend.store.apple.TransactionInfo;
import org.sessionpro.protocol.PaymentProvider;

/// Applies what a kept notification shows, once everything that it rests on holds
/// (`app-store.md` §6.2, `decisions-stores.md` §2.3). Its payload is the signed text as it came.
final class MessageWork implements WorkHandler {
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

  /// What a notification says, verified by itself.
  private record Parts(
      Notification notification,
      @Nullable TransactionInfo transaction,
      @Nullable RenewalInfo renewal) {
    /// What it is about; null for nothing in particular.
    @Nullable SubscriptionKey subscription() {
      if (transaction != null) {
        return transaction.subscription();
      }
      return renewal == null
          ? null
          : new SubscriptionKey(PaymentProvider.APP_STORE, renewal.original().value());
    }

    boolean agree() {
      return transaction == null
          || renewal == null
          || transaction.names().original().equals(renewal.original());
    }
  }

  /// That a signature does not hold, or was given for something else.
  private static final class Unbelieved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unbelieved(String what) {
      super(what, null, false, false);
    }
  }

  @Override
  public Outcome handle(Turn turn) {
    MessageId id = new MessageId(StoreProvider.APPLE, turn.claim().item().key());
    Optional<StoreMessage> message = rooms.inbox().message(id);
    if (message.isEmpty()) {
      return new Outcome.Done();
    }
    SignedText text =
        new SignedText(
            new String(message.get().payload().toByteArray(), StandardCharsets.US_ASCII));
    try {
      Parts parts = parts(text);
      return unlessRevoked(text, parts.notification(), turn).orElseGet(() -> apply(parts, turn));
    } catch (Unbelieved problem) {
      return parked(problem.getMessage());
    }
  }

  private Parts parts(SignedText text) {
    Notification notification = genuine(signed::notification, text, "the notification");
    SignedText transaction = notification.transaction();
    SignedText renewal = notification.renewal();
    Parts parts =
        new Parts(
            notification,
            transaction == null
                ? null
                : genuine(signed::transaction, transaction, "its transaction"),
            renewal == null ? null : genuine(signed::renewal, renewal, "its renewal info"));
    if (!parts.agree()) {
      throw new Unbelieved("transaction and renewal info are about different subscriptions");
    }
    return parts;
  }

  private static <T> T genuine(
      Function<SignedText, Verified<T>> read, SignedText text, String what) {
    return switch (read.apply(text)) {
      case Genuine<T>(T value) -> value;
      case Rejected<T>(SignedData.Problem problem) ->
          throw new Unbelieved(
              what
                  + switch (problem) {
                    case SIGNATURE -> " is not signed by Apple";
                    case APPLICATION -> " is for another application";
                    case ENVIRONMENT -> " is from another environment";
                    case CONTENT -> " lacks what it has to state";
                  });
    };
  }

  /// What becomes of it if a certificate was taken back, or nobody can say; empty if all stand.
  private Optional<Outcome> unlessRevoked(SignedText text, Notification notification, Turn turn) {
    List<SignedText> all =
        Stream.of(
                Stream.of(text),
                Stream.ofNullable(notification.transaction()),
                Stream.ofNullable(notification.renewal()))
            .flatMap(Function.identity())
            .toList();
    for (int i = 0; i < all.size(); i++) {
      if (i >= FREE_CALLS && !turn.goesOn()) {
        return Optional.of(new Outcome.Unfinished());
      }
      Chain chain = signed.chain(all.get(i));
      switch (chain) {
        case GOOD -> {}
        case REVOKED -> {
          return Optional.of(parked("a certificate of its signature was revoked"));
        }
        case UNDETERMINED -> {
          return Optional.of(
              new Outcome.Failed(
                  ErrorClass.TRANSIENT, "nobody says whether its certificates still stand"));
        }
      }
    }
    return Optional.empty();
  }

  private Outcome apply(Parts parts, Turn turn) {
    SubscriptionKey subscription = parts.subscription();
    return subscription == null
        ? new Outcome.Done()
        : comparison.compare(
            turn,
            Snapshot.of(parts.notification(), subscription, parts.transaction(), parts.renewal()),
            Reading.HEARD);
  }

  private static Outcome parked(@Nullable String problem) {
    return new Outcome.Parked(
        Cause.of(ParkReason.VERIFICATION), problem == null ? "it is not believed" : problem);
  }
}
