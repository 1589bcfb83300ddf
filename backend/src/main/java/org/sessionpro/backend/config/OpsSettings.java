package org.sessionpro.backend.config;

import java.net.InetAddress;
import java.time.Duration;

/// Where whoever runs the server may ask it how it is. Nobody else should reach that address.
///
/// @param bind default 127.0.0.1; a loopback address in development mode
/// @param port 0…65 535; 0 lets the system choose
/// @param drain how long the server goes on answering clients once it was asked to end, and says there
///     that it is draining, so that whoever directs requests can direct them elsewhere; 0…60 s, default
///     0 s
public record OpsSettings(InetAddress bind, int port, Duration drain) {
  static final int MAX_DRAIN_SECONDS = 60;

  /// Without a pause before the end.
  public OpsSettings(InetAddress bind, int port) {
    this(bind, port, Duration.ZERO);
  }
}
