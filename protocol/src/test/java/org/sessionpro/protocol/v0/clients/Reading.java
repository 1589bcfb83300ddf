package org.sessionpro.protocol.v0.clients;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A JSON object as one reader sees it: each method is a demand of that reader on a member.
final class Reading {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String reader;
  private final String path;
  private final JsonNode object;

  private Reading(String reader, String path, JsonNode object) {
    this.reader = reader;
    this.path = path;
    this.object = object;
  }

  /// The answer, which must be one JSON object and nothing else.
  static Reading of(String reader, byte[] answer) {
    try {
      Reading reading = new Reading(reader, "", MAPPER.readTree(answer));
      reading.demand(reading.object.isObject(), "answer", "is no object");
      return reading;
    } catch (IOException notJson) {
      throw new AssertionError(reader + ": answer is no JSON", notJson);
    }
  }

  /// The members, for demands on all of them.
  JsonNode node() {
    return object;
  }

  boolean has(String name) {
    return object.has(name);
  }

  /// Whether the member is the integer `value`.
  boolean is(String name, int value) {
    return object.path(name).isIntegralNumber() && object.get(name).intValue() == value;
  }

  Reading object(String name) {
    JsonNode value = required(name);
    demand(value.isObject(), name, "is no object");
    return new Reading(reader, path + name + ".", value);
  }

  List<Reading> objects(String name) {
    List<Reading> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      String index = name + "[" + items.size() + "]";
      demand(item.isObject(), index, "is no object");
      items.add(new Reading(reader, path + index + ".", item));
    }
    return items;
  }

  void texts(String name) {
    for (JsonNode item : array(name)) {
      demand(item.isTextual(), name, "holds something that is no string");
    }
  }

  JsonNode array(String name) {
    JsonNode value = required(name);
    demand(value.isArray(), name, "is no array");
    return value;
  }

  void number(String... names) {
    for (String name : names) {
      demand(required(name).isNumber(), name, "is no number");
    }
  }

  void number(String name, int min, int max) {
    number(name);
    double value = required(name).doubleValue();
    demand(value >= min && value <= max, name, "is out of its range");
  }

  /// Integers of 32 bits with sign.
  void ints(String... names) {
    for (String name : names) {
      JsonNode value = required(name);
      demand(value.isIntegralNumber() && value.canConvertToInt(), name, "is no int");
    }
  }

  /// Integers of 64 bits with sign.
  void longs(String... names) {
    for (String name : names) {
      JsonNode value = required(name);
      demand(value.isIntegralNumber() && value.canConvertToLong(), name, "is no long");
    }
  }

  void unsigned32(String name) {
    JsonNode value = required(name);
    demand(
        value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >>> 32 == 0,
        name,
        "is no u32");
  }

  void bool(String name) {
    demand(required(name).isBoolean(), name, "is no boolean");
  }

  void text(String... names) {
    for (String name : names) {
      demand(required(name).isTextual(), name, "is no string");
    }
  }

  /// A string of an exact length.
  void text(String name, int length) {
    text(name);
    demand(required(name).textValue().length() == length, name, "has another length");
  }

  /// Bytes in hex, of any number.
  void hex(String name) {
    text(name);
    demand(required(name).textValue().matches("([0-9a-fA-F]{2})*"), name, "is no hex");
  }

  /// Exactly `size` bytes in hex, perhaps with a prefix.
  void prefixedHex(String name, int size) {
    text(name);
    demand(
        required(name).textValue().matches("(0x)?[0-9a-fA-F]{" + 2 * size + "}"),
        name,
        "is not " + size + " bytes in hex");
  }

  void noNumber(String name, String why) {
    demand(!object.path(name).isNumber(), name, "is a number: " + why);
  }

  /// States a demand on a member.
  void demand(boolean met, String name, String complaint) {
    if (!met) {
      throw new AssertionError(reader + ": " + path + name + " " + complaint);
    }
  }

  private JsonNode required(String name) {
    demand(object.has(name), name, "is missing");
    return object.get(name);
  }
}
