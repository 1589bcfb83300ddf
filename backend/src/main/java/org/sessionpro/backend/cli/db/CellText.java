package org.sessionpro.backend.cli.db;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Cell;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// How stored values are shown to people (`operator-v0.md` §6.5): instants and lengths readable, bytes
/// as text if they are text, else in hex, everything cut at 128 characters.
///
/// Never shows a control character, so that no content can steer a terminal.
final class CellText {
  private static final int MAX_LENGTH = 128;

  /// Columns that hold one and the same kind of identifier under several names.
  private static final Map<String, String> ROLES =
      Map.of("master_key", "master", "transaction_id", "transaction");

  private final @Nullable IdentifierMask mask;

  private CellText(@Nullable IdentifierMask mask) {
    this.mask = mask;
  }

  /// Shows everything.
  static CellText inClear() {
    return new CellText(null);
  }

  /// Shows identifiers by their masks.
  static CellText masked(IdentifierMask mask) {
    return new CellText(mask);
  }

  /// What is shown of a value.
  String of(String column, Cell cell) {
    return switch (cell) {
      case Cell.Nothing() -> "NULL";
      case Cell.Flag(boolean value) -> flag(value);
      case Cell.Whole(long value) -> number(column, value);
      case Cell.Bytes(ByteString value) -> cut(identifier(column, value));
      case Cell.Text(String value) -> cut(text(column, value));
    };
  }

  private static String flag(boolean value) {
    return value ? "Yes" : "No";
  }

  private static String number(String column, long value) {
    return switch (ColumnKind.of(column)) {
      case INSTANT -> Micros.toInstant(value).toString();
      case SPAN -> span(Micros.toDuration(value));
      case FLAG -> value == 0 || value == 1 ? flag(value == 1) : Long.toString(value);
      case CODE, PARTS, OTHER -> Long.toString(value);
    };
  }

  /// Days, and what is left in seconds to the microsecond: `30 d`, `1 d 3600.5 s`, `-60 s`.
  static String span(Duration length) {
    Duration size = length.abs();
    Duration rest = size.minusDays(size.toDays());
    String days = size.toDays() + " d";
    String seconds =
        BigDecimal.valueOf(Micros.of(rest), 6).stripTrailingZeros().toPlainString() + " s";
    String text = size.toDays() == 0 ? seconds : rest.isZero() ? days : days + " " + seconds;
    return length.isNegative() ? "-" + text : text;
  }

  private String text(String column, String value) {
    return switch (ColumnKind.of(column)) {
      case CODE -> escaped(value);
      case PARTS -> parts(column, value);
      case INSTANT, SPAN, FLAG, OTHER -> identifier(column, value);
    };
  }

  private String parts(String column, String value) {
    try {
      JsonObject object = JsonObject.parse(value.getBytes(StandardCharsets.UTF_8));
      return object.names().stream()
          .map(name -> name + ": " + part(name, object.member(name).orElseThrow()))
          .collect(Collectors.joining(", ", "{", "}"));
    } catch (BadRequest noObject) {
      return identifier(column, value);
    }
  }

  private String part(String name, JsonValue value) {
    return switch (value) {
      case JsonValue.Bool(boolean flag) -> flag(flag);
      case JsonValue.Int(var number) when number.isWithin(Long.MIN_VALUE, Long.MAX_VALUE) ->
          number(name, number.toLong());
      case JsonValue.Text(String text) -> text(name, text);
      case JsonValue.Null() -> "NULL";
      case JsonValue.Int _, JsonValue.Decimal _, JsonValue.Array _, JsonObject _ -> "…";
    };
  }

  private String identifier(String column, String text) {
    return mask == null ? escaped(text) : masked(mask, column, bytes(text));
  }

  private String identifier(String column, ByteString bytes) {
    return mask == null ? readable(bytes) : masked(mask, column, bytes);
  }

  private static String masked(IdentifierMask mask, String column, ByteString bytes) {
    return mask.of(ROLES.getOrDefault(column, column), bytes).text();
  }

  /// Keys and tags stand in hex inside facts and as bytes elsewhere; they shall have one mask.
  private static ByteString bytes(String text) {
    return text.matches("(?:[0-9a-f]{32}){1,2}")
        ? ByteString.fromHex(text)
        : ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readable(ByteString bytes) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return text.chars().anyMatch(Character::isISOControl) ? bytes.hex() : text;
    } catch (CharacterCodingException binary) {
      return bytes.hex();
    }
  }

  private static String escaped(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String cut(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= MAX_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)) + "...(" + length + ")";
  }
}
