package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;

/// A request body whose members can be spoiled one by one, and the assertions that every request
/// shares.
///
/// @param members JSON literals by name
/// @param parse the parser under test
record RequestBody(Map<String, String> members, Function<JsonObject, ?> parse) {
  private static final String NOT_HEX = "\"" + "zz".repeat(64) + "\"";

  /// The body that a client's request renders to.
  static RequestBody of(byte[] json, Function<JsonObject, ?> parse) {
    Map<String, String> members = new LinkedHashMap<>();
    String text = new String(json, UTF_8);
    for (String member : text.substring(1, text.length() - 1).split(",", -1)) {
      String[] parts = member.split(":", 2);
      members.put(parts[0].replace("\"", ""), parts[1]);
    }
    return new RequestBody(members, parse);
  }

  String literal(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  RequestBody with(String name, String literal) {
    Map<String, String> changed = new LinkedHashMap<>(members);
    changed.put(name, literal);
    return new RequestBody(changed, parse);
  }

  RequestBody without(String name) {
    Map<String, String> changed = new LinkedHashMap<>(members);
    changed.remove(name);
    return new RequestBody(changed, parse);
  }

  JsonObject json() {
    return JsonObject.parse(
        members.entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
            .collect(joining(",", "{", "}"))
            .getBytes(UTF_8));
  }

  Object parsed() {
    return parse.apply(json());
  }

  /// Exactly one problem is told, and it names the member without quoting any value.
  void assertRefused(String field) {
    assertThatThrownBy(this::parsed)
        .as("%s", members)
        .isInstanceOfSatisfying(
            BadRequest.class,
            bad -> {
              assertThat(bad.problems()).hasSize(1);
              assertThat(bad.problems().getFirst().field()).isEqualTo(field);
              assertThat(quoted()).noneMatch(bad.problems().getFirst().text()::contains);
            });
  }

  private List<String> quoted() {
    return members.values().stream()
        .map(literal -> literal.replace("\"", ""))
        .filter(value -> value.length() > 8)
        .toList();
  }

  /// Absence and every other type of each member are refused.
  void assertTypesRequired(List<String> names, List<String> wrongTypes) {
    for (String name : names) {
      without(name).assertRefused(name);
      wrongTypes.forEach(wrong -> with(name, wrong).assertRefused(name));
    }
  }

  /// Lengths, digits, prefixes and blanks that are no hex of that member.
  void assertHexRequired(List<String> names) {
    for (String name : names) {
      String digits = literal(name).replace("\"", "");
      for (String wrong :
          List.of(
              "",
              digits.substring(2),
              digits.substring(1),
              digits + "00",
              "0x" + digits,
              "0x" + digits.substring(2),
              "  " + digits.substring(2),
              digits.substring(2) + "\\n ",
              "g" + digits.substring(1),
              "é" + digits.substring(1),
              "\\ud800" + digits.substring(1))) {
        with(name, "\"" + wrong + "\"").assertRefused(name);
      }
    }
  }

  /// The first failure answers: every type in the order listed, then every hex in the order listed.
  /// At each step all later steps fail too.
  void assertOrder(List<String> types, List<String> hexes) {
    for (int step = 0; step < types.size(); step++) {
      RequestBody body = this;
      for (String hex : hexes) {
        body = body.with(hex, NOT_HEX);
      }
      for (String later : types.subList(step, types.size())) {
        body = body.with(later, "null");
      }
      body.assertRefused(types.get(step));
    }
    for (int step = 0; step < hexes.size(); step++) {
      RequestBody body = this;
      for (String later : hexes.subList(step, hexes.size())) {
        body = body.with(later, NOT_HEX);
      }
      body.assertRefused(hexes.get(step));
    }
  }
}
