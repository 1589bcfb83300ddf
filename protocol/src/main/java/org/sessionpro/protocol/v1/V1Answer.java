package org.sessionpro.protocol.v1;

import java.util.function.Function;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// What a v1 endpoint answers: a result or a refusal, never both (`wire-v1.md` §6.1).
///
/// | outcome | document |
/// |---|---|
/// | [Ok] | `{"status":"ok","result":{…}}` |
/// | [Refused] | `{"status":"fail","error_code":"…","error":"…"}`, or `error` for `fail`; the three `account_*` members behind it for `subscription_expired` |
///
/// @param <R> the result of the endpoint
public sealed interface V1Answer<R extends V1Result> {
  /// The request was fulfilled.
  record Ok<R extends V1Result>(R result) implements V1Answer<R> {}

  /// The request was not fulfilled.
  record Refused<R extends V1Result>(Refusal refusal) implements V1Answer<R> {}

  /// Reads an answer.
  ///
  /// @param result reads the endpoint's result, for example `ProofResult::parse`
  /// @throws BadRequest if the document breaks the contract
  static <R extends V1Result> V1Answer<R> parse(
      JsonObject envelope, Function<JsonObject, R> result) {
    EnvelopeStatus status = Members.code(envelope, "status", EnvelopeStatus::ofCode);
    return switch (status) {
      case OK -> new Ok<>(result.apply(Members.object(envelope, "result")));
      case FAIL, ERROR -> new Refused<>(Refusal.parse(status, envelope));
    };
  }

  /// The document to send, in UTF-8.
  default byte[] toJson() {
    return switch (this) {
      case Ok<R>(R result) ->
          JsonWriter.object(json ->
              json.text("status", EnvelopeStatus.OK.code()).object("result", result::write));
      case Refused<R>(Refusal refusal) -> JsonWriter.object(refusal::write);
    };
  }
}
