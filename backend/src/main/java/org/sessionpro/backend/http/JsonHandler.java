package org.sessionpro.backend.http;

import org.sessionpro.protocol.json.JsonObject;

/// The code behind a route whose request is a JSON object, once that is parsed.
public interface JsonHandler {
  /// Answers whatever object was sent, also one that breaks the contract.
  ///
  /// @param acceptsGzip whether the answer may be compressed
  Reply replyTo(JsonObject body, boolean acceptsGzip);
}
