package org.sessionpro.protocol.v0;

import java.util.List;
import java.util.function.Function;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// An answer of v0: `{"result":{…},"status":0}` or `{"errors":[…],"status":n}` (`wire-v0.md` §2),
/// both with HTTP status 200.
public sealed interface V0Answer<R extends V0Result> {
  /// The body to send, members in alphabetical order.
  byte[] toJson();

  /// What was asked for.
  record Success<R extends V0Result>(R result) implements V0Answer<R> {
    @Override
    public byte[] toJson() {
      return JsonWriter.object(
          out -> out.object("result", result::write).integer("status", V0Status.SUCCESS.code()));
    }
  }

  /// A refusal.
  ///
  /// @param status at least 1; [V0Status#ofCode(int)] tells those that are defined
  /// @param errors for people: at least one, none empty, and none names another person's data
  record Failure<R extends V0Result>(int status, List<String> errors) implements V0Answer<R> {
    public Failure {
      errors = List.copyOf(errors);
      if (status <= V0Status.SUCCESS.code()) {
        throw new IllegalArgumentException("a failure has a status above 0");
      }
      if (errors.isEmpty() || errors.contains("")) {
        throw new IllegalArgumentException("a failure says what is wrong");
      }
    }

    @Override
    public byte[] toJson() {
      return JsonWriter.object(out -> out.texts("errors", errors).integer("status", status));
    }
  }

  /// A refusal for one reason.
  ///
  /// @param status any but [V0Status#SUCCESS]
  static <R extends V0Result> V0Answer<R> failure(V0Status status, String error) {
    return new Failure<>(status.code(), List.of(error));
  }

  /// The answer to a request that breaks the contract.
  static <R extends V0Result> V0Answer<R> failure(BadRequest problems) {
    return new Failure<>(
        V0Status.PARSE_ERROR.code(),
        problems.problems().stream().map(BadRequest.Problem::text).toList());
  }

  /// Reads an answer.
  ///
  /// @param result reads `result`, for example `ProProof::parse`
  /// @throws BadRequest if it breaks the contract
  static <R extends V0Result> V0Answer<R> parse(JsonObject body, Function<JsonObject, R> result) {
    MemberReader in = new MemberReader(body);
    int status = (int) in.integer("status", 0, Integer.MAX_VALUE);
    in.stop();
    if (status == V0Status.SUCCESS.code()) {
      in.forbid("errors");
      JsonObject members = in.members("result");
      in.stop();
      return new Success<>(result.apply(members));
    }
    in.forbid("result");
    List<String> errors = in.filledTexts("errors");
    in.stop();
    return new Failure<>(status, errors);
  }
}
