package org.sessionpro.simulator.apple.delivery;

import java.time.Instant;

/// One attempt to deliver a notification.
///
/// @param status of the answer; 0 if none came
public record Attempt(Instant at, Result result, int status) {
  /// What became of it; the names are the store's.
  public enum Result {
    SUCCESS,
    TIMED_OUT,
    NO_RESPONSE,
    UNSUCCESSFUL_HTTP_RESPONSE_CODE
  }

  static Attempt answered(Instant at, int status) {
    // 200 to 206 are as good as each other (`app-store.md` §1.1).
    boolean delivered = status >= 200 && status <= 206;
    return new Attempt(
        at, delivered ? Result.SUCCESS : Result.UNSUCCESSFUL_HTTP_RESPONSE_CODE, status);
  }

  boolean isSuccess() {
    return result == Result.SUCCESS;
  }
}
