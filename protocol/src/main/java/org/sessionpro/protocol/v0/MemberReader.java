package org.sessionpro.protocol.v0;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// Reads the members of one object and collects everything that is wrong with them (`wire-v0.md`
/// §3).
///
/// A request is read in two stages with a [#stop()] behind each: first that all members are there
/// and of their type, then what they say. A getter that finds a fault notes it and returns some
/// value of its type, which the next [#stop()] keeps from being used.
final class MemberReader {
  /// Longest accepted store id in UTF-8 bytes (`decisions.md` §1).
  static final int MAX_ID_BYTES = 2048;

  private static final Kind<JsonValue.Int> INTEGER =
      new Kind<>(JsonValue.Int.class, "must be an integer");
  private static final Kind<JsonValue.Text> TEXT =
      new Kind<>(JsonValue.Text.class, "must be a string");
  private static final Kind<JsonValue.Bool> BOOL =
      new Kind<>(JsonValue.Bool.class, "must be true or false");
  private static final Kind<JsonValue.Array> ARRAY =
      new Kind<>(JsonValue.Array.class, "must be an array");
  private static final Kind<JsonObject> OBJECT = new Kind<>(JsonObject.class, "must be an object");

  private static final JsonObject NO_MEMBERS =
      JsonObject.parse("{}".getBytes(StandardCharsets.UTF_8));

  private static final PaymentTx.Claimable NO_PAYMENT = new PaymentTx.Apple(new TransactionId(""));

  private final JsonObject json;
  private final String path;
  private final List<BadRequest.Problem> problems;

  private record Kind<V extends JsonValue>(Class<V> type, String rule) {}

  MemberReader(JsonObject json) {
    this(json, "", new ArrayList<>());
  }

  private MemberReader(JsonObject json, String path, List<BadRequest.Problem> problems) {
    this.json = json;
    this.path = path;
    this.problems = problems;
  }

  /// Notes each of `names` that is absent or not an integer.
  void expectIntegers(String... names) {
    for (String name : names) {
      find(name, INTEGER);
    }
  }

  /// Notes each of `names` that is absent or not a string.
  void expectTexts(String... names) {
    for (String name : names) {
      find(name, TEXT);
    }
  }

  /// Ends a stage.
  ///
  /// @throws BadRequest with everything noted so far, if anything was
  void stop() {
    if (!problems.isEmpty()) {
      throw new BadRequest(problems);
    }
  }

  /// An object whose problems are collected here; an empty one if there is none, so that each of
  /// its members is then noted as missing too.
  MemberReader object(String name) {
    return new MemberReader(members(name), path + name + ".", problems);
  }

  /// An object that is read by itself.
  JsonObject members(String name) {
    return find(name, OBJECT).orElse(NO_MEMBERS);
  }

  /// Notes a member that must not be there.
  void forbid(String name) {
    if (json.has(name)) {
      problem(name, "must be absent");
    }
  }

  /// The elements of an array of objects.
  List<MemberReader> objects(String name) {
    List<MemberReader> readers = new ArrayList<>();
    for (JsonValue item : find(name, ARRAY).map(JsonValue.Array::items).orElse(List.of())) {
      String element = path + name + "[" + readers.size() + "]";
      if (item instanceof JsonObject object) {
        readers.add(new MemberReader(object, element + ".", problems));
      } else {
        problems.add(new BadRequest.Problem(element, OBJECT.rule()));
      }
    }
    return readers;
  }

  /// The elements of an array of at least one string, none of them empty.
  List<String> filledTexts(String name) {
    Optional<JsonValue.Array> found = find(name, ARRAY);
    List<String> texts =
        found.map(JsonValue.Array::items).orElse(List.of()).stream()
            .map(item -> item instanceof JsonValue.Text(String value) ? value : "")
            .toList();
    if (found.isPresent() && (texts.isEmpty() || texts.contains(""))) {
      problem(name, "must hold strings, none empty");
    }
    return texts;
  }

  /// Notes any version but this one.
  void version() {
    integer("version", V0Message.VERSION, V0Message.VERSION);
  }

  boolean bool(String name) {
    return find(name, BOOL).map(JsonValue.Bool::value).orElse(false);
  }

