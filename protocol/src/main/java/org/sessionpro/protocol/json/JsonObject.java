package org.sessionpro.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sessionpro.protocol.BadRequest;

/// A JSON object. Of duplicate members the last one counts.
public final class JsonObject implements JsonValue {
  /// Deepest accepted nesting of objects and arrays, the outermost counted (`decisions.md` §1).
  public static final int MAX_DEPTH = 32;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
          .build();

  private final Map<String, JsonValue> members;

  private JsonObject(Map<String, JsonValue> members) {
    this.members = members;
  }

  /// Parses a whole document that must be one object.
  ///
  /// UTF-8 only, a leading byte order mark is skipped, JSON white space may surround the object,
  /// anything else is refused: other encodings, other top-level values, trailing text, comments,
  /// `NaN`, unpaired surrogates in the name of a member, nesting deeper than [#MAX_DEPTH].
  ///
  /// @throws BadRequest naming `body`
  public static JsonObject parse(byte[] document) {
    return parse(document, 0, document.length);
  }

  /// Parses `length` bytes of `document` from `offset`, as [#parse(byte[])].
  ///
  /// @throws BadRequest naming `body`
  public static JsonObject parse(byte[] document, int offset, int length) {
    String text = decode(document, offset, length);
    int start = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    try (JsonParser parser = FACTORY.createParser(start == 0 ? text : text.substring(start))) {
      return readWhole(new Reader(parser, Integer.MAX_VALUE));
    } catch (IOException malformed) {
      throw new BadRequest("body", "must be valid JSON");
    }
  }

  /// Parses a whole document as [#parse(byte[])], but of a text that is longer than `maxText`
  /// characters only the beginning is kept: for documents that are too long to be held more than once.
  ///
  /// @throws BadRequest naming `body`
  public static JsonObject parseCutting(byte[] document, int maxText) {
    try (JsonParser parser = FACTORY.createParser(document)) {
      return readWhole(new Reader(parser, maxText));
    } catch (IOException malformed) {
      throw new BadRequest("body", "must be valid JSON");
    }
  }

  private static String decode(byte[] document, int offset, int length) {
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(document, offset, length));
      return decoded.toString();
    } catch (CharacterCodingException notUtf8) {
      throw new BadRequest("body", "must be UTF-8");
    }
  }

  private static JsonObject readWhole(Reader reader) throws IOException {
    if (reader.parser().nextToken() != JsonToken.START_OBJECT) {
      throw new BadRequest("body", "must be a JSON object");
    }
    JsonObject object = readObject(reader);
    if (reader.parser().nextToken() != null) {
      throw new BadRequest("body", "must hold nothing after the JSON object");
    }
    return object;
  }

  /// A document while it is read.
  ///
  /// @param maxText how much of a text is kept, in characters
  private record Reader(JsonParser parser, int maxText) {
    String text() throws IOException {
      if (maxText == Integer.MAX_VALUE) {
        return parser.getText();
      }
      Beginning beginning = new Beginning(maxText);
      parser.getText(beginning);
      return beginning.toString();
    }
  }

  /// Keeps what comes first, and lets go of the rest.
  private static final class Beginning extends Writer {
    private final StringBuilder kept = new StringBuilder();
    private final int most;

    Beginning(int most) {
      this.most = most;
    }

    @Override
    public void write(char[] text, int offset, int length) {
      kept.append(text, offset, Math.min(length, most - kept.length()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return kept.toString();
    }
  }

  private static JsonObject readObject(Reader reader) throws IOException {
    JsonParser parser = reader.parser();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, readValue(reader));
    }
    return new JsonObject(members);
  }

  private static JsonValue readValue(Reader reader) throws IOException {
    JsonParser parser = reader.parser();
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(reader);
      case START_ARRAY -> readArray(reader);
      case VALUE_STRING -> new Text(reader.text());
      case VALUE_NUMBER_INT -> new Int(new DecimalInteger(parser.getText()));
      case VALUE_NUMBER_FLOAT -> new Decimal(parser.getText());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> new Null();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new BadRequest("body", "must be valid JSON");
    };
  }

  private static Array readArray(Reader reader) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (reader.parser().nextToken() != JsonToken.END_ARRAY) {
      items.add(readValue(reader));
    }
    return new Array(items);
  }

  /// The member of that name, if there is one; an explicit `null` is present.
  public Optional<JsonValue> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /// Names of all members, in document order.
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return "JsonObject(" + members.size() + " members)";
  }
}
