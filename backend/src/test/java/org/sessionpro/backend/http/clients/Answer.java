package org.sessionpro.backend.http.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;

/// What came back, of whichever [Way]; through an onion the inner answer.
///
/// @param allow empty if there is no such header
public record Answer(int status, String contentType, String allow, ByteString body) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  public String text() {
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }

  /// The document, by a parser that is not the server's.
  public JsonNode json() {
    return json(text());
  }

  /// What an answer is compared with.
  public static JsonNode json(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("no JSON: " + document, malformed);
    }
  }

  /// The `result` of a success.
  public JsonNode result() {
    return json().required("result");
  }

  /// The document, as the protocol library reads it.
  public JsonObject object() {
    return JsonObject.parse(body.toByteArray());
  }
}
