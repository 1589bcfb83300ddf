package org.sessionpro.protocol.v0;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A good document with one thing changed, named by its JSON pointer.
public final class JsonEdit {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonEdit() {}

  /// The document with `value`, a JSON text, at `pointer`, whether there was something or not.
  public static byte[] with(byte[] document, String pointer, String value) {
    try {
      JsonNode root = MAPPER.readTree(document);
      JsonPointer path = JsonPointer.compile(pointer);
      JsonNode parent = root.at(path.head());
      JsonNode replacement = MAPPER.readTree(value);
      if (parent instanceof ArrayNode array) {
        array.set(path.last().getMatchingIndex(), replacement);
      } else {
        ((ObjectNode) parent).set(path.last().getMatchingProperty(), replacement);
      }
      return MAPPER.writeValueAsBytes(root);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The document without the member at `pointer`, which must be there.
  public static byte[] without(byte[] document, String pointer) {
    try {
      JsonNode root = MAPPER.readTree(document);
      JsonPointer path = JsonPointer.compile(pointer);
      ObjectNode parent = (ObjectNode) root.at(path.head());
      if (parent.remove(path.last().getMatchingProperty()) == null) {
        throw new IllegalArgumentException(pointer);
      }
      return MAPPER.writeValueAsBytes(root);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
