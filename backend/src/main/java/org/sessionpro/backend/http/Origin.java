package org.sessionpro.backend.http;

/// How a request reached the server.
public enum Origin {
  /// In a request of its own over a socket.
  DIRECT,
  /// Sealed in the body of an onion request (`onion-requests.md` §7). Nothing is known of the
  /// sender, and nothing that is known of the relay may be taken for it.
  ONION
}
