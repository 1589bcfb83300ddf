package org.sessionpro.simulator.http;

import java.util.List;
import java.util.Optional;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// The JSON body of a request, read as leniently as stores read it: members of unexpected types are
/// as good as absent.
///
/// @param json the object
public record Body(JsonObject json) {
  private static final byte[] EMPTY = {'{', '}'};

  /// The body of a request; an empty one is an object without members.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it is no JSON object
  public static Body of(Request request) {
    return new Body(
        JsonObject.parse(request.body().size() == 0 ? EMPTY : request.body().toByteArray()));
  }

  public Body object(String name) {
    return json.member(name).orElse(null) instanceof JsonObject member
        ? new Body(member)
        : new Body(JsonObject.parse(EMPTY));
  }

  public boolean has(String name) {
    return json.has(name);
  }

  public Optional<String> text(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  public Optional<Long> integer(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Int number
        ? Optional.of(number.value().clamp(Long.MIN_VALUE, Long.MAX_VALUE))
        : Optional.empty();
  }

  public boolean flag(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Bool flag && flag.value();
  }

  public List<String> texts(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Array array
        ? array.items().stream()
            .filter(JsonValue.Text.class::isInstance)
            .map(item -> ((JsonValue.Text) item).value())
            .toList()
        : List.of();
  }
}
