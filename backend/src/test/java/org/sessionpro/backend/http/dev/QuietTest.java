package org.sessionpro.backend.http.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Origin;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.protocol.ByteString;

class QuietTest {
  @Test
  void aServerAtRestIsQuietAtOnce() {
    assertThat(text(ask(() -> true, ""))).isEqualTo("{\"quiet\":true}");
  }

  @Test
  void aBusyServerIsNotQuiet() {
    assertThat(text(ask(() -> false, ""))).isEqualTo("{\"quiet\":false}");
  }

  @Test
  void restIsWaitedFor() {
    AtomicInteger looks = new AtomicInteger();

    assertThat(text(ask(() -> looks.incrementAndGet() > 5, "wait_ms=20000")))
        .isEqualTo("{\"quiet\":true}");
  }

  @Test
  void aMomentOfRestBetweenTwoBusyOnesIsNone() {
    AtomicInteger looks = new AtomicInteger();

    assertThat(text(ask(() -> looks.incrementAndGet() == 1, "wait_ms=60")))
        .isEqualTo("{\"quiet\":false}");
  }

  @Test
  void anythingElseIsRefused() {
    assertThat(ask(() -> true, "wait=1").status()).isEqualTo(400);
  }

  private static Reply ask(BooleanSupplier atRest, String query) {
    return new Quiet(atRest)
        .handle(
            new Exchange(
                Method.GET,
                "/dev/quiet",
                query,
                ByteString.of(new byte[0]),
                false,
                Origin.DIRECT,
                size -> true));
  }

  private static String text(Reply reply) {
    return new String(reply.body().toByteArray(), StandardCharsets.UTF_8);
  }
}
