package org.sessionpro.backend.takeover.source;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Payments of March 2026 of which there is another one under the same name of their store.
final class V0Namesakes {
  private static final String GOOGLE_KEYS =
      """
      SELECT p.* FROM payments p JOIN (
        SELECT google_payment_token AS subscription, google_order_id AS cycle FROM payments
        WHERE payment_provider = 1 GROUP BY google_payment_token, google_order_id HAVING count(*) > 1
      ) k ON k.subscription = p.google_payment_token AND k.cycle = p.google_order_id
      WHERE p.payment_provider = 1 ORDER BY p.google_payment_token, p.google_order_id, p.id
      """;

  /// A line item is a cycle; where there is none, a transaction is.
  private static final String APPLE_KEYS =
      """
      WITH named AS (
        SELECT id, apple_original_tx_id AS subscription,
          CASE WHEN apple_web_line_order_tx_id <> '' THEN 'w:' || apple_web_line_order_tx_id
            ELSE 't:' || apple_tx_id END AS cycle
        FROM payments WHERE payment_provider = 2
      )
      SELECT p.* FROM payments p JOIN named n ON n.id = p.id JOIN (
        SELECT subscription, cycle FROM named GROUP BY subscription, cycle HAVING count(*) > 1
      ) k ON k.subscription = n.subscription AND k.cycle = n.cycle
      ORDER BY n.subscription, n.cycle, p.id
      """;

  private static final String VOUCHER_KEYS =
      """
      SELECT p.* FROM payments p JOIN (
        SELECT rangeproof_order_id AS subscription FROM payments
        WHERE payment_provider = 3 GROUP BY rangeproof_order_id HAVING count(*) > 1
      ) k ON k.subscription = p.rangeproof_order_id
      WHERE p.payment_provider = 3 ORDER BY p.rangeproof_order_id, p.id
      """;

  private V0Namesakes() {}

  /// All of them, each group in the order of their numbers.
  static List<V0Payment> all(Handle handle) {
    List<V0Payment> all = new ArrayList<>();
    for (String select : List.of(GOOGLE_KEYS, APPLE_KEYS, VOUCHER_KEYS)) {
      handle.createQuery(select).map((row, _) -> V0Source.payment(row)).forEach(all::add);
    }
    return all;
  }
}
