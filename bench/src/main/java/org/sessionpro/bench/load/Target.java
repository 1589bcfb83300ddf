package org.sessionpro.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.V1Answer;

/// The server that is put under load.
///
/// @param host its name and port, as in the URL
/// @param key that it signs proofs with
public record Target(String host, InetSocketAddress address, BackendKey key) {
  private static final int HTTP_PORT = 80;

  /// The server at `url`, which is asked for its key (`wire-v1.md` §11).
  ///
  /// @param url `http`, a host and perhaps a port
  /// @throws IllegalArgumentException if `url` is anything else
  /// @throws UncheckedIOException if no such server answers there
  public static Target at(URI url) {
    InetSocketAddress address = address(url);
    return new Target(
        url.getAuthority(), address, status(url.getAuthority(), address).signingKey());
  }

  /// The server at `url`, which need not tell its key.
  ///
  /// @param url `http`, a host and perhaps a port
  /// @throws IllegalArgumentException if `url` is anything else
  public static Target of(URI url, BackendKey key) {
    return new Target(url.getAuthority(), address(url), key);
  }

  private static InetSocketAddress address(URI url) {
    String host = url.getHost();
    if (!"http".equals(url.getScheme()) || host == null) {
      throw new IllegalArgumentException("--url must be http://HOST or http://HOST:PORT");
    }
    return new InetSocketAddress(host, url.getPort() < 0 ? HTTP_PORT : url.getPort());
  }

  private static ServerStatus status(String host, InetSocketAddress address) {
    byte[] request =
        "GET /status HTTP/1.1\r\nHost: %s\r\n\r\n"
            .formatted(host)
            .getBytes(StandardCharsets.US_ASCII);
    try (HttpConnection connection = HttpConnection.open(address)) {
      ByteBuffer body = connection.exchange(request).body();
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      JsonObject envelope = JsonObject.parse(bytes);
      return switch (V1Answer.parse(envelope, ServerStatus::parse)) {
        case V1Answer.Ok<ServerStatus>(ServerStatus status) -> status;
        case V1Answer.Refused<ServerStatus>(var refusal) ->
            throw new IOException("it answers " + refusal.slug());
      };
    } catch (IOException | BadRequest unreachable) {
      throw new UncheckedIOException(
          "no server of Session Pro at " + host + ": " + unreachable.getMessage(),
          new IOException(unreachable));
    }
  }
}
