package org.sessionpro.backend.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.Premise;
import org.sessionpro.backend.entitlement.PaymentName;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.TransactionId;

/// What stores say of subscriptions and one-time purchases: how it is heard, and how what is known is
/// brought into agreement with a store's record (`decisions-stores.md` §1, `google-play.md` §5.1);
/// from [Ledger#subscriptions()].
public final class Subscriptions {
  /// Bounds grace and hold together: after that nothing can renew any more.
  private static final Duration SWEPT_FOR = Duration.ofDays(60);

  /// How late the store may be with a renewal.
  private static final Duration SETTLING = Duration.ofMinutes(5);

  /// After which a comparison is repeated.
  private static final Duration STALE = Duration.ofDays(1);

  /// Of payments `p`, that none of the subscription is newer, but for one that was taken back before it began.
  private static final String NEWEST =
      """
       AND NOT EXISTS (SELECT 1 FROM payments n
        WHERE n.provider = p.provider AND n.subscription_key = p.subscription_key
          AND (n.revoked_at IS NULL OR n.revoked_at > n.purchased_at)
          AND (n.purchased_at > p.purchased_at
            OR (n.purchased_at = p.purchased_at AND n.id > p.id)))
      """;

  private final Database database;
  private final Tables tables;
  private final Rules rules;

  Subscriptions(Database database, Tables tables, Rules rules) {
    this.database = database;
    this.tables = tables;
    this.rules = rules;
  }

  /// Records what a message says of a subscription, known or not, in one transaction that is durable
  /// when this returns.
  ///
  /// @param facts those that add nothing are not stored
  /// @param premise asked first
  /// @param also written last
  /// @param now our clock
  /// @return whether the premise held; if not, nothing was written
  public boolean hear(
      SubscriptionKey key,
      List<SubscriptionFact> facts,
      Premise premise,
      InTransaction also,
      Instant now) {
    Instant instant = Micros.floor(now);
    boolean held =
        database.<Boolean>write(handle -> {
          if (!premise.holds(handle)) {
            return false;
          }
          new SubscriptionWriter(handle, tables.subscriptions(), instant).hear(key, facts);
          also.run(handle);
          return true;
        });
    if (held) {
      premise.committed();
      also.committed();
    }
    return held;
  }

  /// Compares a subscription with its store's record in one transaction: locks and reads what is known,
  /// has it judged, and writes the ruling, statements about payments in the same way as
  /// [Ledger#record]. Durable when this returns.
  ///
  /// @param related others whose payments and facts the judge needs
  /// @param premise asked first, for example whether the lease of the work is still held
  /// @param judge pure: it may be asked again with other knowledge when another transaction was faster.
  ///     What it throws undoes the transaction
  /// @param now our clock
  /// @return the answer of the ruling; empty if the premise did not hold, and nothing was written
  public <R> Optional<R> converge(
      SubscriptionKey key,
      Collection<SubscriptionKey> related,
      Premise premise,
      Function<KnownSubscription, Ruling<R>> judge,
      Instant now) {
    Instant instant = Micros.floor(now);
    AtomicReference<@Nullable Ruling<R>> written = new AtomicReference<>();
    PaymentNews news = rules.log().news();
    boolean held =
        database.<Boolean>write(handle -> {
          written.set(null);
          if (!premise.holds(handle)) {
            return false;
          }
          Converging converging =
              new Converging(handle, tables, rules, news.begin(instant), instant);
          KnownSubscription known = converging.known(key, related);
          Ruling<R> ruling = judge.apply(known);
          converging.write(key, known, ruling);
          written.set(ruling);
          return true;
        });
    Ruling<R> ruling = written.get();
    if (!held || ruling == null) {
      return Optional.empty();
    }
    news.tell();
    premise.committed();
    ruling.also().committed();
    return Optional.of(ruling.answer());
  }

  /// What is known of a subscription, without any lock.
  public KnownSubscription known(SubscriptionKey key, Collection<SubscriptionKey> related) {
    return database.snapshot(handle -> Knowing.of(handle, tables, key, related));
  }

  /// Keeps remarks of a store about a subscription, within a transaction that makes it known or did so
  /// before; about each topic the latest.
  public InTransaction remarking(SubscriptionKey key, List<RemarksHeard> remarks) {
    List<RemarksHeard> all = List.copyOf(remarks);
    return handle ->
        tables
            .subscriptions()
            .locked(handle, key)
            .ifPresent(row -> RemarkTable.store(handle, row.id(), all));
  }

  /// What stores last said of subscriptions as a whole; of those alone of which they said anything.
  public List<StatedSubscription> stated(Collection<SubscriptionKey> keys) {
    return database.snapshot(handle ->
        keys.stream()
            .flatMap(key -> tables.subscriptions().find(handle, key).stream())
            .map(row ->
                new StatedSubscription(
                    row.key(), row.state(), row.reconciledAt(), RemarkTable.of(handle, row.id())))
            .toList());
  }

