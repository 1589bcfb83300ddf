package org.sessionpro.backend.http.clients;

/// How a request travels to the server.
public enum Way {
  /// Over a socket of its own.
  DIRECT,
  /// Sealed in an onion request (`onion-requests.md`).
  ONION
}
