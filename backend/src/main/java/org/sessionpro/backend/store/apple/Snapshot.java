package org.sessionpro.backend.store.apple;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.store.apple.AppStoreApi.Revision;

/// What Apple shows of one subscription at once: the parts of a notification, or what was read of its
/// records (`app-store.md` §6.2). All of it is verified.
///
/// @param present the transaction that came with the renewal info; null for none
/// @param history other transactions of the subscription
/// @param renewal null if none was shown
/// @param status Apple's number of how the subscription stands; null if it was not shown
/// @param reading how the records were read; null for a notification
/// @param notice the notification; null if the records were read
public record Snapshot(
    SubscriptionKey subscription,
    @Nullable TransactionInfo present,
    List<TransactionInfo> history,
    @Nullable RenewalInfo renewal,
    @Nullable Integer status,
    @Nullable Reading reading,
    @Nullable Notice notice) {
  /// What is read of Apple's records may lack what happened so shortly before it was signed.
  static final Duration BEHIND = Duration.ofMinutes(10);

  /// A look after that long cannot lack what this one may, though clocks differ a little.
  static final Duration AGAIN = BEHIND.plusMinutes(1);

  private static final Comparator<TransactionInfo> ORDER =
      Comparator.comparing(TransactionInfo::purchasedAt).thenComparing(TransactionInfo::signedAt);

  public Snapshot {
    history = List.copyOf(history);
  }

  /// Which notification brought it.
  ///
  /// @param type Apple's word, known or not
  /// @param subtype Apple's word, known or not; null for none
  /// @param remarks what it says beside what is signed inside
  public record Notice(String type, @Nullable String subtype, Instant signedAt, Remarks remarks) {
    /// Without remarks.
    public Notice(String type, @Nullable String subtype, Instant signedAt) {
      this(type, subtype, signedAt, Remarks.NONE);
    }

    boolean is(String word) {
      return type.equals(word);
    }
  }

  /// How the records were read.
  ///
  /// @param complete whether the history of the subscription was read from its beginning to its end,
  ///     so that what it does not show is not in it
  /// @param revision how far it was read; null if not to its end, or not for this subscription's sake
  public record Reading(boolean complete, @Nullable Revision revision) {
    /// Some of them were read.
    public static final Reading PARTIAL = new Reading(false, null);
  }

  /// What a notification shows.
  ///
  /// @param subscription of the parts
  public static Snapshot of(
      Notification notification,
      SubscriptionKey subscription,
      @Nullable TransactionInfo transaction,
      @Nullable RenewalInfo renewal) {
    return new Snapshot(
        subscription,
        transaction,
        List.of(),
        renewal,
        notification.status(),
        null,
        new Notice(
            notification.type(),
            notification.subtype(),
            notification.signedAt(),
            notification.remarks()));
  }

  /// As of when something that was signed then tells how things stand. A notification does so for the
  /// instant of its signing; records, which may be behind, for one that is [#BEHIND] before. This alone
  /// decides which of two statements is the newer one, be it a gain or a loss and whichever comes
  /// first: so records within that time of a notification do not overrule what it names.
  Instant asOf(Instant signedAt) {
    return reading == null ? signedAt : signedAt.minus(BEHIND);
  }

  /// Whether it is a notification that the refund of this transaction was reversed.
  boolean reverses(TransactionInfo transaction) {
    return transaction.equals(present) && notice != null && notice.is("REFUND_REVERSED");
  }

  boolean isComplete() {
    return reading != null && reading.complete();
  }

  /// Whether what it names is all that Apple's records say of that, while others may be left out.
  public boolean isReadToItsEnd() {
    return reading != null && reading.revision() != null;
  }

  /// All transactions, oldest purchase first, of one cycle the oldest statement first.
  List<TransactionInfo> transactions() {
    return Stream.concat(Stream.ofNullable(present), history.stream()).sorted(ORDER).toList();
  }
}
