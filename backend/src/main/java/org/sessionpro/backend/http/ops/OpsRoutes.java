package org.sessionpro.backend.http.ops;

import java.util.List;
import java.util.Set;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonWriter;

/// Where whoever runs the server asks it. On a server of their own, so that no flood of requests from
/// clients keeps them from an answer.
public record OpsRoutes(MetricsPage metrics, Readiness readiness) {
  private static final ByteString LIVE =
      ByteString.of(JsonWriter.object(body -> body.text("status", "live")));

  /// All of them at their paths.
  public List<Route> routes() {
    return List.of(
        get("/metrics", metrics),
        get("/health/ready", readiness),
        get("/health/live", _ -> Reply.json(LIVE, Contract.NONE)).with(new Admission.Free()));
  }

  private static Route get(String path, Route.Handler handler) {
    return new Route(
        path, Set.of(Method.GET), Route.Reach.DIRECT_ONLY, 0, FaultAnswer.plain(), handler);
  }
}
