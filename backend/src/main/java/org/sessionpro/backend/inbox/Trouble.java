package org.sessionpro.backend.inbox;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.entitlement.SubscriptionKey;

/// What owners are told of: items that failed more than five times, or are parked. An owed
/// acknowledgement is no trouble of theirs.
final class Trouble {
  /// Word for word the condition of the index.
  private static final String IN_TROUBLE =
      "(parked_at IS NOT NULL OR attempts > 5) AND kind <> 'acknowledge'";

  private static final Lookup ANY =
      new Lookup("SELECT EXISTS (SELECT 1 FROM inbox_work WHERE " + IN_TROUBLE + ")");

  private Trouble() {}

  /// Whether anything is in trouble.
  static boolean any(Handle handle) {
    return ANY.one(handle, row -> row.getBoolean(1));
  }

  /// Everything that is.
  static Set<SubscriptionKey> all(Handle handle) {
    return handle
        .createQuery(
            "SELECT provider, subscription_key FROM inbox_work WHERE subscription_key IS NOT NULL AND "
                + IN_TROUBLE)
        .map((row, _) ->
            new SubscriptionKey(
                Columns.code(StoreProvider.class, row, "provider").payments(),
                row.getString("subscription_key")))
        .collect(Collectors.toSet());
  }

  /// Whether any of these is.
  static boolean isAnyOf(Database database, Collection<SubscriptionKey> purchases) {
    return Arrays.stream(StoreProvider.values())
        .anyMatch(provider -> {
          List<String> names =
              purchases.stream()
                  .filter(purchase -> purchase.provider() == provider.payments())
                  .map(SubscriptionKey::value)
                  .toList();
          return !names.isEmpty()
              && database.<Boolean>read(handle -> isAnyOf(handle, provider, names));
        });
  }

  private static boolean isAnyOf(Handle handle, StoreProvider provider, List<String> names) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM inbox_work
              WHERE provider = :provider AND subscription_key IN (<names>) AND
            """
                + IN_TROUBLE
                + ") AS found")
        .bind("provider", Columns.code(provider))
        .bindList("names", names)
        .map((row, _) -> row.getBoolean("found"))
        .one();
  }
}
