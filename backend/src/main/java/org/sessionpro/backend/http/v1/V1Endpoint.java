package org.sessionpro.backend.http.v1;

import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.Outcome;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.Route;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.ErrorCode;
import org.sessionpro.protocol.v1.Refusal;
import org.sessionpro.protocol.v1.V1Answer;
import org.sessionpro.protocol.v1.V1Result;

/// An endpoint of v1 that makes each answer anew.
@FunctionalInterface
public interface V1Endpoint extends JsonHandler {
  /// Answers a request.
  ///
  /// @throws BadRequest for input that breaks the contract; becomes `invalid_request`
  V1Answer<? extends V1Result> answer(JsonObject body);

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
    return parsing(V1Endpoint::invalid);
  }

  /// `invalid_request`.
  static Reply invalid(BadRequest bad) {
    return reply(new V1Answer.Refused<>(Refusal.of(bad)));
  }

  /// The HTTP form of an answer: always status 200.
  static Reply reply(V1Answer<? extends V1Result> answer) {
    return Reply.json(ByteString.of(answer.toJson()), Contract.V1, outcome(answer));
  }

  private static Outcome outcome(V1Answer<? extends V1Result> answer) {
    return switch (answer) {
      case V1Answer.Ok<? extends V1Result> _ -> Outcome.OK;
      case V1Answer.Refused<? extends V1Result>(Refusal refusal) ->
          refusal.code().map(Outcome::of).orElse(Outcome.FAULT);
    };
  }

  /// A fault of ours, in the envelope of v1 (`wire-v1.md` §6).
  static FaultAnswer faults() {
    return (exchange, id) ->
        reply(
            new V1Answer.Refused<>(
                Refusal.of(ErrorCode.INTERNAL_ERROR, "the server failed, reference " + id)));
  }
}
