package org.sessionpro.backend.http.clients;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.RawClient;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.ReplyHeader;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.clients.ReleasedClients;
import org.sessionpro.protocol.v1.clients.StrictClient;

/// The one place that every answer of both protocols passes on its way to a test: the clients that
/// are released must understand those of v0 (`wire-v0.md` §9), and those of v1 must be what the
/// contract says and nothing else.
///
/// `EveryAnswerIsCheckedTest` sees to it that tests ask in no other way.
public final class StrictClients {
  private StrictClients() {}

  /// Sends a `POST` on a connection of its own.
  ///
  /// @param headers besides the host and the length, each with its line end
  public static RawClient.Answer post(
      InetSocketAddress server, String path, String headers, byte[] body) throws IOException {
    return send(server, "POST", path, headers, body);
  }

  /// As [#post], with any method but `HEAD`.
  public static RawClient.Answer send(
      InetSocketAddress server, String method, String path, String headers, byte[] body)
      throws IOException {
    RawClient.Answer answer =
        RawClient.ask(server, method + " " + path + " HTTP/1.1\r\nHost: h\r\n" + headers, body);
    accept(path, body, answer);
    return answer;
  }

  /// Asks an endpoint without a server around it.
  ///
  /// @param body a JSON object
  public static Reply ask(String path, JsonHandler endpoint, String body, boolean acceptsGzip) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Reply reply = endpoint.replyTo(JsonObject.parse(bytes), acceptsGzip);
    boolean packed = reply.header(ReplyHeader.CONTENT_ENCODING).isPresent();
    accept(
        path,
        bytes,
        new Answer(
            reply.status(),
            reply.contentType().value(),
            "",
            packed ? unpacked(reply.body()) : reply.body()));
    return reply;
  }

  /// Checks what came over a socket.
  public static void accept(String path, byte[] request, RawClient.Answer answer) {
    boolean packed = answer.header("content-encoding").equals("gzip");
    accept(
        path,
        request,
        new Answer(
            answer.status(),
            answer.header("content-type"),
            "",
            packed ? unpacked(answer.body()) : answer.body()));
  }

  /// Checks what an endpoint answers. Short texts, of 404 and its like, are not of the protocols.
  static void accept(String path, byte[] request, Answer answer) {
    if (!answer.contentType().equals("application/json")) {
      return;
    }
    if (answer.status() != 200) {
      throw new AssertionError("an answer of a protocol has HTTP status " + answer.status());
    }
    String endpoint = path.replaceFirst("\\?.*", "");
    byte[] body = answer.body().toByteArray();
    if (answer.object().member("status").orElse(null) instanceof JsonValue.Int) {
      acceptV0(endpoint, request, body);
    } else {
      StrictClient.accept(endpoint, body);
    }
  }

  private static void acceptV0(String path, byte[] request, byte[] answer) {
    switch (path) {
      case AddProPaymentRequest.PATH -> ReleasedClients.acceptAdd(answer);
      case GenerateProProofRequest.PATH -> ReleasedClients.acceptProof(answer);
      case GetProRevocationsRequest.PATH -> ReleasedClients.acceptRevocations(answer);
      case SetPaymentRefundRequestedRequest.PATH -> ReleasedClients.acceptRefund(answer);
      case GetProDetailsRequest.PATH -> {
        if (asksForNoItems(request)) {
          ReleasedClients.acceptDetailsWithoutItems(answer);
        } else {
          ReleasedClients.acceptDetails(answer);
        }
      }
      default -> throw new AssertionError("no endpoint of v0: " + path);
    }
  }

  private static boolean asksForNoItems(byte[] request) {
    try {
      return JsonObject.parse(request).member("count").orElse(null)
              instanceof JsonValue.Int(var count)
          && count.isWithin(0, 0);
    } catch (BadRequest noObject) {
      return false;
    }
  }

  private static ByteString unpacked(ByteString packed) {
    try (GZIPInputStream plain =
        new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
      return ByteString.of(plain.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
