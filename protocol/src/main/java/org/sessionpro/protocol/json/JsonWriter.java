package org.sessionpro.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes one JSON object, compact, in UTF-8 with non-ASCII characters escaped.
///
/// Members appear in the order of the calls. All methods return this writer.
public final class JsonWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator generator;

  private JsonWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  /// The document whose members `content` writes.
  public static byte[] object(Consumer<JsonWriter> content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      generator.writeStartObject();
      content.accept(new JsonWriter(generator));
      generator.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  public JsonWriter text(String name, String value) {
    return step(g -> g.writeStringField(name, value));
  }

  public JsonWriter integer(String name, long value) {
    return step(g -> g.writeNumberField(name, value));
  }

  public JsonWriter integer(String name, DecimalInteger value) {
    return step(g -> {
      g.writeFieldName(name);
      g.writeNumber(value.text());
    });
  }

  /// A number written exactly as `text`, which must be a JSON number; for the two float fields of
  /// `wire-v1.md` §2.
  public JsonWriter number(String name, String text) {
    return step(g -> {
      g.writeFieldName(name);
      g.writeNumber(text);
    });
  }

  public JsonWriter bool(String name, boolean value) {
    return step(g -> g.writeBooleanField(name, value));
  }

  public JsonWriter nullValue(String name) {
    return step(g -> g.writeNullField(name));
  }

  public JsonWriter object(String name, Consumer<JsonWriter> content) {
    return step(g -> {
      g.writeObjectFieldStart(name);
      content.accept(this);
      g.writeEndObject();
    });
  }

  /// An array of objects, one for each of `items`.
  public <T> JsonWriter objects(String name, Iterable<T> items, BiConsumer<JsonWriter, T> content) {
    return step(g -> {
      g.writeArrayFieldStart(name);
      for (T item : items) {
        g.writeStartObject();
        content.accept(this, item);
        g.writeEndObject();
      }
      g.writeEndArray();
    });
  }

  /// An array of strings.
  public JsonWriter texts(String name, Iterable<String> items) {
    return step(g -> {
      g.writeArrayFieldStart(name);
      for (String item : items) {
        g.writeString(item);
      }
      g.writeEndArray();
    });
  }

  private JsonWriter step(Step step) {
    try {
      step.on(generator);
      return this;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private interface Step {
    void on(JsonGenerator generator) throws IOException;
  }
}
