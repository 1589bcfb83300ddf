package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.entitlement.PaymentFact.RefundRequested;

/// Clients of neither protocol learn whether credits have been charged in the meantime.
class CreditPassTest extends EndpointTest {
  private static final Duration GRACE = DAY.multipliedBy(16);

  /// A month with grace and vouchers of 10 and 5 days: the subscription covers until T+46d1h, the
  /// vouchers until T+56d1h and T+61d1h.
  @ParameterizedTest
  @ValueSource(ints = {10, 35, 46, 47, 56, 57, 61, 62, 100})
  void answersAreTheSameBeforeAndAfterAPass(int days) {
    Purchase month = month(alice).withGrace(GRACE);
    shop.sell(alice, month);
    shop.tell(month.key(), new RefundRequested(backend.now(), day(1)));
    shop.voucher(alice, 10);
    shop.voucher(alice, 5);
    Instant now = day(days).plus(Duration.ofMinutes(7));
    at(now);
    List<JsonNode> before = answers();

    assertThat(
            backend
                .ledger()
                .drainCredits(
                    backend.ledger().account(alice.masterKey()).orElseThrow().id(),
                    now,
                    Duration.ZERO))
        .isPresent();

    assertThat(answers()).isEqualTo(before);
  }

  private List<JsonNode> answers() {
    return Stream.of(
            v0.details(alice, 10),
            v1.status(alice),
            v1.payments(alice, 10),
            v0.proof(alice),
            v1.proof(alice))
        .map(Answer::json)
        .toList();
  }
}
