package org.sessionpro.backend.http;

/// The headers that a [Reply] may carry beside its content type. Inside an onion only [#ALLOW] is
/// sent (`onion-requests.md` §8, `decisions.md` §1).
public enum ReplyHeader {
  /// The methods of the route, with a 405 or an answer to `OPTIONS`.
  ALLOW("Allow"),
  /// Whole seconds, with a 503.
  RETRY_AFTER("Retry-After"),
  /// A strong entity tag, for information only.
  ETAG("ETag"),
  /// `gzip`, only where [Exchange#acceptsGzip()].
  CONTENT_ENCODING("Content-Encoding");

  private final String fieldName;

  ReplyHeader(String fieldName) {
    this.fieldName = fieldName;
  }

  /// Name of the header field as sent over a socket.
  public String fieldName() {
    return fieldName;
  }
}
