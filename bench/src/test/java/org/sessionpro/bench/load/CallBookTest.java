package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.bench.load.TestParties.ANOTHER;
import static org.sessionpro.bench.load.TestParties.CUSTOMER;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.v1.Freshness;

class CallBookTest {
  private static final Question QUESTION =
      new Question("/", ByteString.of(new byte[0]), answer -> {});

  @Test
  void customersAskInTurn() {
    Call first = Call.direct("h", QUESTION);
    Call second = Call.direct("h", QUESTION);

    try (CallBook book =
        new CallBook(
            List.of(CUSTOMER, ANOTHER),
            Load.LIFETIME,
            customer -> customer.equals(CUSTOMER) ? first : second)) {
      assertThat(List.of(book.next(), book.next(), book.next()))
          .containsExactly(first, second, first);
    }
  }

  @Test
  @Timeout(60)
  void callsAreSignedAnew() {
    try (CallBook book =
        new CallBook(
            List.of(CUSTOMER), Duration.ofMillis(1), customer -> Call.direct("h", QUESTION))) {
      Call first = book.next();
      Call later = first;
      while (later.equals(first)) {
        later = book.next();
      }
    }
  }

  @Test
  void theLifetimeOfACallLeavesRoomForSigning() {
    assertThat(Load.LIFETIME).isLessThan(Freshness.TOLERANCE.minusSeconds(20));
  }
}
