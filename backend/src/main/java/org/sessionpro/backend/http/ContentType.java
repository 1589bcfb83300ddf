package org.sessionpro.backend.http;

/// The content types this server sends, spelt exactly as clients compare them
/// (`onion-requests.md` §8).
public enum ContentType {
  JSON("application/json"),
  TEXT("text/plain; charset=utf-8"),
  OCTETS("application/octet-stream"),
  /// Prometheus' text format; for those who run the server only.
  METRICS("text/plain; version=0.0.4; charset=utf-8");

  private final String value;

  ContentType(String value) {
    this.value = value;
  }

  /// The value of the `Content-Type` header.
  public String value() {
    return value;
  }
}
