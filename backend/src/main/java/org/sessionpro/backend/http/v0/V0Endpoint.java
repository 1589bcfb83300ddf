package org.sessionpro.backend.http.v0;

import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.Outcome;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Result;

/// An endpoint of v0 that makes each answer anew.
@FunctionalInterface
public interface V0Endpoint extends JsonHandler {
  /// Answers a request.
  ///
  /// @throws BadRequest for input that breaks the contract; becomes status 2
  V0Answer<? extends V0Result> answer(JsonObject body);

  @Override
  default Reply replyTo(JsonObject body, boolean acceptsGzip) {
    try {
      return reply(answer(body));
    } catch (BadRequest bad) {
      return invalid(bad);
    }
  }

  /// This endpoint as a handler of HTTP requests.
  default Route.Handler handler() {
    return parsing(V0Endpoint::invalid);
  }

  /// Status 2.
  static Reply invalid(BadRequest bad) {
    return reply(V0Answer.failure(bad));
  }

  /// The HTTP form of an answer: always status 200.
  static Reply reply(V0Answer<? extends V0Result> answer) {
    return Reply.json(ByteString.of(answer.toJson()), Contract.V0, outcome(answer));
  }

  private static Outcome outcome(V0Answer<? extends V0Result> answer) {
    return switch (answer) {
      case V0Answer.Success<? extends V0Result> _ -> Outcome.OK;
      case V0Answer.Failure<? extends V0Result> failure -> Outcome.ofV0(failure.status());
    };
  }

  /// A fault of ours: HTTP 500, which these clients bear better than an answer without a result
  /// (`decisions.md` §1).
  static FaultAnswer faults() {
    return FaultAnswer.plain();
  }
}
