package org.sessionpro.backend.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Where the server listens.
///
/// @param bind default 127.0.0.1, for a reverse proxy in front
/// @param port 0…65 535, default 5000; 0 lets the system choose
/// @param onionMaxBodyBytes longest outer body of an onion request, 1 024…10 485 760 bytes, default
///     1 048 576 (`onion-requests.md` §10)
/// @param ops where whoever runs the server may ask it; null is nowhere
public record HttpSettings(
    InetAddress bind, int port, int onionMaxBodyBytes, @Nullable OpsSettings ops) {
  static final int DEFAULT_PORT = 5000;
  static final int DEFAULT_ONION_BODY = 1_048_576;
  static final int MIN_ONION_BODY = 1_024;
  static final int MAX_ONION_BODY = 10_485_760;

  /// With the default limit of onion requests, and nothing for whoever runs the server.
  public HttpSettings(InetAddress bind, int port) {
    this(bind, port, DEFAULT_ONION_BODY, null);
  }
}
