package org.sessionpro.backend.cli.client;

import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.BackendKey;
import picocli.CommandLine.Option;

/// Which server is asked, how, and in which protocol; mixed into every command that asks one.
final class ConnectionOptions {
  static final String DEFAULT_URL = "http://127.0.0.1:5000";

  /// The two protocol generations.
  enum Protocol {
    V0,
    V1
  }

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:SESH_PRO_CLIENT_URL:-" + DEFAULT_URL + "}",
      description = "The server (default: SESH_PRO_CLIENT_URL, else " + DEFAULT_URL + ").")
  private String url = DEFAULT_URL;

  @Option(
      names = "--protocol",
      paramLabel = "v0|v1",
      description = "Protocol generation (default: v1).")
  private Protocol protocol = Protocol.V1;

  @Option(names = "--onion", description = "Encrypt the request as an onion request.")
  private boolean onion;

  @Option(
      names = "--backend-key",
      paramLabel = "HEX",
      description = {
        "The server's Ed25519 key. A new proof is checked with it, and an onion",
        "request encrypted; without it, --onion asks the server's /status."
      })
  private @Nullable BackendKey backendKey;

  String url() {
    return url;
  }

  Protocol protocol() {
    return protocol;
  }

  boolean onion() {
    return onion;
  }

  @Nullable BackendKey backendKey() {
    return backendKey;
  }
}
