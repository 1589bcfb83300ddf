package org.sessionpro.backend.http;

/// The content types this server sends, spelt exactly as clients compare them
/// (`onion-requests.md` §8).
public enum ContentType {
  JSON("application/json"),
  TEXT("text/plain; charset=utf-8"),
  OCTETS("application/octet-stream");

  private final String value;

  ContentType(String value) {
    this.value = value;
  }

  /// The value of the `Content-Type` header.
  public String value() {
    return value;
  }
}