  /// The subscriptions and one-time purchases of stores that an owner has. One indexed read.
  public List<SubscriptionKey> of(MasterKey owner) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT p.provider, p.subscription_key FROM payments p
                WHERE p.account_id = (SELECT a.id FROM accounts a WHERE a.master_key = :key)
                  AND p.provider <> 'stf'
                """)
            .bind("key", owner.bytes().toByteArray())
            .map((row, _) ->
                new SubscriptionKey(
                    PaymentProvider.ofCode(row.getString("provider")).orElseThrow(),
                    row.getString("subscription_key")))
            .list());
  }

  /// The subscription of the App Store of which a transaction shows a cycle; empty if none is known.
  public Optional<SubscriptionKey> shownBy(TransactionId transaction) {
    PaymentName name = new PaymentName.Apple(transaction);
    return database.read(handle ->
        tables.names().find(handle, name).map(row -> row.payment().key().subscriptionKey()));
  }

  /// Whether any payment of the subscription has an owner.
  public boolean isOwned(SubscriptionKey key) {
    return database.<Boolean>read(handle -> !tables.payments().owners(handle, key).isEmpty());
  }

  /// Subscriptions that a full comparison with a provider looks at: bought from the store, not
  /// revoked, and live, renewing or retrying, also those of which only the store may know that they are:
  /// all that ended within 60 days. In the order of their names.
  ///
  /// @param after the last one of the batch before; null for the first batch
  /// @param limit size of a batch, at least 1
  public List<SubscriptionKey> toReconcile(
      PaymentProvider provider, @Nullable SubscriptionKey after, int limit, Instant now) {
    return database.read(handle -> toReconcile(handle, provider, after, limit, now));
  }

  /// Subscriptions whose renewal nobody has announced: their newest cycle renews, ended between 60 days
  /// and five minutes ago, and was not compared with the store's record since (`decisions-stores.md`
  /// §1, sweep). Where a cycle ended long before, so did a pause, which counts from its own end. Of
  /// those that were cancelled when they were looked at last, each once after its end: they may have
  /// been restarted and renewed since. A cycle that was taken back before it began is none. In the order
  /// of their names.
  ///
  /// @param after the last one of the batch before; null for the first batch
  /// @param limit size of a batch, at least 1
  public List<SubscriptionKey> toSweep(
      PaymentProvider provider, @Nullable SubscriptionKey after, int limit, Instant now) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT p.subscription_key FROM payments p
                LEFT JOIN subscription s
                  ON s.provider = p.provider AND s.subscription_key = p.subscription_key
                WHERE p.provider = :provider AND p.auto_renewing = TRUE
                  AND p.expiry_at >= :earliest AND p.expiry_at <= :latest
                  AND p.subscription_key > :after AND p.source IN ('store', 'import')
                  AND (s.reconciled_at IS NULL
                    OR (s.reconciled_at < p.expiry_at + :settling)
                    OR s.reconciled_at < :stale)
                """
                    + NEWEST
                    + """
                    UNION SELECT s.subscription_key FROM subscription s
                    WHERE s.provider = :provider AND s.resume_at IS NOT NULL
                      AND s.resume_at >= :earliest AND s.resume_at <= :latest
                      AND s.subscription_key > :after
                      AND (s.reconciled_at IS NULL
                        OR (s.reconciled_at < s.resume_at + :settling)
                        OR s.reconciled_at < :stale)
                    UNION SELECT p.subscription_key FROM subscription s
                    JOIN payments p
                      ON p.provider = s.provider AND p.subscription_key = s.subscription_key
                    WHERE s.provider = :provider AND s.status = 'CANCELED'
                      AND s.subscription_key > :after
                      AND p.expiry_at >= :earliest
                      AND p.expiry_at + COALESCE(p.grace_period, 0) <= :latest
                      AND p.revoked_at IS NULL AND p.source IN ('store', 'import')
                      AND s.reconciled_at < p.expiry_at + COALESCE(p.grace_period, 0)
                    """
                    + NEWEST
                    + "ORDER BY subscription_key LIMIT :limit")
            .bind("provider", provider.code())
            .bind("earliest", Micros.of(now.minus(SWEPT_FOR)))
            .bind("latest", Micros.of(now.minus(SETTLING)))
            .bind("settling", Micros.of(SETTLING))
            .bind("stale", Micros.of(now.minus(STALE)))
            .bind("after", after == null ? "" : after.value())
            .bind("limit", limit)
            .map((row, _) -> new SubscriptionKey(provider, row.getString("subscription_key")))
            .list());
  }

  /// Purchases that stand and that the store is to be told of, in the order of their names.
  ///
  /// @param after the last one of the batch before; null for the first batch
  /// @param limit size of a batch, at least 1
  public List<SubscriptionKey> unacknowledged(
      PaymentProvider provider, @Nullable SubscriptionKey after, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT subscription_key FROM payments
                WHERE provider = :provider AND acknowledgement = 'owed' AND revoked_at IS NULL
                  AND subscription_key > :after
                ORDER BY subscription_key LIMIT :limit
                """)
            .bind("provider", provider.code())
            .bind("after", after == null ? "" : after.value())
            .bind("limit", limit)
            .map((row, _) -> new SubscriptionKey(provider, row.getString("subscription_key")))
            .list());
  }

  private static List<SubscriptionKey> toReconcile(
      Handle handle,
      PaymentProvider provider,
      @Nullable SubscriptionKey after,
      int limit,
      Instant now) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT subscription_key FROM payments
            WHERE provider = :provider AND subscription_key > :after
              AND source IN ('store', 'import') AND revoked_at IS NULL
              AND credit_granted IS NULL
              AND (auto_renewing = TRUE OR billing_retry = TRUE OR expiry_at > :earliest)
            ORDER BY subscription_key LIMIT :limit
            """)
        .bind("provider", provider.code())
        .bind("after", after == null ? "" : after.value())
        .bind("earliest", Micros.of(now.minus(SWEPT_FOR)))
        .bind("limit", limit)
        .map((row, _) -> new SubscriptionKey(provider, row.getString("subscription_key")))
        .list();
  }
}
