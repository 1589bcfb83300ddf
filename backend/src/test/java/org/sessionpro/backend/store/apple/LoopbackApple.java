package org.sessionpro.backend.store.apple;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.ApiKey;

/// Answers in Apple's place what a test tells it, on a port of the loopback.
public final class LoopbackApple implements AutoCloseable {
  public static final String KEY_ID = "2X9R4HXF34";
  public static final String ISSUER = "69a6de7f-03ab-47e3-e053-5b8c7c11a4d1";

  private final HttpServer server;
  private final Path key;
  private final Deque<Canned> answers = new ConcurrentLinkedDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  private record Canned(int status, Map<String, String> headers, String body) {}

  /// What was asked.
  public record Asked(String method, String target, String authorization, String body) {}

  /// @param folder for the file with the key
  public LoopbackApple(Path folder) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      key = Files.writeString(folder.resolve("apple.p8"), key("secp256r1"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /// A key as App Store Connect would hand it out.
  static String key(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public Path key() {
    return key;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /// Settings of a server that asks here.
  public AppleSettings settings() {
    return Payloads.settings(url(), new ApiKey(ISSUER, KEY_ID, key));
  }

  /// What is answered next, after what was told before.
  ///
  /// @param body with single quotes for double ones
  public LoopbackApple answers(int status, String body) {
    return answers(status, Map.of(), body);
  }

  LoopbackApple answers(int status, Map<String, String> headers, String body) {
    answers.add(new Canned(status, headers, body.replace('\'', '"')));
    return this;
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    Canned canned = answers.poll();
    try (exchange) {
      if (canned == null) {
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      canned.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = canned.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(canned.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
