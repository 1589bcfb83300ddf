package org.sessionpro.backend.config;

import java.net.URI;
import java.util.Set;

/// Which servers a store's requests may be sent to, credentials and all.
public final class StoreServer {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private StoreServer() {}

  /// Whether what is sent there can be read by nobody else: HTTPS, or a server on this machine.
  public static boolean isSafe(URI server) {
    return server.getHost() != null && ("https".equals(server.getScheme()) || isLocal(server));
  }

  /// Whether it is a web server on this machine.
  static boolean isLocal(URI server) {
    String host = server.getHost();
    boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    return web && host != null && LOCAL.contains(host);
  }
}
