package org.sessionpro.backend.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.OpenedOnion;

/// A Pro server that knows nothing but the answers it was given, reached over a real socket, directly
/// and through onion requests for the development key.
final class FakeServer implements AutoCloseable {
  private final HttpServer http;
  private final OnionServer onion;
  private final Map<String, Function<JsonObject, byte[]>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  FakeServer(Crypto crypto) {
    this.onion =
        new OnionServer(
            crypto, ServerKey.development(crypto).onion(), List.of(), new SecureRandom());
    try {
      this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    http.createContext("/", this::handle);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /// Answers `path` with what `answer` makes of the body; an empty body counts as `{}`.
  void answer(String path, Function<JsonObject, byte[]> answer) {
    answers.put(path, answer);
  }

  /// The paths asked for, those inside an onion behind `onion:`.
  List<String> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    asked.add(path);
    byte[] answer;
    if (path.equals("/oxen/v4/lsrpc") && !answers.containsKey(path)) {
      answer = insideOnion(body);
    } else if (answers.containsKey(path)) {
      answer = answers.get(path).apply(json(path, body));
    } else {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(200, answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    }
  }

  private byte[] insideOnion(byte[] body) {
    OpenedOnion opened = onion.open(body);
    OnionRequest request = opened.request().orElseThrow();
    asked.add("onion:" + request.path());
    Function<JsonObject, byte[]> answer = answers.get(request.path());
    return opened.seal(
        answer == null
            ? OnionReply.text(404, "Not found")
            : OnionReply.json(
                ByteString.of(answer.apply(json(request.path(), request.body().toByteArray())))));
  }

  private static JsonObject json(String path, byte[] body) {
    boolean isJson = body.length > 0 && !path.equals("/oxen/v4/lsrpc");
    return JsonObject.parse(isJson ? body : new byte[] {'{', '}'});
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
