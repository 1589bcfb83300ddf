package org.sessionpro.simulator.apple.api;

/// A request that is answered with an error.
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ApiError error;

  ApiFailure(ApiError error) {
    super(error.name());
    this.error = error;
  }

  ApiError error() {
    return error;
  }
}
