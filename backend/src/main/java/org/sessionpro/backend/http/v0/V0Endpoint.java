package org.sessionpro.backend.http.v0;

import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Result;

/// An endpoint of v0.
@FunctionalInterface
public interface V0Endpoint {
  /// Answers a request.
  ///
  /// @throws BadRequest for input that breaks the contract; becomes status 2
  V0Answer<? extends V0Result> answer(JsonObject body);

  /// Answers whatever object was sent, also one that breaks the contract.
  default Reply replyTo(JsonObject body) {
    try {
      return reply(answer(body));
    } catch (BadRequest bad) {
      return reply(V0Answer.failure(bad));
    }
  }

  /// This endpoint as a handler of HTTP requests.
  default Route.Handler handler() {
    return exchange -> {
      try {
        return replyTo(JsonObject.parse(exchange.body().toByteArray()));
      } catch (BadRequest noObject) {
        return reply(V0Answer.failure(noObject));
      }
    };
  }

  /// The HTTP form of an answer: always status 200.
  static Reply reply(V0Answer<? extends V0Result> answer) {
    return Reply.json(ByteString.of(answer.toJson()), Contract.V0);
  }

  /// A fault of ours: HTTP 500, which these clients bear better than an answer without a result
  /// (`decisions.md` §1).
  static FaultAnswer faults() {
    return FaultAnswer.plain();
  }
}
