package org.sessionpro.backend.store.apple;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.LenientJson;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;

/// Reads what Apple signed. What a statement must have and lacks is a [BadRequest] that names it.
final class SignedJson extends LenientJson {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /// Apple's ids have some twenty digits.
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /// The end of the year 9999.
  private static final long LATEST = 253_402_300_799_999L;

  SignedJson(JsonObject json) {
    super(json);
  }

  /// @throws BadRequest if it is no JSON object
  static SignedJson parse(byte[] payload) {
    return new SignedJson(JsonObject.parse(payload));
  }

  Optional<SignedJson> object(String name) {
    return child(name).map(SignedJson::new);
  }

  String required(String name) {
    return text(name).orElseThrow(() -> new BadRequest(name, "must be a text"));
  }

  /// An instant in milliseconds. Null where there is none, or no possible one.
  @Nullable Instant instant(String name) {
    OptionalLong millis = integer(name);
    return millis.isPresent() && millis.getAsLong() >= 0 && millis.getAsLong() <= LATEST
        ? Instant.ofEpochMilli(millis.getAsLong())
        : null;
  }

  Instant requiredInstant(String name) {
    Instant instant = instant(name);
    if (instant == null) {
      throw new BadRequest(name, "must be a number of milliseconds up to the year 9999");
    }
    return instant;
  }

  /// The name of something; null for none.
  ///
  /// @throws BadRequest if there is text that can be no name
  <T> @Nullable T id(String name, Function<String, T> type) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return null;
    }
    if (!ID.matcher(text.get()).matches()) {
      throw new BadRequest(name, "must be at most 200 printable characters without blanks");
    }
    return type.apply(text.get());
  }

  <T> T requiredId(String name, Function<String, T> type) {
    T id = id(name, type);
    if (id == null) {
      throw new BadRequest(name, "must be a text");
    }
    return id;
  }

  /// A UUID in any case; null where there is none, or something else.
  @Nullable UUID uuid(String name) {
    return text(name)
        .filter(text -> UUID_TEXT.matcher(text).matches())
        .map(UUID::fromString)
        .orElse(null);
  }
}
