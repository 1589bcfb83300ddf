package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.DecimalInteger;

class GetProRevocationsRequestTest {
  private static final RequestBody BODY =
      RequestBody.of(
          GetProRevocationsRequest.after(new Ticket(7)).toJson(), GetProRevocationsRequest::parse);

  @Test
  void aClientWritesTheBodyOfTheContract() {
    assertThat(new String(GetProRevocationsRequest.after(new Ticket(7)).toJson(), UTF_8))
        .isEqualTo("{\"ticket\":7}");
  }

  @Test
  void theTicketIsRequiredAsAnInteger() {
    BODY.assertTypesRequired(
        List.of("ticket"), List.of("null", "\"7\"", "7.0", "0.0", "1e1", "true", "[]", "{}"));
  }

  @ParameterizedTest
  @CsvSource({"-5", "0", "99999999999999999999999", "-99999999999999999999999"})
  void anyMagnitudeIsRead(String ticket) {
    assertThat(BODY.with("ticket", ticket).parsed())
        .isEqualTo(new GetProRevocationsRequest(new DecimalInteger(ticket)));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7, false",
    "6, 7, true",
    "-1, 7, true",
    "8, 7, false",
    "0, 0, false",
    "-99999999999999999999999, 0, true",
    "99999999999999999999999, 9223372036854775807, false"
  })
  void theListIsDueWhenTheClientsTicketIsLower(String client, long server, boolean due) {
    assertThat(
            new GetProRevocationsRequest(new DecimalInteger(client)).isBehind(new Ticket(server)))
        .isEqualTo(due);
  }
}
