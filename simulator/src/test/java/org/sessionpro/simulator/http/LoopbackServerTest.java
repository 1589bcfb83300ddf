package org.sessionpro.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {
  private static final Service ECHO =
      new Service() {
        @Override
        public Routed route(Request request) {
          return new Routed(
              () -> "echo",
              null,
              () ->
                  new Answer(
                      200,
                      Map.of("x-verb", request.verb(), "x-path", request.segments().toString()),
                      request.body()));
        }

        @Override
        public Answer refusal(
            Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
          return Answer.empty(status);
        }
      };

  private final FrontDesk desk = new FrontDesk(ECHO, InstantSource.system());
  private final LoopbackServer server = LoopbackServer.start(0, Map.of("/", desk));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    assertThat(InetAddress.getByName(server.url().getHost()).isLoopbackAddress()).isTrue();
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> LoopbackServer.start(server.url().getPort(), Map.of("/", desk)))
        .hasMessageContaining(Integer.toString(server.url().getPort()));
  }

  @Test
  void passesBodiesOn() throws Exception {
    assertThat(post("/x", "hello".getBytes(StandardCharsets.UTF_8)).body()).isEqualTo("hello");
  }

  @Test
  void unpacksBodies() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    HttpRequest request =
        request("/x")
            .header("content-encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
            .build();

    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
  }

  @Test
  void decodesEachPartOfThePathByItself() throws Exception {
    HttpResponse<String> response = post("/a%2Fb/c%3Ad:verb", new byte[0]);

    assertThat(response.headers().firstValue("x-path")).contains("[a/b, c:d]");
    assertThat(response.headers().firstValue("x-verb")).contains("verb");
  }

  @Test
  void aColonWithinANameBeginsNoVerb() throws Exception {
    HttpResponse<String> response = post("/a/b:~c+d:verb", new byte[0]);

    assertThat(response.headers().firstValue("x-path")).contains("[a, b:~c+d]");
    assertThat(response.headers().firstValue("x-verb")).contains("verb");
  }

  @Test
  void aPathMayHaveNoVerb() throws Exception {
    HttpResponse<String> response = post("/a:~b", new byte[0]);

    assertThat(response.headers().firstValue("x-path")).contains("[a:~b]");
  }

  @Test
  void dropsConnections() {
    desk.faults().add(new Fault(null, null, 1, new Effect.Dropped(false)));

    assertThatThrownBy(() -> post("/x", new byte[1])).isInstanceOf(IOException.class);
  }

  @Test
  void aTricklingAnswerIsWholeInTheEnd() throws Exception {
    desk.faults().add(new Fault(null, null, 1, new Effect.Trickling(Duration.ofMillis(40))));
    String sent = "hello".repeat(100);

    assertThat(post("/x", sent.getBytes(StandardCharsets.UTF_8)).body()).isEqualTo(sent);
  }

  @Test
  void aLateAnswerOutlastsTheCallersPatience() {
    desk.faults().add(new Fault(null, null, 1, new Effect.Late(Duration.ofSeconds(30))));
    HttpRequest request = request("/x").timeout(Duration.ofMillis(50)).build();

    assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void aBugIsAnsweredAsOne() throws Exception {
    FrontDesk broken =
        new FrontDesk(
            new Service() {
              @Override
              public Routed route(Request request) {
                return new Routed(
                    () -> "broken",
                    null,
                    () -> {
                      throw new IllegalStateException("a bug");
                    });
              }

              @Override
              public Answer refusal(
                  Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
                return Answer.empty(status);
              }
            },
            InstantSource.system());

    assertThat(broken.handle(Request.of("GET", URI.create("/x"), "", new byte[0])).answer())
        .satisfies(answer -> assertThat(answer.status()).isEqualTo(500));
  }

  @Test
  void parametersAreDecoded() {
    assertThat(Request.parameters("a=1%202&b&a=3")).isEqualTo(Map.of("a", "3", "b", ""));
    assertThat(Request.parameters(null)).isEmpty();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<String> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
  }
}
