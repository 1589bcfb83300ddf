package org.sessionpro.simulator.apple.delivery;

import java.io.IOException;
import org.sessionpro.protocol.ByteString;

/// Where a server wants to be notified.
@FunctionalInterface
public interface Webhook {
  /// Posts a notification.
  ///
  /// @param body a JSON object with the member `signedPayload`
  /// @return the HTTP status of the answer
  /// @throws java.net.http.HttpTimeoutException if none comes in time
  /// @throws IOException if none comes
  int post(ByteString body) throws IOException;
}
