package org.sessionpro.protocol.v0.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// What no answer may hold, because one client or another would choke on it, whichever member it is
/// (`wire-v0.md` §2, end of §9).
final class Contract {
  private static final String NAME = "contract";
  private static final Set<String> HEX = Set.of("gen_index_hash", "rotating_pkey", "sig");

  private Contract() {}

  /// Any answer.
  static void accept(byte[] answer) {
    Reading body = Reading.of(NAME, answer);
    body.ints("status");
    if (body.is("status", 0)) {
      body.object("result");
      body.demand(!body.has("errors"), "errors", "stands in a success");
    } else {
      body.demand(!body.has("result"), "result", "stands in a failure");
      body.texts("errors");
      body.demand(!body.array("errors").isEmpty(), "errors", "is empty");
      for (JsonNode error : body.array("errors")) {
        body.demand(!error.textValue().isEmpty(), "errors", "holds an empty text");
      }
    }
    acceptMembers(body, body.node());
  }

  /// An answer of `/get_pro_details`: besides, each item holds the ids of its own provider and no
  /// others.
  static void acceptDetails(byte[] answer) {
    accept(answer);
    Reading body = Reading.of(NAME, answer);
    if (body.has("result")) {
      for (Reading item : body.object("result").objects("items")) {
        for (String id : ItemIds.ALL) {
          boolean own = ItemIds.of(item).contains(id);
          item.demand(item.has(id) == own, id, own ? "is missing" : "is another provider's");
        }
      }
    }
  }

  private static void acceptMembers(Reading body, JsonNode object) {
    object
        .properties()
        .forEach(member -> {
          acceptValue(body, member.getKey(), member.getValue());
          if (HEX.contains(member.getKey())) {
            body.demand(
                member.getValue().asText().matches("[0-9a-f]+"),
                member.getKey(),
                "is not in lower-case hex");
          }
        });
  }

  private static void acceptValue(Reading body, String name, JsonNode value) {
    body.demand(!value.isNull(), name, "is null");
    if (value.isNumber()) {
      body.demand(value.isIntegralNumber(), name, "is written as a fraction");
      body.demand(value.bigIntegerValue().signum() >= 0, name, "is negative");
      body.demand(value.canConvertToLong(), name, "is above 2^63 - 1");
    }
    if (value.isArray()) {
      value.forEach(item -> acceptValue(body, name, item));
    }
    acceptMembers(body, value);
  }
}
