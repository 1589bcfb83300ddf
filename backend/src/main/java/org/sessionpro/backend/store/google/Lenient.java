package org.sessionpro.backend.store.google;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// Reads what Google writes: nothing that is not looked for matters, and what is looked for counts as
/// absent where it has an unexpected type. Names are never part of a message.
final class Lenient {
  private static final int MAX_ID_LENGTH = 2_048;

  private final JsonObject json;

  Lenient(JsonObject json) {
    this.json = json;
  }

  /// @throws BadRequest if it is no JSON object
  static Lenient parse(byte[] body) {
    return new Lenient(JsonObject.parse(body));
  }

  boolean has(String name) {
    return json.member(name).filter(value -> !(value instanceof JsonValue.Null)).isPresent();
  }

  /// Whether there is an object of that name, though it may be empty.
  boolean hasObject(String name) {
    return json.member(name).orElse(null) instanceof JsonObject;
  }

  Optional<Lenient> object(String name) {
    return json.member(name).orElse(null) instanceof JsonObject object
        ? Optional.of(new Lenient(object))
        : Optional.empty();
  }

  List<Lenient> objects(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Array array
        ? array.items().stream()
            .filter(JsonObject.class::isInstance)
            .map(item -> new Lenient((JsonObject) item))
            .toList()
        : List.of();
  }

  /// The names of all members that are objects.
  List<String> objectNames() {
    return json.names().stream().filter(this::hasObject).toList();
  }

  /// A string that is not empty.
  Optional<String> text(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Text text
            && text.isWellFormed()
            && !text.value().isEmpty()
        ? Optional.of(text.value())
        : Optional.empty();
  }

  boolean flag(String name) {
    return json.member(name).orElse(null) instanceof JsonValue.Bool flag && flag.value();
  }

  /// A number, or the digits of one in a string.
  OptionalLong integer(String name) {
    return switch (json.member(name).orElse(null)) {
      case JsonValue.Int number when number.value().isWithin(Long.MIN_VALUE, Long.MAX_VALUE) ->
          OptionalLong.of(number.value().toLong());
      case JsonValue.Text digits when digits.value().matches("[0-9]{1,18}") ->
          OptionalLong.of(Long.parseLong(digits.value()));
      case null, default -> OptionalLong.empty();
    };
  }

  /// An RFC 3339 time, cut to whole microseconds.
  ///
  /// @throws BadRequest if there is text that is none
  @Nullable Instant instant(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Micros.floor(Instant.parse(text.get()));
    } catch (DateTimeException malformed) {
      throw new BadRequest(name, "must be an RFC 3339 time");
    }
  }

  /// As above for what is only shown: text that is no time counts as none.
  @Nullable Instant shownInstant(String name) {
    try {
      return instant(name);
    } catch (BadRequest malformed) {
      return null;
    }
  }

  /// As [#product] for what is only shown: text that can be no name counts as none.
  @Nullable ProductId shownProduct(String name) {
    try {
      return product(name);
    } catch (BadRequest malformed) {
      return null;
    }
  }

  @Nullable PurchaseToken token(String name) {
    return id(name, PurchaseToken::new);
  }

  @Nullable OrderId order(String name) {
    return id(name, OrderId::new);
  }

  @Nullable ProductId product(String name) {
    return id(name, ProductId::new);
  }

  /// @throws BadRequest if there is text that can be no name of a store's
  private <T> @Nullable T id(String name, Function<String, T> type) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    if (text.get().length() > MAX_ID_LENGTH || text.get().indexOf('\0') >= 0) {
      throw new BadRequest(name, "must be at most " + MAX_ID_LENGTH + " characters without NUL");
    }
    return type.apply(text.get());
  }

  /// An obfuscated account id: 64 hex digits in any case, perhaps behind `0x`. Null for anything else
  /// (`google-play.md` §4.3).
  @Nullable Binding binding(String name) {
    String text = text(name).orElse("");
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    return digits.matches("[0-9a-fA-F]{64}")
        ? new Binding(ByteString.fromHex(digits.toLowerCase(Locale.ROOT)))
        : null;
  }
}
