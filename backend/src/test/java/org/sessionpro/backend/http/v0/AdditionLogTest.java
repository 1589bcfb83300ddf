package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.http.v0.PaymentsRig.ALICE;
import static org.sessionpro.backend.http.v0.PaymentsRig.T;
import static org.sessionpro.backend.http.v0.PaymentsRig.day;
import static org.sessionpro.backend.http.v0.PaymentsRig.google;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledged;
import org.sessionpro.backend.entitlement.PaymentFact.Acknowledgement;
import org.sessionpro.backend.telemetry.LogLines;
import org.sessionpro.protocol.v0.PaymentTx;

/// One line for each payment that is added, which asks for a proof (`operator-v1.md` §5).
class AdditionLogTest {
  private static final PaymentTx.Google ORDER = google("token", "order");

  @TempDir Path folder;
  private final LogLines log = new LogLines();
  private PaymentsRig it;

  @BeforeEach
  void open() {
    it = new PaymentsRig(Engine.SQLITE, folder);
  }

  @AfterEach
  void close() {
    it.close();
    log.close();
  }

  private void assertTold(String line) {
    assertThat(log.at(Level.INFO))
        .filteredOn(one -> one.startsWith("proof "))
        .singleElement()
        .asString()
        .startsWith(line);
  }

  @Test
  void aProofIsALine() {
    it.sellGoogle("token", "order", ALICE, day(30));

    it.add(ALICE, ORDER);

    assertTold("proof issued by v0: ");
  }

  @Test
  void whatIsTheSignersAlreadyIsALine() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.add(ALICE, ORDER);
    log.forget();

    it.add(ALICE, ORDER);

    assertTold("proof refused by v0: already_redeemed ");
  }

  @Test
  void whatGivesNoProofAnyMoreIsALineWithTheReason() {
    it.sellGoogle("token", "order", ALICE, day(30));
    it.clock.moveTo(day(33));

    it.add(ALICE, ORDER);

    assertTold("proof refused by v0: subscription_expired ");
  }

  @Test
  void whatGoogleDoesNotConfirmIsALine() {
    it.sellGoogle("token", "order", ALICE, day(30), new Acknowledged(T, Acknowledgement.OWED));
    it.googleConfirms = false;

    it.add(ALICE, ORDER);

    assertTold("proof refused by v0: not_acknowledged ");
  }
}
