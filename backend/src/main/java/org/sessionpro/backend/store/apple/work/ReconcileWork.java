package org.sessionpro.backend.store.apple.work;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Losses;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Cause;
import org.sessionpro.backend.inbox.Claim;
import org.sessionpro.backend.inbox.ErrorClass;
import org.sessionpro.backend.inbox.Outcome;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.ParkReason;
import org.sessionpro.backend.inbox.WorkHandler;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.ledger.KnownSubscription;
import org.sessionpro.backend.ledger.Ruling;
import org.sessionpro.backend.store.Rooms;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.Unanswered;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.store.apple.AppStoreApi.HistoryPage;
import org.sessionpro.backend.store.apple.AppStoreApi.Revision;
import org.sessionpro.backend.store.apple.AppStoreApi.Standing;
import org.sessionpro.backend.store.apple.SignedData;
import org.sessionpro.backend.store.apple.Snapshot;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// Compares a subscription, and whatever else its customer has, with Apple's records
/// (`app-store.md` §6.2, `decisions-stores.md` §2.3): how it stands and its whole history, applied
/// together. No transaction is open while Apple is asked.
///
/// Of what Apple announced only that part of the history is read which was not read before; everything
/// else is looked at in case that something was missed, and read from the beginning.
final class ReconcileWork implements WorkHandler {
  private static final Unanswered UNANSWERED = new Unanswered("Apple");

  /// Nothing that somebody signed with it is believed until somebody looked (`decisions-stores.md` §2.3).
  private static final Outcome REVOKED =
      new Outcome.Parked(
          Cause.of(ParkReason.VERIFICATION), "a certificate of what Apple answers was revoked");

  private final Asking asking;
  private final SignedData signed;
  private final Comparison comparison;
  private final Rooms rooms;

  ReconcileWork(Asking asking, SignedData signed, Comparison comparison, Rooms rooms) {
    this.asking = asking;
    this.signed = signed;
    this.comparison = comparison;
    this.rooms = rooms;
  }

  /// How the reading of a history ended.
  private sealed interface Read {}

  /// It was read to its end.
  ///
  /// @param complete whether from its beginning
  private record Whole(Revision revision, boolean complete) implements Read {}

  /// There was no answer.
  private record BrokenOff(StoreAnswer<?> answer) implements Read {}

  /// A page was the same again, so that it has no end.
  private record Endless() implements Read {}

  /// The turn was over.
  private record Over() implements Read {}

  @Override
  public Outcome handle(Turn turn) {
    TransactionId subject = new TransactionId(turn.claim().item().key());
    AppStoreApi api = asking.about(turn.claim());
    StoreAnswer<List<Standing>> answer = api.statuses(subject);
    if (!(answer instanceof Answer<List<Standing>>(List<Standing> standings))) {
      return unanswered(answer, turn);
    }
    Collected shown = new Collected(subject, signed);
    standings.forEach(shown::take);
    return switch (history(api, subject, shown, turn)) {
      case Whole(Revision revision, boolean complete) when shown.isBelieved() ->
          apply(shown, new Snapshot.Reading(complete, revision), turn);
      case Whole _, Endless _ -> applyPart(shown, turn, unbelieved());
      case BrokenOff(StoreAnswer<?> failure) -> applyPart(shown, turn, unanswered(failure, turn));
      case Over _ -> new Outcome.Unfinished();
    };
  }

  /// What was read is a gain that does not wait for the rest.
  ///
  /// @param otherwise what becomes of the item for the sake of the rest, unless the turn is over or
  ///     nothing of it is believed
  private Outcome applyPart(Collected shown, Turn turn, Outcome otherwise) {
    Outcome outcome = apply(shown, Snapshot.Reading.PARTIAL, turn);
    return outcome instanceof Outcome.Unfinished || outcome.equals(REVOKED) ? outcome : otherwise;
  }

  private Read history(AppStoreApi api, TransactionId subject, Collected shown, Turn turn) {
    @Nullable Revision begin = begin(turn.claim(), subject);
    @Nullable Revision revision = begin;
    for (int pages = 0; ; pages++) {
      if (pages > 0 && !turn.goesOn()) {
        return new Over();
      }
      StoreAnswer<HistoryPage> answer = api.history(subject, revision);
      if (!(answer instanceof Answer<HistoryPage>(HistoryPage page))) {
        return new BrokenOff(answer);
      }
      page.transactions().forEach(shown::take);
      if (page.more() && page.revision().equals(revision)) {
        return new Endless();
      }
      revision = page.revision();
      if (!page.more()) {
        return new Whole(revision, begin == null);
      }
    }
  }

  /// Behind what the reading goes on; null for the beginning. What failed before is read anew, since
  /// Apple may know the place no more; and so is what something was concluded about, since Apple may
  /// have decided otherwise in a part that did not change.
  private @Nullable Revision begin(Claim claim, TransactionId subject) {
    if (claim.seen().hintAt() == null || claim.failures().attempts() > 0) {
      return null;
    }
    KnownSubscription known =
        rooms
            .subscriptions()
            .known(new SubscriptionKey(PaymentProvider.APP_STORE, subject.value()), List.of());
    String read = known.state().historyRevision();
    boolean concluded =
        known.payments().stream()
            .flatMap(it -> it.payment().losses().standing().stream())
            .anyMatch(Losses.Revocation::inferred);
    return read == null || concluded ? null : new Revision(read);
  }

  /// Nothing is applied while nobody says that the certificates of all of it stand.
  private Outcome apply(Collected shown, Snapshot.Reading reading, Turn turn) {
    return switch (signed.chains(shown.texts())) {
      case GOOD -> apply(shown.snapshots(reading), turn);
      case REVOKED -> REVOKED;
      case UNDETERMINED -> new Outcome.Failed(ErrorClass.TRANSIENT, MessageWork.UNDETERMINED);
    };
  }

  /// The subject itself decides what becomes of the item, and comes last: until it is compared, its
  /// history is read from the same place again. A turn that is over ends the item in any case.
  private Outcome apply(List<Snapshot> snapshots, Turn turn) {
    Snapshot own = snapshots.getFirst();
    for (Snapshot other : snapshots.subList(1, snapshots.size())) {
      Outcome outcome = comparison.compare(turn, other, reading(other));
      switch (outcome) {
        case Outcome.Unfinished _ -> {
          return outcome;
        }
        case Outcome.Again _, Outcome.Waits _ ->
            rooms.inbox().enqueue(lookAt(other), rooms.clock().instant());
        // An item of its own shows it until somebody maps it; one that is there stays as it is.
        case Outcome.Parked _ ->
            rooms.inbox().enqueueMissing(lookAt(other), rooms.clock().instant());
        case Outcome.Done _, Outcome.Failed _, Outcome.Held _ -> {}
      }
    }
    return comparison.compare(turn, own, reading(own));
  }

  /// What is seen of another subscription of the customer is a part, which leaves something open.
  private static List<Owed> lookAt(Snapshot other) {
    TransactionId original = new TransactionId(other.subscription().value());
    return List.of(Owed.unannounced(WorkItem.reconcile(original)));
  }

  private static Ruling.Reading reading(Snapshot snapshot) {
    return snapshot.isReadToItsEnd() ? Ruling.Reading.COMPARED : Ruling.Reading.HEARD;
  }

  private Outcome unanswered(StoreAnswer<?> answer, Turn turn) {
    return UNANSWERED.outcome(answer, turn, rooms.clock().instant());
  }

  private static Outcome unbelieved() {
    return new Outcome.Failed(
        ErrorClass.LOGIC,
        "Apple's answer has no end, or holds something that Apple has not signed for us");
  }
}
