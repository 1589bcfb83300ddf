package org.sessionpro.backend.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.http.webhook.AppleWebhook;

/// What is fuzzed is there: no route is left out, and what the App Store signs comes in.
class FuzzedServerTest {
  private final FuzzedServer server = FuzzedServer.next();

  private static List<FuzzedRequest> seeds() throws Exception {
    Path folder = Path.of(Objects.requireNonNull(HttpFuzz.class.getResource("/fuzz/http")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.flatMap(seed -> FuzzedRequest.all(read(seed)).stream()).toList();
    }
  }

  private static byte[] read(Path seed) {
    try {
      return Files.readAllBytes(seed);
    } catch (IOException unreadable) {
      throw new AssertionError(seed.toString(), unreadable);
    }
  }

  @Test
  void everyRouteHasASeed() throws Exception {
    assertThat(server.paths())
        .contains("/get_pro_status", AppleWebhook.PATH, "/metrics", "/health/ready", "/dev/quiet");
    assertThat(seeds().stream().map(FuzzedRequest::path)).containsAll(server.paths());
  }

  /// The status of the answer to a notification that is signed, or put together by somebody.
  private int post(String signedPayload) {
    String input =
        """
        POST /apple_notifications_v2
        {"signedPayload":"%s"}
        %%
        {"notificationUUID":"1a7cdc3d-9360-49c3-ae37-0423e4c6e700","notificationType":"TEST",
         "signedDate":@ms,"data":{"bundleId":"org.example.messenger","environment":"Sandbox"}}
        %%
        {"alg":"ES256","x5c":["@leaf","@intermediate","@root"]}
        %%
        0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\
        """
            .formatted(signedPayload);
    FuzzedRequest request = FuzzedRequest.all(input.getBytes(ISO_8859_1)).getFirst();
    FuzzedApple apple = new FuzzedApple();
    FuzzedRequest complete = apple.complete(request.at(server.backend().now()));
    return server.ask(complete, apple.isAuthentic(complete)).status();
  }

  @Test
  void whatTheAppStoreSignsIsKept() {
    long before = server.version();

    assertThat(post("@s1")).isEqualTo(200);

    assertThat(server.version()).isNotEqualTo(before);
  }

  @Test
  void whatSomebodyPutsTogetherIsNotAccepted() {
    assertThat(post("@e2.@e1.@e3")).isEqualTo(401);
  }
}
