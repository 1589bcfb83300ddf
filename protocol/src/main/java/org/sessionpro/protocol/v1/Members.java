package org.sessionpro.protocol.v1;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// Reads members of requests and answers by the input rules of `wire-v1.md` §6.3: a member that is
/// missing or of another type is refused, `null` is a type and never absence.
///
/// Reading and hex decoding are separate steps because the contract orders them: every type before
/// any hex (§8).
final class Members {
  private Members() {}

  static String text(JsonObject object, String name) {
    if (required(object, name) instanceof JsonValue.Text(String value)) {
      return value;
    }
    throw new BadRequest(name, "must be a string");
  }

  /// A string that has a UTF-8 form.
  static String wellFormedText(JsonObject object, String name) {
    if (required(object, name) instanceof JsonValue.Text text) {
      if (text.isWellFormed()) {
        return text.value();
      }
      throw new BadRequest(name, "must not hold unpaired surrogates");
    }
    throw new BadRequest(name, "must be a string");
  }

  static DecimalInteger integer(JsonObject object, String name) {
    if (required(object, name) instanceof JsonValue.Int(DecimalInteger value)) {
      return value;
    }
    throw new BadRequest(name, "must be an integer");
  }

  /// A count or number of ours, 0 to 2⁶³ − 1.
  static long count(JsonObject object, String name) {
    DecimalInteger value = integer(object, name);
    if (!value.isWithin(0, Long.MAX_VALUE)) {
      throw new BadRequest(name, "is out of range");
    }
    return value.toLong();
  }

  static boolean bool(JsonObject object, String name) {
    if (required(object, name) instanceof JsonValue.Bool(boolean value)) {
      return value;
    }
    throw new BadRequest(name, "must be true or false");
  }

  static JsonObject object(JsonObject object, String name) {
    if (required(object, name) instanceof JsonObject value) {
      return value;
    }
    throw new BadRequest(name, "must be an object");
  }

  static @Nullable JsonObject objectOrNull(JsonObject object, String name) {
    return isNull(object, name) ? null : object(object, name);
  }

  static @Nullable String textOrNull(JsonObject object, String name) {
    return isNull(object, name) ? null : text(object, name);
  }

  static <T> List<T> list(JsonObject object, String name, Function<JsonObject, T> item) {
    if (!(required(object, name) instanceof JsonValue.Array(List<JsonValue> values))) {
      throw new BadRequest(name, "must be an array");
    }
    List<T> items = new ArrayList<>(values.size());
    for (JsonValue value : values) {
      if (!(value instanceof JsonObject element)) {
        throw new BadRequest(name, "must hold objects only");
      }
      items.add(item.apply(element));
    }
    return items;
  }

  /// A member of a closed vocabulary.
  static <T> T code(JsonObject object, String name, Function<String, Optional<T>> vocabulary) {
    return vocabulary
        .apply(text(object, name))
        .orElseThrow(() -> new BadRequest(name, "is not one of its codes"));
  }

  static Instant instant(JsonObject object, String name) {
    return V1Time.instant(integer(object, name))
        .orElseThrow(() -> new BadRequest(name, "is out of range"));
  }

  /// An instant whose zero means that there is none.
  static @Nullable Instant instantOrZero(JsonObject object, String name) {
    Instant instant = instant(object, name);
    return instant.equals(Instant.EPOCH) ? null : instant;
  }

  static Duration duration(JsonObject object, String name) {
    return V1Time.duration(integer(object, name))
        .orElseThrow(() -> new BadRequest(name, "is out of range"));
  }

  /// One of the two float instants.
  static Instant decimalInstant(JsonObject object, String name) {
    if (required(object, name) instanceof JsonValue.Decimal(String text)) {
      return V1Time.ofDecimal(text)
          .orElseThrow(() -> new BadRequest(name, "is out of range or has an exponent"));
    }
    throw new BadRequest(name, "must be a number with a decimal point");
  }

  /// Decodes the text of member `name`, which must be `size` bytes in hex digits of either case.
  static ByteString hex(String name, String digits, int size) {
    if (digits.length() == 2 * size) {
      try {
        return ByteString.fromHex(digits);
      } catch (IllegalArgumentException notHex) {
        // Falls through to the same refusal as a wrong length.
      }
    }
    throw new BadRequest(name, "must be " + 2 * size + " hex digits");
  }

  /// Reads and decodes at once, where no order is prescribed.
  static ByteString hex(JsonObject object, String name, int size) {
    return hex(name, text(object, name), size);
  }

  private static boolean isNull(JsonObject object, String name) {
    return required(object, name) instanceof JsonValue.Null;
  }

  private static JsonValue required(JsonObject object, String name) {
    return object.member(name).orElseThrow(() -> new BadRequest(name, "is missing"));
  }
}
