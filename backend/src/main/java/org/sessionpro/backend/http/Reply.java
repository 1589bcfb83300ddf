package org.sessionpro.backend.http;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.ByteString;

/// The answer to one request.
///
/// @param status HTTP status, 200…599; through an onion the inner code
/// @param headers values of printable ASCII
/// @param contract what rendered the answer; for counting
/// @param outcome what it tells; for counting
public record Reply(
    int status,
    ContentType contentType,
    Body content,
    Map<ReplyHeader, String> headers,
    Contract contract,
    Outcome outcome) {

  private static final int OK = 200;

  /// @throws IllegalArgumentException if the status or a header value cannot be sent
  public Reply {
    if (status < OK || status > 599) {
      throw new IllegalArgumentException("not a final status: " + status);
    }
    headers = Map.copyOf(headers);
    for (String value : headers.values()) {
      if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
        throw new IllegalArgumentException("header value must be printable ASCII");
      }
    }
  }

  /// 200 with a JSON document.
  public static Reply json(ByteString document, Contract contract) {
    return json(document, contract, Outcome.OK);
  }

  /// 200 with a JSON document that tells of that outcome.
  public static Reply json(ByteString document, Contract contract, Outcome outcome) {
    return new Reply(OK, ContentType.JSON, Body.of(document), Map.of(), contract, outcome);
  }

  /// A JSON document for whoever runs the server.
  ///
  /// @param status HTTP status
  public static Reply report(int status, ByteString document) {
    return new Reply(
        status,
        ContentType.JSON,
        Body.of(document),
        Map.of(),
        Contract.NONE,
        Outcome.ofStatus(status));
  }

  /// 200 with metrics in the text format.
  public static Reply metrics(ByteString exposition) {
    return new Reply(
        OK, ContentType.METRICS, Body.of(exposition), Map.of(), Contract.NONE, Outcome.OK);
  }

  /// 200 with opaque bytes.
  public static Reply octets(ByteString content) {
    return new Reply(OK, ContentType.OCTETS, Body.of(content), Map.of(), Contract.NONE, Outcome.OK);
  }

  /// A short text that says no more than the status does.
  public static Reply plain(int status) {
    return text(status, StatusText.of(status) + "\n");
  }

  /// 200 without a body.
  public static Reply empty() {
    return text(OK, "");
  }

  static Reply text(int status, String text) {
    ByteString body = ByteString.of(text.getBytes(StandardCharsets.UTF_8));
    return new Reply(
        status, ContentType.TEXT, Body.of(body), Map.of(), Contract.NONE, Outcome.ofStatus(status));
  }

  /// The same answer with one header more.
  public Reply with(ReplyHeader header, String value) {
    Map<ReplyHeader, String> all = new EnumMap<>(ReplyHeader.class);
    all.putAll(headers);
    all.put(header, value);
    return new Reply(status, contentType, content, all, contract, outcome);
  }

  /// The same answer, counted for `rendered`.
  public Reply of(Contract rendered) {
    return new Reply(status, contentType, content, headers, rendered, outcome);
  }

  /// The same answer, counted as `told`.
  Reply of(Outcome told) {
    return new Reply(status, contentType, content, headers, contract, told);
  }

  public ByteString body() {
    return content.bytes();
  }

  public Optional<String> header(ReplyHeader header) {
    return Optional.ofNullable(headers.get(header));
  }
}
