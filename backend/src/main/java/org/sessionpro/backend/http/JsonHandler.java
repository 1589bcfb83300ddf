package org.sessionpro.backend.http;

import java.util.function.Function;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;

/// The code behind a route whose request is a JSON object, once that is parsed.
public interface JsonHandler {
  /// Answers whatever object was sent, also one that breaks the contract.
  ///
  /// @param acceptsGzip whether the answer may be compressed
  Reply replyTo(JsonObject body, boolean acceptsGzip);

  /// This as a handler of HTTP requests.
  ///
  /// @param invalid answers a body that is no JSON object
  default Route.Handler parsing(Function<BadRequest, Reply> invalid) {
    return exchange -> {
      try {
        return replyTo(JsonObject.parse(exchange.body().toByteArray()), exchange.acceptsGzip());
      } catch (BadRequest bad) {
        return invalid.apply(bad);
      }
    };
  }
}
