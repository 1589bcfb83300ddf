package org.sessionpro.backend.http.clients;

import java.util.List;
import java.util.Set;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.Lane;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.Route.Reach;
import org.sessionpro.backend.http.v0.V0Endpoint;
import org.sessionpro.backend.http.v1.ServerStatusPage;
import org.sessionpro.backend.http.v1.V1Endpoint;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;

/// The endpoints of both protocols.
public record ClientEndpoints(V0 v0, V1 v1) {

  /// The endpoints of v0.
  public record V0(
      V0Endpoint add,
      V0Endpoint proof,
      V0Endpoint details,
      V0Endpoint refund,
      JsonHandler revocations) {}

  /// The endpoints of v1.
  public record V1(
      V1Endpoint proof,
      V1Endpoint status,
      V1Endpoint payments,
      JsonHandler revocations,
      ServerStatusPage server) {}

  /// All of them at their paths, reachable directly and through an onion.
  public List<Route> routes(HttpLimits limits) {
    int max = limits.bodies().standard();
    return List.of(
        shared("/generate_pro_proof", max, SharedPath.PROOF, v0.proof(), v1.proof()),
        shared(
                "/get_pro_revocations",
                max,
                SharedPath.REVOCATIONS,
                v0.revocations(),
                v1.revocations())
            .with(new Admission.Gated(Lane.PREPARED)),
        post(AddProPaymentRequest.PATH, max, V0Endpoint.faults(), v0.add().handler()),
        post(
            SetPaymentRefundRequestedRequest.PATH, max, V0Endpoint.faults(), v0.refund().handler()),
        post("/get_pro_details", max, V0Endpoint.faults(), v0.details().handler()),
        post("/get_pro_status", max, V1Endpoint.faults(), v1.status().handler()),
        post("/get_payment_details", max, V1Endpoint.faults(), v1.payments().handler()),
        new Route(
            "/status",
            Set.of(Method.GET, Method.POST),
            Reach.CLIENTS,
            max,
            V1Endpoint.faults(),
            v1.server(),
            new Admission.Free()));
  }

  private static Route shared(
      String path, int maxBodyBytes, SharedPath kind, JsonHandler v0, JsonHandler v1) {
    return post(path, maxBodyBytes, kind::fault, kind.handler(v0, v1));
  }

  private static Route post(
      String path, int maxBodyBytes, FaultAnswer faults, Route.Handler handler) {
    return new Route(path, Set.of(Method.POST), Reach.CLIENTS, maxBodyBytes, faults, handler);
  }
}
