package org.sessionpro.backend.http.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths, methods and sizes of the client routes (`wire-v1.md` §6, `wire-v0.md` §1, `decisions.md`
/// §1).
class SurfaceTest extends EndpointTest {
  private static final int MAX_BODY = 65_536;
  private static final byte[] NOTHING = new byte[0];

  /// Every route of clients with the value of its `Allow` header.
  enum Served {
    PROOF("/generate_pro_proof", "POST, OPTIONS"),
    REVOCATIONS("/get_pro_revocations", "POST, OPTIONS"),
    V0_DETAILS("/get_pro_details", "POST, OPTIONS"),
    V0_ADD("/add_pro_payment", "POST, OPTIONS"),
    V0_REFUND("/set_payment_refund_requested", "POST, OPTIONS"),
    V1_STATUS("/get_pro_status", "POST, OPTIONS"),
    V1_PAYMENTS("/get_payment_details", "POST, OPTIONS"),
    SERVER("/status", "GET, HEAD, POST, OPTIONS");

    private final String path;
    private final String allow;

    Served(String path, String allow) {
      this.path = path;
      this.allow = allow;
    }

    boolean allows(String method) {
      return List.of(allow.split(", ", -1)).contains(method);
    }
  }

  static Stream<Arguments> methodsThatRoutesLack() {
    return Stream.of(Served.values())
        .flatMap(route ->
            Stream.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "BREW")
                .filter(method -> !route.allows(method))
                .map(method -> Arguments.of(route, method)));
  }

  @ParameterizedTest
  @MethodSource("methodsThatRoutesLack")
  void aMethodThatTheRouteLacksIsRefusedWithThoseItHas(Served route, String method) {
    Answer answer = caller.send(method, route.path, NOTHING);

    assertPlain(answer, 405, method.equals("HEAD") ? "" : "Method not allowed\n");
    assertThat(answer.allow()).isEqualTo(route.allow);
  }

  @ParameterizedTest
  @EnumSource
  void optionsAreAnsweredEmpty(Served route) {
    Answer answer = caller.send("OPTIONS", route.path, NOTHING);

    assertPlain(answer, 200, "");
    assertThat(answer.allow()).isEqualTo(way == Way.DIRECT ? route.allow : "");
  }

  @ParameterizedTest
  @EnumSource
  void theLongestBodyIsRead(Served route) {
    Answer answer = caller.post(route.path, " ".repeat(MAX_BODY).getBytes(UTF_8));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("application/json");
  }

  @ParameterizedTest
  @EnumSource
  void aLongerBodyIsTooLarge(Served route) {
    assertPlain(
        caller.post(route.path, " ".repeat(MAX_BODY + 1).getBytes(UTF_8)), 413, "Body too large\n");
  }

  @ParameterizedTest
  @EnumSource
  void anotherSpellingOfAPathIsNotFound(Served route) {
    for (String path :
        List.of(
            route.path + "/",
            "/" + route.path,
            "/v0" + route.path,
            route.path.toUpperCase(Locale.ROOT),
            route.path.replace("t", "%74"))) {
      assertPlain(caller.post(path, "{}".getBytes(UTF_8)), 404, "Not found\n");
    }
  }

  /// Also those that later parts of the service or older versions of the protocols have.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/apple_notifications_v2",
        "/get_pro_proof",
        "/get_pro_payments",
        "/metrics",
        "/health",
        "/oxen/v3/lsrpc",
        "/loki/v3/lsrpc",
        "/favicon.ico"
      })
  void anyOtherPathIsNotFoundByAnyMethod(String path) {
    assertPlain(caller.post(path, "{}".getBytes(UTF_8)), 404, "Not found\n");
    assertPlain(caller.send("GET", path, NOTHING), 404, "Not found\n");
    assertPlain(caller.send("OPTIONS", path, NOTHING), 404, "Not found\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "OPTIONS"})
  void theOnionRouteTakesPostsAndNoOnions(String method) {
    Answer answer = caller.send(method, "/oxen/v4/lsrpc", NOTHING);

    switch (way) {
      case ONION -> assertPlain(answer, 404, "Not found\n");
      case DIRECT ->
          assertThat(answer.status())
              .isEqualTo(
                  switch (method) {
                    case "POST" -> 400;
                    case "GET" -> 405;
                    default -> 200;
                  });
    }
  }

  private static void assertPlain(Answer answer, int status, String text) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.text()).isEqualTo(text);
  }
}
