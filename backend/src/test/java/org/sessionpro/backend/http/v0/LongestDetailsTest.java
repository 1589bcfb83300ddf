package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.T;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.http.clients.EndpointTest;
import org.sessionpro.backend.http.clients.Purchase;

/// How many payments v0 lists at most, however many are asked for (`decisions.md` §2).
class LongestDetailsTest extends EndpointTest {
  private static final int MOST = 10_000;
  private static final int MORE = 3;

  @ParameterizedTest
  @ValueSource(longs = {MOST + 1, (1L << 32) - 1})
  void theNewestTenThousandPaymentsAreListedAndAllAreCounted(long count) {
    shop.sell(alice, Purchase.google(alice.id("token"), "order", T, day(30)));
    repeatThePaymentOf(alice.id("token"), MOST + MORE - 1);

    JsonNode details = v0.details(alice, count).result();

    JsonNode items = details.path("items");
    assertThat(items).hasSize(MOST);
    assertThat(details.path("payments_total").intValue()).isEqualTo(MOST + MORE);
    assertThat(items.get(0).path("google_order_id").textValue()).isEqualTo("order-10002");
    assertThat(items.get(MOST - 1).path("google_order_id").textValue()).isEqualTo("order-3");
  }

  /// Copies the one payment of a token, each copy bought a millisecond after the one before.
  private void repeatThePaymentOf(String token, int copies) {
    List<String> columns = columnsButId();
    String values =
        columns.stream()
            .map(column ->
                switch (column) {
                  case "cycle_key" -> "cycle_key || '-' || i";
                  case "purchased_at" -> "purchased_at + i * 1000";
                  default -> column;
                })
            .collect(Collectors.joining(", "));
    try (Database database = Databases.open(backend.database())) {
      database.write(handle ->
          handle
              .createUpdate(
                  """
                  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :copies)
                  INSERT INTO payments (%s) SELECT %s FROM payments, n WHERE subscription_key = :token
                  """
                      .formatted(String.join(", ", columns), values))
              .bind("copies", copies)
              .bind("token", token)
              .execute());
    }
  }

  private List<String> columnsButId() {
    try (DatabaseView view = Databases.view(backend.database())) {
      return view.tables().stream()
          .filter(table -> table.name().equals("payments"))
          .flatMap(table -> table.columns().stream())
          .filter(column -> !column.equals("id"))
          .toList();
    }
  }
}
