package org.sessionpro.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.V1Answer;

/// The server that is put under load, and what it says about itself.
///
/// @param host its name and port, as in the URL
public record Target(String host, InetSocketAddress address, ServerStatus status) {
  private static final int HTTP_PORT = 80;

  /// Asks the server at `url` who it is (`wire-v1.md` §11).
  ///
  /// @param url `http`, a host and perhaps a port
  /// @throws IllegalArgumentException if `url` is anything else
  /// @throws UncheckedIOException if no such server answers there
  public static Target at(URI url) {
    String host = url.getHost();
    if (!"http".equals(url.getScheme()) || host == null) {
      throw new IllegalArgumentException("--url must be http://HOST or http://HOST:PORT");
    }
    int port = url.getPort() < 0 ? HTTP_PORT : url.getPort();
    InetSocketAddress address = new InetSocketAddress(host, port);
    return new Target(url.getAuthority(), address, status(url.getAuthority(), address));
  }

  private static ServerStatus status(String host, InetSocketAddress address) {
    byte[] request =
        "GET /status HTTP/1.1\r\nHost: %s\r\n\r\n"
            .formatted(host)
            .getBytes(StandardCharsets.US_ASCII);
    try (HttpConnection connection = HttpConnection.open(address)) {
      JsonObject envelope = JsonObject.parse(connection.exchange(request).body().toByteArray());
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
