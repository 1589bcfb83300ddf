package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.ledger.LedgerFixture.day;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;

/// What migrations make of rows that were written before them.
@ParameterizedClass
@EnumSource(Engine.class)
class OlderLedgersTest {
  @Parameter Engine engine;
  @TempDir Path folder;
  private LedgerFixture it;

  @BeforeEach
  void open() {
    it = new LedgerFixture(engine, folder);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private void execute(String sql) {
    it.database.write(handle -> handle.execute(sql));
  }

  private List<Finding> findings() {
    CollectedFindings observer = new CollectedFindings();
    it.ledger
        .audit(RenewalAllowance.DEFAULT)
        .run(new AuditScope.All(), () -> day(10), new Random(1), observer);
    return observer.findings().stream()
        .filter(finding -> finding.part().equals("acknowledgement_stated_at"))
        .toList();
  }

  private static String statement(String migration, String beginning) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            OlderLedgersTest.class.getResourceAsStream("/db/migration/common/" + migration))) {
      String all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      int begin = all.indexOf(beginning);
      return all.substring(begin, all.indexOf(';', begin));
    }
  }

  @Test
  void whenAnAcknowledgementWasSpokenOfLastIsTakenFromTheFacts() throws IOException {
    PaymentKey key = PaymentKey.google(new PurchaseToken("A"), new OrderId("o"));
    it.record(it.cycle("A", "o", day(0), day(30), null), day(0));
    it.record(it.cycle("B", "o", day(0), day(30), null), day(0));
    it.record(Statement.of(key, new Acknowledged(day(0), Acknowledgement.OWED)), day(0));
    it.record(Statement.of(key, new Acknowledged(day(1), Acknowledgement.DONE)), day(1));
    execute("UPDATE payments SET acknowledgement_stated_at = NULL");
    assertThat(findings()).isNotEmpty();

    execute(statement("V20__words_of_google.sql", "UPDATE payments"));

    assertThat(findings()).isEmpty();
  }
}
