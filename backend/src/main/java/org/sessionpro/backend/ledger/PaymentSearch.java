package org.sessionpro.backend.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.ledger.Sought.TokenAndOrder;

/// Finds payments by any id they bear. Every branch of the statements is answered by an index.
final class PaymentSearch {
  static final String BY_ANY_ID =
      """
      SELECT id FROM payments
      WHERE provider IN ('google_play', 'app_store', 'stf') AND subscription_key = :id
      UNION
      SELECT id FROM payments
      WHERE cycle_key <> '' AND cycle_key IN (:id, :lineItem, :transaction)
      UNION
      SELECT payment_id FROM payment_aliases
      WHERE provider IN ('google_play', 'app_store', 'stf') AND alias = :id
      """;

  private static final String BY_TOKEN_AND_ORDER =
      """
      SELECT id FROM payments
      WHERE provider = 'google_play' AND subscription_key = :token AND cycle_key = :order
      """;

  private PaymentSearch() {}

  /// The payments that bear the id, oldest registration first.
  static List<PaymentRow> named(Handle handle, Sought sought) {
    Optional<TokenAndOrder> parts = sought.tokenAndOrder();
    String ids = BY_ANY_ID + (parts.isPresent() ? " UNION " + BY_TOKEN_AND_ORDER : "");
    Query query =
        handle
            .createQuery(
                "SELECT "
                    + PaymentRows.COLUMNS
                    + " FROM payments WHERE id IN ("
                    + ids
                    + ") ORDER BY id")
            .bind("id", sought.text())
            .bind("lineItem", "w:" + sought.text())
            .bind("transaction", "t:" + sought.text());
    parts.ifPresent(both -> query.bind("token", both.token()).bind("order", both.order()));
    return query.map((row, _) -> PaymentRows.read(row)).list();
  }

  /// What has no owner and carries a binding of this one, whether it can still be claimed or not.
  static List<PaymentRow> unclaimedOf(Handle handle, OwnerIds owner) {
    return handle
        .createQuery(
            "SELECT "
                + PaymentRows.COLUMNS
                + """
                FROM payments
                WHERE binding IN (<bindings>) AND account_id IS NULL AND binding IS NOT NULL
                ORDER BY id
                """)
        .bindList("bindings", owner.all().stream().map(b -> b.bytes().toByteArray()).toList())
        .map((row, _) -> PaymentRows.read(row))
        .list();
  }
}
