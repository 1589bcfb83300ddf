package org.sessionpro.bench;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.sessionpro.protocol.json.JsonWriter;

/// A report for programs: one object on one line.
final class JsonLine {
  private JsonLine() {}

  /// The line, without its end.
  static String of(Consumer<JsonWriter> content) {
    return new String(JsonWriter.object(content), StandardCharsets.UTF_8);
  }
}
