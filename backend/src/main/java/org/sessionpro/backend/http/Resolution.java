package org.sessionpro.backend.http;

/// What method and path alone decide about a request.
public sealed interface Resolution {
  /// A route answers, once the body is there.
  record Serve(Route route, Method method) implements Resolution {}

  /// The answer is known before the body.
  ///
  /// @param route path of the route, or [Access#NO_ROUTE]
  record Refuse(String route, Reply reply) implements Resolution {}
}
