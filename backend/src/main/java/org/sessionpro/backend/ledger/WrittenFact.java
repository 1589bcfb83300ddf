package org.sessionpro.backend.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonWriter;

/// A fact as its row in `facts` holds it: a kind and a JSON object of its parts. Instants and lengths
/// are microseconds; parts that are null are absent.
record WrittenFact(String kind, Instant happenedAt, String body) {
  static WrittenFact of(String kind, Instant happenedAt, Consumer<JsonWriter> parts) {
    String body = new String(JsonWriter.object(parts), StandardCharsets.US_ASCII);
    return new WrittenFact(kind, happenedAt, body);
  }

  static <T> void ifPresent(@Nullable T value, Consumer<T> write) {
    if (value != null) {
      write.accept(value);
    }
  }
}
