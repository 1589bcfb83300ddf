package org.sessionpro.protocol.json;

import java.util.List;

/// A parsed JSON value. Numbers keep their text: the contract puts no bound on their magnitude, so
/// they are compared before they are narrowed.
public sealed interface JsonValue
    permits JsonValue.Text,
        JsonValue.Int,
        JsonValue.Decimal,
        JsonValue.Bool,
        JsonValue.Null,
        JsonValue.Array,
        JsonObject {
  /// A string; may hold unpaired surrogates, which [#isWellFormed()] tells.
  record Text(String value) implements JsonValue {
    /// False if the string holds an unpaired surrogate and therefore has no UTF-8 form.
    public boolean isWellFormed() {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)
            && i + 1 < value.length()
            && Character.isLowSurrogate(value.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(c)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return "Text(" + value.length() + " characters)";
    }
  }

  /// A number token without fraction and exponent.
  record Int(DecimalInteger value) implements JsonValue {}

  /// A number token with a fraction or an exponent, as written.
  record Decimal(String text) implements JsonValue {}

  /// `true` or `false`.
  record Bool(boolean value) implements JsonValue {}

  /// `null`; a value of its own, never absence.
  record Null() implements JsonValue {}

  /// An array.
  record Array(List<JsonValue> items) implements JsonValue {
    public Array {
      items = List.copyOf(items);
    }
  }
}
