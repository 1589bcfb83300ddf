package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_KEY;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING_KEY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// What a client accepts of each result: every member in exactly its type, and more members than it
/// knows.
class V1ResultTest {
  /// Keeps the digits of floats, which the contract prescribes.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Set<String> NULLABLE = Set.of("latest_payment", "next_cursor");
  private static final Instant T = Instant.ofEpochSecond(1_700_000_000);
  private static final RevocationTag TAG = RevocationTag.fromHex("11".repeat(32));

  static Stream<Arguments> results() {
    AccountTerm term = new AccountTerm(T, Duration.ofDays(1), true);
    return Stream.of(
        result(
            new ProofResult(Proof.sign(BACKEND, TAG, ROTATING_KEY, T), term), ProofResult::parse),
        result(new StatusResult(UserStatus.ACTIVE, term, V1AnswerTest.GOOGLE), StatusResult::parse),
        result(new PaymentDetails(1, List.of(V1AnswerTest.APPLE), "ab"), PaymentDetails::parse),
        result(
            RevocationList.of(new Ticket(7), List.of(new RevocationList.Item(TAG, T))),
            RevocationList::parse),
        result(new ServerStatus("1.0", T, BACKEND_KEY), ServerStatus::parse),
        result(new DevPayment(PaymentId.voucher("order"), new Plan("1m"), T), DevPayment::parse),
        result(new DevRevocation(1, T, true), DevRevocation::parse));
  }

  private static <R extends V1Result> Arguments result(R result, Function<JsonObject, R> parse) {
    return Arguments.of(result, parse);
  }

  @ParameterizedTest
  @MethodSource("results")
  void membersOfANewerBackendAreIgnored(V1Result result, Function<JsonObject, V1Result> parse) {
    ObjectNode json = json(result);
    json.putObject("added_later").put("any", 1);
    assertThat(parse.apply(read(json))).isEqualTo(result);
  }

  @ParameterizedTest
  @MethodSource("results")
  void everyMemberIsRequired(V1Result result, Function<JsonObject, V1Result> parse) {
    for (List<String> path : paths(json(result))) {
      ObjectNode json = json(result);
      parent(json, path).remove(path.getLast());
      assertUnreadable(json, parse);
    }
  }

  @ParameterizedTest
  @MethodSource("results")
  void nullIsNoValueOfAnyOtherMember(V1Result result, Function<JsonObject, V1Result> parse) {
    for (List<String> path : paths(json(result))) {
      if (!NULLABLE.contains(path.getLast())) {
        ObjectNode json = json(result);
        parent(json, path).putNull(path.getLast());
        assertUnreadable(json, parse);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("results")
  void everyMemberHasItsType(V1Result result, Function<JsonObject, V1Result> parse) {
    for (List<String> path : paths(json(result))) {
      String name = path.getLast();
      for (String wrong : List.of("\"?\"", "true", "1.5e3", "{}", "[1]")) {
        ObjectNode json = json(result);
        if (sameType(json, path, wrong)) {
          continue;
        }
        parent(json, path).set(name, tree(wrong));
        assertUnreadable(json, parse);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("results")
  void integersAndFloatsAreNotMixed(V1Result result, Function<JsonObject, V1Result> parse) {
    for (List<String> path : paths(json(result))) {
      ObjectNode json = json(result);
      ObjectNode parent = parent(json, path);
      if (parent.get(path.getLast()).isIntegralNumber()) {
        parent.put(path.getLast(), 1_700_000_000.5);
        assertUnreadable(json, parse);
      } else if (parent.get(path.getLast()).isFloatingPointNumber()) {
        parent.put(path.getLast(), 1_700_000_000);
        assertUnreadable(json, parse);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("results")
  void numbersOutOfRangeAreRefused(V1Result result, Function<JsonObject, V1Result> parse) {
    for (List<String> path : paths(json(result))) {
      ObjectNode json = json(result);
      ObjectNode parent = parent(json, path);
      if (parent.get(path.getLast()).isIntegralNumber()) {
        parent.set(path.getLast(), tree("99999999999999999999"));
        assertUnreadable(json, parse);
      }
    }
  }

  private static boolean sameType(ObjectNode json, List<String> path, String wrong) {
    JsonNode value = parent(json, path).get(path.getLast());
    boolean freeText = Set.of("payment_id", "next_cursor", "version").contains(path.getLast());
    return switch (wrong.charAt(0)) {
      case '"' -> freeText;
      case 't' -> value.isBoolean();
      default -> false;
    };
  }

  /// Every member, those of nested objects and of the first element of arrays included.
  private static List<List<String>> paths(ObjectNode json) {
    List<List<String>> paths = new ArrayList<>();
    collect(json, List.of(), paths);
    return paths;
  }

  private static void collect(ObjectNode node, List<String> prefix, List<List<String>> paths) {
    node.properties()
        .forEach(member -> {
          List<String> path = new ArrayList<>(prefix);
          path.add(member.getKey());
          paths.add(path);
          if (member.getValue() instanceof ObjectNode nested) {
            collect(nested, path, paths);
          } else if (member.getValue().path(0) instanceof ObjectNode first) {
            collect(first, path, paths);
          }
        });
  }

  private static ObjectNode parent(ObjectNode json, List<String> path) {
    ObjectNode node = json;
    for (String name : path.subList(0, path.size() - 1)) {
      node = (ObjectNode) (node.get(name).isArray() ? node.get(name).get(0) : node.get(name));
    }
    return node;
  }

  private static void assertUnreadable(ObjectNode json, Function<JsonObject, V1Result> parse) {
    assertThatThrownBy(() -> parse.apply(read(json))).as("%s", json).isInstanceOf(BadRequest.class);
  }

  private static ObjectNode json(V1Result result) {
    try {
      return (ObjectNode) MAPPER.readTree(JsonWriter.object(result::write));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static JsonObject read(ObjectNode json) {
    return JsonObject.parse(json.toString().getBytes(UTF_8));
  }
}
