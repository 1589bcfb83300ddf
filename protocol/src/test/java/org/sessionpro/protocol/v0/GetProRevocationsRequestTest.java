package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.DecimalInteger;

class GetProRevocationsRequestTest {
  @ParameterizedTest
  @CsvSource({
    "-99999999999999999999, 0, true",
    "-5, 0, true",
    "0, 0, false",
    "0, 1, true",
    "1, 1, false",
    "2, 1, false",
    "4294967295, 4294967295, false",
    "99999999999999999999, 4294967295, false"
  })
  void onlyAListOfALowerTicketIsOld(String ticket, long current, boolean old) {
    assertThat(
            new GetProRevocationsRequest(new DecimalInteger(ticket))
                .isOlderThan(new Ticket(current)))
        .isEqualTo(old);
  }

  @Test
  void requestCarriesTheTicketOfTheLastList() {
    assertThat(GetProRevocationsRequest.after(new Ticket(9)))
        .isEqualTo(new GetProRevocationsRequest(DecimalInteger.of(9)));
  }
}
