package org.sessionpro.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.bench.load.TestParties.ANOTHER;
import static org.sessionpro.bench.load.TestParties.CUSTOMER;

import java.util.List;
import org.junit.jupiter.api.Test;
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
            List.of(CUSTOMER, ANOTHER), customer -> customer.equals(CUSTOMER) ? first : second)) {
      assertThat(List.of(book.next(), book.next(), book.next()))
          .containsExactly(first, second, first);
    }
  }

  @Test
  void noCallGrowsStale() {
    assertThat(CallBook.LIFETIME.multipliedBy(3)).isLessThan(Freshness.TOLERANCE.multipliedBy(2));
  }
}
