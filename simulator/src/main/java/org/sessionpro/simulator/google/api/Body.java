package org.sessionpro.simulator.google.api;

import java.util.List;
import java.util.Optional;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.simulator.http.Request;

/// The JSON body of a request, read as leniently as Google reads it: members of unexpected types are
/// as good as absent.
///
/// @param json the object
record Body(JsonObject json) {
  private static final byte[] EMPTY = {'{', '}'};

  /// @throws org.sessionpro.protocol.BadRequest if it is no JSON object
  static Body of(Request request) {
    return new Body(
        JsonObject.parse(request.body().size() == 0 ? EMPTY : request.body().toByteArray()));
  }

  Body object(String name) {
    return json.member(name).orElse(null) instanceof JsonObject member
        ? new Body(member)
        : new Body(JsonObject.parse(EMPTY));
  }

  boolean has(String name) {
    return json.has(name);
  }

  Optional<String> text(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  Optional<Long> integer(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Int number
        ? Optional.of(number.value().clamp(Long.MIN_VALUE, Long.MAX_VALUE))
        : Optional.empty();
  }

  boolean flag(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Bool flag && flag.value();
  }

  List<String> texts(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Array array
        ? array.items().stream()
            .filter(JsonValue.Text.class::isInstance)
            .map(item -> ((JsonValue.Text) item).value())
            .toList()
        : List.of();
  }
}
