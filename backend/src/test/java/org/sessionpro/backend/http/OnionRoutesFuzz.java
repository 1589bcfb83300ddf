package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.clients.AnswerRules;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.onion.OnionRoute;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;
import org.sessionpro.protocol.onion.HandmadeOnion;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.SealedOnion;

/// The routes inside an onion. What can be decrypted is answered 200 outside, and inside as the same
/// request is answered directly. Onions are not found there, nor are the routes of development, of the App
/// Store and of those who run the server.
///
/// The first byte of an input says what the rest is: `o` an outer body, `g` or `x` the plaintext of
/// a request, sealed by either cipher, anything else requests ([FuzzedRequest]), itself included.
public final class OnionRoutesFuzz {
  public static final FuzzTarget TARGET =
      new FuzzTarget(
          "onion-routes",
          OnionRoutesFuzz.class,
          OnionRoutesFuzz::fuzzerTestOneInput,
          Allowed.NOTHING);

  private static final byte[] NOTHING = {};
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Person NOBODY = Person.unknown();

  private OnionRoutesFuzz() {}

  /// Called once by the fuzzer before it takes the time, which loading the server's classes would take up.
  public static void fuzzerInitialize() {
    TARGET.acceptSeeds();
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    FuzzedServer server = FuzzedServer.next();
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0]) {
      case 'o' -> assertThat(server.ask(outer(rest), false).status()).isEqualTo(400);
      case 'g' -> checkPlaintext(server, rest, Aead.AES_256_GCM);
      case 'x' -> checkPlaintext(server, rest, Aead.XCHACHA20_POLY1305);
      default -> checkRequests(server, input);
    }
  }

  private static FuzzedRequest outer(byte[] body) {
    return new FuzzedRequest(false, true, "POST", OnionRoute.PATH, "", ByteString.of(body));
  }

  private static void checkPlaintext(FuzzedServer server, byte[] plaintext, Aead aead) {
    SealedOnion onion =
        new HandmadeOnion(RunningBackend.CRYPTO, onionKey(server)).seal(plaintext, aead);
    OnionReply reply = inner(server, onion);
    AnswerRules.checkForm(reply.code(), reply.contentType().value(), reply.body());
  }

  private static ByteString onionKey(FuzzedServer server) {
    return RunningBackend.CRYPTO.agreementPublicKey(server.backend().key());
  }

  private static OnionReply inner(FuzzedServer server, SealedOnion onion) {
    Reply reply = server.once(outer(onion.outerBody()));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo(ContentType.OCTETS);
    return onion.open(reply.body().toByteArray());
  }

  private static void checkRequests(FuzzedServer server, byte[] input) {
    List<FuzzedRequest> requests = FuzzedRequest.all(input);
    Person person = requests.stream().anyMatch(FuzzedRequest::signed) ? Person.unknown() : NOBODY;
    OnionClient client = new OnionClient(RunningBackend.CRYPTO, onionKey(server), RANDOM);
    for (FuzzedRequest request : requests) {
      if (request.path().startsWith("/")) {
        FuzzedRequest timely = request.at(server.backend().now());
        check(server, client, timely.signedBy(person, server.signer()));
      }
    }
  }

  private static void check(FuzzedServer server, OnionClient client, FuzzedRequest request) {
    OnionRequest asked =
        new OnionRequest(
            request.method(),
            request.path(),
            request.query().isEmpty() ? Optional.empty() : Optional.of(request.query()),
            Map.of("accept-encoding", "gzip"),
            request.body());
    OnionReply inside = inner(server, client.seal(asked, Aead.XCHACHA20_POLY1305));
    boolean head = request.method().equals("HEAD");
    if (!head) {
      AnswerRules.check(request.path(), inside.code(), inside.contentType().value(), inside.body());
    }
    if (isDirectOnly(request.path()) || server.isForOperators(request.path())) {
      assertThat(inside.code()).isEqualTo(404);
    } else if (!server.signer().isAuthentic(request.path(), request.body().toByteArray())) {
      Reply direct = server.ask(request.withoutGzip(), false);
      assertThat(inside.code()).isEqualTo(direct.status());
      assertThat(inside.contentType().value()).isEqualTo(direct.contentType().value());
      assertThat(inside.body()).isEqualTo(head ? ByteString.of(NOTHING) : direct.body());
    }
  }

  private static boolean isDirectOnly(String path) {
    return path.startsWith("/dev/")
        || path.equals(OnionRoute.PATH)
        || path.equals(AppleWebhook.PATH);
  }
}
