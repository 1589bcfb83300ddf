package org.sessionpro.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;

/// The JSON reader and writer: a document is accepted exactly if [PlainJson] accepts it, says the
/// same to both, and is read back as the same after it was written anew.
public final class JsonFuzz {
  private static final Allowed ALLOWED = Allowed.only(BadRequest.class);
  public static final FuzzTarget TARGET =
      new FuzzTarget("json", JsonFuzz.class, JsonFuzz::fuzzerTestOneInput, ALLOWED);

  private static final Allowed NO_INTEGER = Allowed.only(IllegalArgumentException.class);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private JsonFuzz() {}

  public static void fuzzerTestOneInput(byte[] document) {
    Optional<JsonObject> read = ALLOWED.read(() -> JsonObject.parse(document));
    Optional<Map<String, Object>> expected = decode(document).flatMap(PlainJson::parse);
    assertThat(read.map(JsonFuzz::plain)).isEqualTo(expected.map(JsonFuzz::withPlainZero));
    assertThat(ALLOWED.read(() -> JsonObject.parse(embedded(document), 2, document.length)))
        .isEqualTo(read);
    read.filter(JsonFuzz::isWritable).ifPresent(JsonFuzz::writeAndReadBack);
  }

  private static Optional<String> decode(byte[] document) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  /// The document among other bytes.
  private static byte[] embedded(byte[] document) {
    return ByteBuffer.allocate(document.length + 4)
        .put(new byte[] {'{', '"'})
        .put(document)
        .put(new byte[] {'"', '}'})
        .array();
  }

  private static Map<String, Object> plain(JsonObject object) {
    Map<String, Object> members = new HashMap<>();
    for (String name : object.names()) {
      members.put(name, plain(object.member(name).orElseThrow()));
    }
    return members;
  }

  private static Object plain(JsonValue value) {
    return switch (value) {
      case JsonValue.Text(String text) -> {
        checkToken(text);
        yield text;
      }
      case JsonValue.Int(DecimalInteger number) -> new PlainJson.Token(checked(number).text());
      case JsonValue.Decimal(String text) -> new PlainJson.Token(text);
      case JsonValue.Bool(boolean flag) -> new PlainJson.Token(Boolean.toString(flag));
      case JsonValue.Null() -> new PlainJson.Token("null");
      case JsonValue.Array(List<JsonValue> items) -> items.stream().map(JsonFuzz::plain).toList();
      case JsonObject object -> plain(object);
    };
  }

  /// What a document says, with `-0` as the `0` that it is.
  private static Object withPlainZero(Object value) {
    return switch (value) {
      case Map<?, ?> members -> {
        Map<Object, Object> changed = new HashMap<>();
        members.forEach((name, member) -> changed.put(name, withPlainZero(member)));
        yield changed;
      }
      case List<?> items -> items.stream().map(JsonFuzz::withPlainZero).toList();
      case PlainJson.Token(String text) -> new PlainJson.Token(text.equals("-0") ? "0" : text);
      default -> value;
    };
  }

  /// Integers are made of their tokens only.
  private static void checkToken(String text) {
    boolean token = text.matches("-?(0|[1-9][0-9]*)");
    assertThat(NO_INTEGER.read(() -> new DecimalInteger(text)).isPresent()).isEqualTo(token);
  }

  /// The arithmetic of an integer is that of [BigInteger].
  private static DecimalInteger checked(DecimalInteger number) {
    BigInteger exact = new BigInteger(number.text());
    boolean fits = exact.bitLength() <= 63;
    assertThat(number.isWithin(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(fits);
    assertThat(BigInteger.valueOf(number.clamp(Long.MIN_VALUE, Long.MAX_VALUE)))
        .isEqualTo(
            exact.max(BigInteger.valueOf(Long.MIN_VALUE)).min(BigInteger.valueOf(Long.MAX_VALUE)));
    for (long other : new long[] {Long.MIN_VALUE, -1, 0, 1_772_000_000_000L, Long.MAX_VALUE}) {
      assertThat(Integer.signum(number.compareTo(DecimalInteger.of(other))))
          .isEqualTo(exact.compareTo(BigInteger.valueOf(other)));
    }
    return number;
  }

  private static void writeAndReadBack(JsonObject object) {
    byte[] written = JsonWriter.object(json -> write(json, object));
    assertThat(written).isEqualTo(JsonWriter.object(json -> write(json, object)));
    for (byte one : written) {
      assertThat(one).isGreaterThanOrEqualTo((byte) ' ');
    }
    JsonObject again = JsonObject.parse(written);
    assertThat(again).isEqualTo(object);
    assertThat(again.names()).containsExactlyElementsOf(object.names());
    byte[] marked =
        ByteBuffer.allocate(3 + written.length).put(BYTE_ORDER_MARK).put(written).array();
    assertThat(JsonObject.parse(marked)).isEqualTo(object);
  }

  /// The contract has arrays of objects and arrays of strings, so the writer has no others.
  private static boolean isWritable(JsonValue value) {
    return switch (value) {
      case JsonObject object ->
          object.names().stream().allMatch(name -> isWritable(object.member(name).orElseThrow()));
      case JsonValue.Array(List<JsonValue> items) ->
          items.stream().allMatch(JsonValue.Text.class::isInstance)
              || items.stream().allMatch(item -> item instanceof JsonObject && isWritable(item));
      case JsonValue.Text _,
          JsonValue.Int _,
          JsonValue.Decimal _,
          JsonValue.Bool _,
          JsonValue.Null _ ->
          true;
    };
  }

  private static void write(JsonWriter json, JsonObject object) {
    object.names().forEach(name -> write(json, name, object.member(name).orElseThrow()));
  }

  private static void write(JsonWriter json, String name, JsonValue value) {
    switch (value) {
      case JsonValue.Text(String text) -> json.text(name, text);
      case JsonValue.Int(DecimalInteger number) -> json.integer(name, number);
      case JsonValue.Decimal(String text) -> json.number(name, text);
      case JsonValue.Bool(boolean flag) -> json.bool(name, flag);
      case JsonValue.Null() -> json.nullValue(name);
      case JsonValue.Array(List<JsonValue> items) -> write(json, name, items);
      case JsonObject object -> json.object(name, inner -> write(inner, object));
    }
  }

  private static void write(JsonWriter json, String name, List<JsonValue> items) {
    List<String> texts = new ArrayList<>();
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue item : items) {
      if (item instanceof JsonValue.Text(String text)) {
        texts.add(text);
      } else if (item instanceof JsonObject object) {
        objects.add(object);
      }
    }
    if (objects.isEmpty()) {
      json.texts(name, texts);
    } else {
      json.objects(name, objects, (inner, object) -> write(inner, object));
    }
  }
}
