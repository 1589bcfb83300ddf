package org.sessionpro.backend.config;

import java.net.InetAddress;

/// Where the server listens.
///
/// @param bind default 127.0.0.1, for a reverse proxy in front
/// @param port 0…65 535, default 5000; 0 lets the system choose
public record HttpSettings(InetAddress bind, int port) {
  static final int DEFAULT_PORT = 5000;
}
