package org.sessionpro.backend.http;

import org.sessionpro.protocol.ByteString;

/// One request, wholly received, as a route sees it.
///
/// It carries no address, no cookies and no header fields: no answer may depend on them.
///
/// @param method `GET` also stands for `HEAD`
/// @param path as sent, neither decoded nor normalised
/// @param query what follows the first `?`, as sent; empty if there is none
/// @param body as sent: the request's `Content-Type` and `Content-Encoding` are not looked at
/// @param acceptsGzip whether the answer may be compressed; never inside an onion
/// @param room where the answer is kept
public record Exchange(
    Method method,
    String path,
    String query,
    ByteString body,
    boolean acceptsGzip,
    Origin origin,
    ReplyRoom room) {

  /// Names the route only, so that no log can show what a client sent.
  @Override
  public String toString() {
    return method + " " + path + " " + origin + " " + body;
  }
}
