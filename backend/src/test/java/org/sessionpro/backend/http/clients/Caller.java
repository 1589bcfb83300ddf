package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.onion.OnionClient;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.SealedOnion;

/// Asks one server one way. Every answer is shown to [StrictClients], and none may tell anything of
/// the code that made it.
public final class Caller {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Names of classes and lines of stack traces.
  private static final Pattern INTERNALS =
      Pattern.compile("Exception|\\bat [a-z]+\\.|\\b(org|com|java|javax|jdk)\\.[a-z]+");

  private final InetSocketAddress server;
  private final BackendKey key;
  private final Way way;
  private final Witness witness;

  /// Sees what is asked and answered.
  @FunctionalInterface
  interface Witness {
    void saw(String method, String path, byte[] body, Answer answer);
  }

  public Caller(RunningBackend backend, Way way) {
    this(backend.address(), backend.key(), way);
  }

  /// @param key what clients know the server by
  public Caller(InetSocketAddress server, BackendKey key, Way way) {
    this(server, key, way, (_, _, _, _) -> {});
  }

  Caller(InetSocketAddress server, BackendKey key, Way way, Witness witness) {
    this.server = server;
    this.key = key;
    this.way = way;
    this.witness = witness;
  }

  public Answer post(String path, byte[] body) {
    return send("POST", path, body);
  }

  public Answer send(String method, String path, byte[] body) {
    try {
      Answer answer =
          switch (way) {
            case DIRECT -> direct(method, path, body);
            case ONION -> onion(method, path, body);
          };
      if (!method.equals("HEAD")) {
        StrictClients.accept(path, body, answer);
      }
      assertThat(answer.text()).doesNotContainPattern(INTERNALS);
      witness.saw(method, path, body, answer);
      return answer;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Answer direct(String method, String path, byte[] body) throws IOException {
    RawClient.Answer answer = overSocket(method, path, body);
    return new Answer(
        answer.status(), answer.header("content-type"), answer.header("allow"), answer.body());
  }

  /// The answer to a request of its own, with all its headers.
  private RawClient.Answer overSocket(String method, String path, byte[] body) throws IOException {
    try (RawClient client = RawClient.to(server)) {
      client
          .send("%s %s HTTP/1.1\r\nHost: h\r\n".formatted(method, path))
          .send("Content-Length: " + body.length + "\r\n\r\n")
          .send(body);
      return method.equals("HEAD") ? client.readHead() : client.read();
    }
  }

  /// The key of the onion is derived from the key that clients know the server by.
  private Answer onion(String method, String path, byte[] body) throws IOException {
    ByteString agreement = RunningBackend.CRYPTO.agreementPublicKey(key);
    OnionRequest request =
        new OnionRequest(method, path, Optional.empty(), Map.of(), ByteString.of(body));
    SealedOnion onion =
        new OnionClient(RunningBackend.CRYPTO, agreement, RANDOM).seal(request, Aead.AES_256_GCM);
    RawClient.Answer outer = overSocket("POST", "/oxen/v4/lsrpc", onion.outerBody());
    if (outer.status() != 200) {
      throw new AssertionError("the onion was answered " + outer.status());
    }
    OnionReply inner = onion.open(outer.body().toByteArray());
    return new Answer(
        inner.code(), inner.contentType().value(), inner.allow().orElse(""), inner.body());
  }
}
