package org.sessionpro.backend.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.Owed;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.inbox.WorkItem;
import org.sessionpro.backend.inbox.WorkKind;
import org.sessionpro.backend.ledger.Subscriptions;

/// Has every subscription of a store that is live, renews or is being charged again, as far as is known
/// here or may be there, compared with the store's record, as fast as the store allows
/// (`decisions-stores.md` §1, full reconcile).
public final class FullReconcile {
  /// Subscriptions that are noted in one transaction.
  private static final int PORTION = 500;

  private final StoreProvider provider;
  private final Subscriptions subscriptions;
  private final Inbox inbox;

  public FullReconcile(StoreProvider provider, Subscriptions subscriptions, Inbox inbox) {
    this.provider = provider;
    this.subscriptions = subscriptions;
    this.inbox = inbox;
  }

  /// Notes all of them.
  ///
  /// @return how many
  public long note(Instant now) {
    return note(now, _ -> {});
  }

  /// As above.
  ///
  /// @param noted told how many are noted so far, after each portion
  public long note(Instant now, LongConsumer noted) {
    return walk(now, batch -> inbox.enqueue(batch.stream().map(this::owed).toList(), now), noted);
  }

  /// How many there are to note.
  ///
  /// @param counted told how many are counted so far, after each portion
  public long count(Instant now, LongConsumer counted) {
    return walk(now, _ -> {}, counted);
  }

  private long walk(Instant now, Consumer<List<SubscriptionKey>> work, LongConsumer progress) {
    long seen = 0;
    @Nullable SubscriptionKey last = null;
    List<SubscriptionKey> batch;
    do {
      batch = subscriptions.toReconcile(provider.payments(), last, PORTION, now);
      work.accept(batch);
      seen += batch.size();
      progress.accept(seen);
      last = batch.isEmpty() ? last : batch.getLast();
    } while (batch.size() == PORTION);
    return seen;
  }

  private Owed owed(SubscriptionKey key) {
    return Owed.swept(new WorkItem(provider, WorkKind.RECONCILE, key.value()));
  }
}
