package org.sessionpro.simulator.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that was answered.
///
/// @param number counts all requests of a server from 1
/// @param endpoint its word
/// @param subject what it was about; null if nothing in particular
/// @param at when it came in, simulated time
/// @param status 0 if the connection was dropped instead of an answer
public record Call(long number, String endpoint, @Nullable String subject, Instant at, int status) {
  /// Whether the caller was told that it is done.
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  @Override
  public String toString() {
    return endpoint + " → " + status;
  }
}
