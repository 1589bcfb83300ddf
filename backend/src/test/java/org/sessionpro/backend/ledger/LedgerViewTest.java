package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sessionpro.backend.ledger.LedgerFixture.ALICE;
import static org.sessionpro.backend.ledger.LedgerFixture.BOB;
import static org.sessionpro.backend.ledger.LedgerFixture.T;
import static org.sessionpro.backend.ledger.LedgerFixture.day;
import static org.sessionpro.backend.ledger.LedgerFixture.rawKey;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Defect;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.Ticket;

/// A ledger with a voucher of Alice's, a revoked generation, a cycle of Bob's, and one that waits for
/// somebody.
@ParameterizedClass
@EnumSource(Engine.class)
class LedgerViewTest {
  private static final BackendKey OWNER = BackendKey.fromHex("ab".repeat(32));

  @Parameter Engine engine;
  @TempDir Path folder;
  private DatabaseUrl url;

  @BeforeEach
  void fill() {
    url = engine.empty(folder);
    try (LedgerFixture it = new LedgerFixture(Databases.open(url))) {
      it.ledger.belongTo(OWNER);
      it.voucher(ALICE, 30, T);
      it.ledger.revoke(ALICE, "test", T);
      it.record(it.cycle("token-1", "order-1", T, day(30), rawKey(BOB)), T);
      it.ledger.visit(BOB, T, T).bind();
      it.record(it.cycle("token-2", "order-2", T, day(30), null), T);
    }
  }

  @Test
  void theSummaryCountsEverything() {
    try (LedgerView view = LedgerView.open(url)) {
      assertThat(view.summary())
          .contains(
              new LedgerView.Summary(
                  2, 1, 3, 1, 3, new Ticket(T.getEpochSecond()), Optional.of(OWNER)));
    }
  }

  @Test
  void aLedgerThatTheProgramWroteIsSound() {
    assertThat(check()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payment_plan       | 3 | UPDATE payments SET plan = 'gold'
          payment_epoch      | 1 | UPDATE payments SET expiry_at = 0 WHERE account_id IS NULL
          payment_term_order | 1 | UPDATE payments SET expiry_at = purchased_at - 1 WHERE redeemed_how = 'touch'
          payment_redemption | 1 | UPDATE payments SET redeemed_at = NULL WHERE redeemed_how = 'touch'
          payment_redemption | 1 | UPDATE payments SET redeemed_how = 'add' WHERE account_id IS NULL
          payment_before_the_service | 2 | UPDATE payments SET redeemed_at = 1756252799999999 WHERE account_id IS NOT NULL
          payment_revocation_reason | 1 | UPDATE payments SET revoked_reason = 'refund' WHERE account_id IS NULL
          payment_renewing | 1 | UPDATE payments SET revoked_reason = 'refund', revoked_at = 1 WHERE account_id IS NULL
          payment_transaction | 2 | UPDATE payments SET transaction_id = '1' WHERE provider = 'google_play'
          payment_binding    | 1 | UPDATE payments SET provider = 'app_store' WHERE binding IS NOT NULL
          payment_facts      | 3 | UPDATE payments SET fact_count = fact_count + 1
          account_before_the_service | 2 | UPDATE accounts SET expiry_at = 1756252799999999
          account_generation | 2 | UPDATE accounts SET generation = 9
          account_carrier    | 1 | UPDATE accounts SET carrier_id = 999 WHERE carrier_id IS NOT NULL
          account_facts      | 2 | UPDATE accounts SET fact_count = fact_count - 1
          fact_subject       | 1 | INSERT INTO facts VALUES ('payment', 999, 1, 'witnessed', 0, 0, '{}')
          fact_subject       | 1 | INSERT INTO facts VALUES ('account', 999, 1, 'operator_note', 0, 0, '{}')
          """)
  void aBrokenRuleIsFoundWithItsRows(String check, long rows, String sql) throws Exception {
    breakBy(sql);

    assertThat(check())
        .filteredOn(finding -> !finding.check().equals("integrity"))
        .extracting(Defect::check, Defect::count)
        .containsExactly(tuple(check, rows));
  }

  @Test
  void aKeyOfZerosIsFound() throws Exception {
    breakBy(
        "UPDATE accounts SET master_key = %s WHERE carrier_id IS NULL"
            .formatted(
                engine == Engine.SQLITE ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')"));

    assertThat(check()).extracting(Defect::check).containsExactly("account_key");
  }

  private List<Defect> check() {
    try (LedgerView view = LedgerView.open(url)) {
      return view.check(_ -> {});
    }
  }

  /// Runs a statement that the database's constraints do not stop.
  private void breakBy(String sql) throws SQLException {
    switch (url) {
      case DatabaseUrl.Sqlite(Path file) -> {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA ignore_check_constraints = ON");
          statement.execute(sql);
        }
      }
      case DatabaseUrl.InMemory _ -> throw new AssertionError("no engine of these tests");
      case DatabaseUrl.Postgres _ -> {
        try (Database database = Databases.open(url)) {
          database.write(handle -> {
            handle
                .createQuery(
                    """
                    SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname
                    FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0
                      AND connamespace = 'public'::regnamespace
                    """)
                .mapTo(String.class)
                .list()
                .forEach(handle::execute);
            return handle.execute(sql);
          });
        }
      }
    }
  }
}
