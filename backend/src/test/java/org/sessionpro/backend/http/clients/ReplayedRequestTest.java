package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.RunningBackend.CRYPTO;
import static org.sessionpro.backend.RunningBackend.T;
import static org.sessionpro.backend.http.clients.V1Calls.assertOk;
import static org.sessionpro.backend.http.clients.V1Calls.assertRefused;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.v1.ErrorCode;

/// Requests that somebody sends again, and requests of clients whose clocks are far off.
class ReplayedRequestTest extends EndpointTest {
  private static final int MANY = 20;

  private byte[] v1Request(Instant ts) {
    return org.sessionpro.protocol.v1.GenerateProProofRequest.sign(
            alice.master(), alice.rotating(), ts)
        .toJson();
  }

  private byte[] v0Request(Instant ts) {
    return org.sessionpro.protocol.v0.GenerateProProofRequest.sign(
            CRYPTO, alice.master(), alice.rotating(), ts)
        .toJson();
  }

  private Answer replay(byte[] request) {
    return caller.post(V1Calls.PROOF, request);
  }

  /// The v1 request with another number for its time; its signatures are of the old one.
  private byte[] withTime(String number) {
    String text = new String(v1Request(T), StandardCharsets.UTF_8);
    return text.replaceFirst("\"ts\":[0-9]+", "\"ts\":" + number).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aReplayedRequestGetsTheSameProof() {
    shop.voucher(alice, 30);
    byte[] request = v1Request(T);
    Answer first = replay(request);
    assertOk(first);

    for (int i = 0; i < MANY; i++) {
      at(T.plusSeconds(3L * i));
      assertThat(replay(request).body()).isEqualTo(first.body());
    }
  }

  @Test
  void v0GivesAReplayedRequestTheSameProofToo() {
    shop.voucher(alice, 30);
    byte[] request = v0Request(T);
    Answer first = replay(request);
    V0Calls.assertOk(first);

    for (int i = 0; i < MANY; i++) {
      at(T.plusSeconds(3L * i));
      assertThat(replay(request).body()).isEqualTo(first.body());
    }
  }

  @Test
  void aReplayAfterItsTimeIsStale() {
    shop.voucher(alice, 30);
    byte[] request = v1Request(T);
    assertOk(replay(request));

    at(T.plusSeconds(71));
    assertRefused(replay(request), ErrorCode.STALE_REQUEST);
  }

  @Test
  void v0FindsAReplayAfterItsTimeStaleToo() {
    shop.voucher(alice, 30);
    byte[] request = v0Request(T);
    V0Calls.assertOk(replay(request));

    at(T.plusSeconds(71));
    V0Calls.assertFailed(replay(request), 2, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "PT1H", "-P365D", "P365D", "-P7300D", "P36500D"})
  void aClockThatIsFarOffMakesRequestsStale(Duration off) {
    shop.voucher(alice, 30);

    assertRefused(replay(v1Request(T.plus(off))), ErrorCode.STALE_REQUEST);
    V0Calls.assertFailed(replay(v0Request(T.plus(off))), 2, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "2147483648",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "1000000000000000000000000000000000000000000"
      })
  void noTimeIsTooFarOffToBeStale(String number) {
    shop.voucher(alice, 30);

    assertRefused(replay(withTime(number)), ErrorCode.STALE_REQUEST);
  }
}
