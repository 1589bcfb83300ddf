package org.sessionpro.backend.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// The parts of a stored fact; anything that does not fit is damage, not input.
record FactBody(JsonObject json) {
  static FactBody parse(String body) {
    return new FactBody(JsonObject.parse(body.getBytes(StandardCharsets.UTF_8)));
  }

  String text(String name) {
    if (part(name) instanceof JsonValue.Text text) {
      return text.value();
    }
    throw damaged(name);
  }

  long integer(String name) {
    if (part(name) instanceof JsonValue.Int number) {
      return number.value().toLong();
    }
    throw damaged(name);
  }

  boolean bool(String name) {
    if (part(name) instanceof JsonValue.Bool flag) {
      return flag.value();
    }
    throw damaged(name);
  }

  Instant instant(String name) {
    return Micros.toInstant(integer(name));
  }

  Duration length(String name) {
    return Micros.toDuration(integer(name));
  }

  <E extends Enum<E>> E code(Class<E> type, String name) {
    return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
  }

  <T> @Nullable T optional(String name, Function<String, T> read) {
    return json.has(name) ? read.apply(name) : null;
  }

  private JsonValue part(String name) {
    return json.member(name).orElseThrow(() -> damaged(name));
  }

  private static IllegalStateException damaged(String name) {
    return new IllegalStateException("a stored fact lacks a proper '" + name + "'");
  }
}
