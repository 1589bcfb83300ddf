package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What connections take that are open and do nothing: ten thousand of them have to fit beside
/// everything else.
class ConnectionMemoryTest {
  private static final int CONNECTIONS = 500;

  /// Both ends; the client's buffers alone are 8 kB of it.
  private static final long MOST_EACH = 30_000;

  @Test
  void aConnectionThatHasAskedAndIsIdleTakesLittle() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (TestServer server = TestServer.start(TestServer.echo())) {
      assertThat(server.answers()).isTrue();
      long before = used();
      for (int i = 0; i < CONNECTIONS; i++) {
        RawClient client = RawClient.to(server.address());
        client.send(
            "POST /echo HTTP/1.1\r\nHost: h\r\nUser-Agent: u\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(client.read().status()).isEqualTo(200);
        clients.add(client);
      }
      assertThat(used() - before).isLessThan(CONNECTIONS * MOST_EACH);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  /// Bytes of the heap that are reachable, and perhaps some more.
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
