package org.sessionpro.backend.http.dev;

import java.util.List;
import java.util.Set;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.Route.Reach;
import org.sessionpro.backend.http.v1.V1Endpoint;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.protocol.v1.DevAddPaymentRequest;
import org.sessionpro.protocol.v1.DevRevokeRequest;
import org.slf4j.Logger;

/// The development endpoints at their paths, not reachable through an onion. Every call is logged,
/// so that nobody runs them unknowingly.
public record DevRoutes(V1Endpoint addPayment, V1Endpoint revoke) {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  public List<Route> routes(HttpLimits limits) {
    int max = limits.bodies().standard();
    return List.of(
        post(DevAddPaymentRequest.PATH, max, addPayment), post(DevRevokeRequest.PATH, max, revoke));
  }

  private static Route post(String path, int maxBodyBytes, V1Endpoint endpoint) {
    Route.Handler handler = endpoint.handler();
    return new Route(
        path,
        Set.of(Method.POST),
        Reach.DIRECT_ONLY,
        maxBodyBytes,
        V1Endpoint.faults(),
        exchange -> {
          LOG.warn("development call {}", path);
          return handler.handle(exchange);
        });
  }
}
