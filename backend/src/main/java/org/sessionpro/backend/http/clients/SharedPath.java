package org.sessionpro.backend.http.clients;

import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.v0.V0Endpoint;
import org.sessionpro.backend.http.v1.V1Endpoint;
import org.sessionpro.backend.proof.ProofLog;
import org.sessionpro.backend.telemetry.RequestId;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.ErrorCode;

/// A path that both protocols use: the names of the body's members tell which one is spoken
/// (`decisions.md` §1).
///
/// A body that cannot be told apart, or is no JSON object, is v1's.
enum SharedPath {
  /// `ts` is v1, else `unix_ts_ms` or `version` is v0.
  PROOF {
    @Override
    boolean isV0(JsonObject body) {
      return !body.has("ts") && (body.has("unix_ts_ms") || body.has("version"));
    }

    @Override
    Reply invalid(BadRequest bad) {
      ProofLog.refused(ProofLog.Protocol.V1, ErrorCode.INVALID_REQUEST);
      return V1Endpoint.invalid(bad);
    }
  },
  /// `version` is v0.
  REVOCATIONS {
    @Override
    boolean isV0(JsonObject body) {
      return body.has("version");
    }

    @Override
    Reply invalid(BadRequest bad) {
      return V1Endpoint.invalid(bad);
    }
  };

  /// Whether a request speaks v0.
  abstract boolean isV0(JsonObject body);

  /// Answers a body that is no JSON object.
  abstract Reply invalid(BadRequest bad);

  /// Hands each request to the endpoint of its protocol.
  Route.Handler handler(JsonHandler v0, JsonHandler v1) {
    JsonHandler spoken = (body, acceptsGzip) -> (isV0(body) ? v0 : v1).replyTo(body, acceptsGzip);
    return spoken.parsing(this::invalid);
  }

  /// A fault in the form of the protocol that was spoken.
  Reply fault(Exchange exchange, RequestId id) {
    FaultAnswer form = isV0(exchange) ? V0Endpoint.faults() : V1Endpoint.faults();
    return form.to(exchange, id);
  }

  private boolean isV0(Exchange exchange) {
    try {
      return isV0(JsonObject.parse(exchange.body().toByteArray()));
    } catch (BadRequest undecided) {
      return false;
    }
  }
}