  /// A value that is written as one of a closed set of names.
  <T> T named(String name, Function<String, Optional<T>> names, String rule, T fallback) {
    Optional<JsonValue.Text> found = find(name, TEXT);
    Optional<T> value = found.flatMap(text -> names.apply(text.value()));
    if (found.isPresent() && value.isEmpty()) {
      problem(name, rule);
    }
    return value.orElse(fallback);
  }

  /// A value that is written as one of a closed set of numbers.
  <T> T numbered(String name, LongFunction<Optional<T>> numbers, String rule, T fallback) {
    Optional<DecimalInteger> found = find(name, INTEGER).map(JsonValue.Int::value);
    Optional<T> value =
        found.flatMap(number -> numbers.apply(number.clamp(Long.MIN_VALUE, Long.MAX_VALUE)));
    if (found.isPresent() && value.isEmpty()) {
      problem(name, rule);
    }
    return value.orElse(fallback);
  }

  /// An integer of any magnitude.
  DecimalInteger integer(String name) {
    return find(name, INTEGER).map(JsonValue.Int::value).orElse(DecimalInteger.of(0));
  }

  long integer(String name, long min, long max) {
    Optional<JsonValue.Int> found = find(name, INTEGER);
    if (found.isPresent() && !found.get().value().isWithin(min, max)) {
      problem(name, min == max ? "must be " + min : "must lie between " + min + " and " + max);
    }
    return found.map(integer -> integer.value().clamp(min, max)).orElse(min);
  }

  /// Bytes in hex digits of either case, without prefix or blanks.
  ByteString hex(String name, int size) {
    Optional<JsonValue.Text> found = find(name, TEXT);
    if (found.isPresent()) {
      try {
        ByteString bytes = ByteString.fromHex(found.get().value());
        bytes.requireSize(size);
        return bytes;
      } catch (IllegalArgumentException notThat) {
        problem(name, "must be " + 2 * size + " hex digits");
      }
    }
    return ByteString.of(new byte[size]);
  }

  /// A store's name of a payment.
  String id(String name) {
    Optional<JsonValue.Text> found = find(name, TEXT);
    if (found.isEmpty()) {
      return "";
    }
    if (!found.get().isWellFormed()) {
      problem(name, "must be well-formed Unicode");
      return "";
    }
    String id = found.get().value();
    if (id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
      problem(name, "must have at most " + MAX_ID_BYTES + " bytes");
    }
    return id;
  }

  Instant time(String name) {
    return V0Time.instant(integer(name, 0, Long.MAX_VALUE));
  }

  Duration duration(String name) {
    return V0Time.duration(integer(name, 0, Long.MAX_VALUE));
  }

  /// The time of a request, which must be near the server's.
  Instant timestamp(String name, TimestampTolerance tolerance, Instant now) {
    int before = problems.size();
    Instant timestamp = time(name);
    if (problems.size() == before && !tolerance.accepts(timestamp, now)) {
      problem(name, TimestampTolerance.RULE);
    }
    return timestamp;
  }

  /// The members of `payment_tx`; `provider` must have been expected in the first stage.
  PaymentTx.Claimable payment() {
    return numbered(
        "provider",
        number -> PaymentProvider.ofV0Number(number).flatMap(this::paymentOf),
        "must be 1 or 2",
        NO_PAYMENT);
  }

  private Optional<PaymentTx.Claimable> paymentOf(PaymentProvider provider) {
    return switch (provider) {
      case GOOGLE_PLAY ->
          Optional.of(
              new PaymentTx.Google(
                  new PurchaseToken(id("google_payment_token")),
                  new OrderId(id("google_order_id"))));
      case APP_STORE -> Optional.of(new PaymentTx.Apple(new TransactionId(id("apple_tx_id"))));
      case STF -> Optional.empty();
    };
  }

  private <V extends JsonValue> Optional<V> find(String name, Kind<V> kind) {
    Optional<JsonValue> member = json.member(name);
    if (member.isEmpty()) {
      problem(name, "is missing");
    } else if (!kind.type().isInstance(member.get())) {
      problem(name, kind.rule());
    }
    return member.filter(kind.type()::isInstance).map(kind.type()::cast);
  }

  /// Notes a rule that a member breaks.
  void problem(String name, String rule) {
    problems.add(new BadRequest.Problem(path + name, rule));
  }
}
