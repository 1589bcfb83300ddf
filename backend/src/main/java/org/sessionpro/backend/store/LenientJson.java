package org.sessionpro.backend.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// Reads what a store writes: nothing that is not looked for matters, and what is looked for counts as
/// absent where it has an unexpected type. A slip of the store's must never keep somebody from what was
/// paid for. Names are never part of a message.
public class LenientJson {
  private final JsonObject json;

  public LenientJson(JsonObject json) {
    this.json = json;
  }

  /// Whether there is a member of that name, null apart.
  public final boolean has(String name) {
    return json.member(name).filter(value -> !(value instanceof JsonValue.Null)).isPresent();
  }

  /// Whether there is an object of that name, though it may be empty.
  public final boolean hasObject(String name) {
    return json.member(name).orElse(null) instanceof JsonObject;
  }

  protected final Optional<JsonObject> child(String name) {
    return json.member(name).orElse(null) instanceof JsonObject object
        ? Optional.of(object)
        : Optional.empty();
  }

  protected final List<JsonObject> children(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Array array
        ? array.items().stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  /// The names of all members that are objects.
  public final List<String> objectNames() {
    return json.names().stream().filter(this::hasObject).toList();
  }

  /// A string that is not empty.
  public final Optional<String> text(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Text text
            && text.isWellFormed()
            && !text.value().isEmpty()
        ? Optional.of(text.value())
        : Optional.empty();
  }

  public final boolean flag(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Bool flag && flag.value();
  }

  /// A number, or the digits of one in a string.
  public final OptionalLong integer(String name) {
    return switch (json.member(name).orElse(null)) {
      case JsonValue.Int number when number.value().isWithin(Long.MIN_VALUE, Long.MAX_VALUE) ->
          OptionalLong.of(number.value().toLong());
      case JsonValue.Text digits when digits.value().matches("[0-9]{1,18}") ->
          OptionalLong.of(Long.parseLong(digits.value()));
      case null, default -> OptionalLong.empty();
    };
  }
}
