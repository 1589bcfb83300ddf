package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_KEY;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_SEED;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.MASTER;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;

/// Whatever arrives, a reader returns a value or throws [BadRequest], and the checks behind it
/// return a verdict.
class HostileInputTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final PaymentCursors CURSORS =
      new PaymentCursors(CRYPTO, BACKEND_SEED, new SecureRandom());

  private static final List<byte[]> VALID =
      List.of(
          GenerateProProofRequest.sign(MASTER, ROTATING, NOW).toJson(),
          GetProStatusRequest.sign(MASTER, NOW).toJson(),
          GetPaymentDetailsRequest.sign(MASTER, NOW, DecimalInteger.of(10), "00").toJson(),
          new V1Answer.Ok<>(
                  new StatusResult(UserStatus.ACTIVE, AccountTerm.NONE, V1AnswerTest.GOOGLE))
              .toJson());

  private static final List<String> NAMES =
      List.of(
          "master_pkey",
          "rotating_pkey",
          "ts",
          "master_sig",
          "rotating_sig",
          "limit",
          "before",
          "ticket",
          "status",
          "result",
          "error_code",
          "error",
          "items",
          "latest_payment",
          "expiry_ts",
          "purchased_ts",
          "user_status",
          "plan",
          "account_expiry_ts");

  private static final List<String> LITERALS =
      List.of(
          "null",
          "true",
          "\"\"",
          "\"ok\"",
          "\"fail\"",
          "\"active\"",
          "\"redeemed\"",
          "\"1m\"",
          "\"stf\"",
          "\"\\ud800\"",
          "1e999999999",
          "-0",
          "0",
          "1700000000",
          "1700000000.0",
          "0.0",
          "\"" + "ab".repeat(32) + "\"",
          "\"" + "00".repeat(64) + "\"",
          "\"" + "00".repeat(48) + "\"");

  private static final List<Function<JsonObject, ?>> READERS =
      List.of(
          body -> GenerateProProofRequest.parse(body).admit(CRYPTO, BACKEND_KEY, NOW),
          body -> GetProStatusRequest.parse(body).admit(CRYPTO, NOW),
          body -> GetPaymentDetailsRequest.parse(body).admit(CRYPTO, NOW),
          body -> GetPaymentDetailsRequest.parse(body).page(CURSORS),
          GetProRevocationsRequest::parse,
          answer -> V1Answer.parse(answer, ProofResult::parse),
          answer -> V1Answer.parse(answer, StatusResult::parse),
          answer -> V1Answer.parse(answer, PaymentDetails::parse),
          answer -> V1Answer.parse(answer, RevocationList::parse),
          answer -> V1Answer.parse(answer, ServerStatus::parse));

  @Property(tries = 2_000)
  void randomBytes(@ForAll byte[] document) {
    assertHandled(document);
  }

  @Property(tries = 5_000)
  void randomJson(@ForAll long seed) {
    assertHandled(object(new SplittableRandom(seed), 3).getBytes(UTF_8));
  }

  @Property(tries = 2_000)
  void validDocumentsWithAByteChanged(
      @ForAll @IntRange(max = 3) int which,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll byte value) {
    byte[] document = VALID.get(which).clone();
    document[place % document.length] = value;
    assertHandled(document);
  }

  @Property(tries = 500)
  void validDocumentsCutShort(
      @ForAll @IntRange(max = 3) int which, @ForAll @IntRange(max = 10_000) int length) {
    byte[] document = VALID.get(which);
    assertHandled(Arrays.copyOf(document, length % document.length));
  }

  private static void assertHandled(byte[] document) {
    assertThatCode(
            () -> {
              JsonObject parsed = read(JsonObject::parse, document);
              if (parsed != null) {
                READERS.forEach(reader -> read(reader, parsed));
              }
            })
        .doesNotThrowAnyException();
  }

  private static <T, R> @Nullable R read(Function<T, R> reader, T document) {
    try {
      return reader.apply(document);
    } catch (BadRequest expected) {
      return null;
    }
  }

  private static String object(RandomGenerator random, int depth) {
    return IntStream.range(0, random.nextInt(12))
        .mapToObj(i -> "\"" + oneOf(random, NAMES) + "\":" + value(random, depth))
        .collect(joining(",", "{", "}"));
  }

  private static String array(RandomGenerator random, int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(i -> value(random, depth))
        .collect(joining(",", "[", "]"));
  }

  private static String value(RandomGenerator random, int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> Double.toString(random.nextDouble(-1e12, 1e12));
      case 2 -> "9".repeat(1 + random.nextInt(60));
      case 3 -> depth == 0 ? "{}" : object(random, depth - 1);
      case 4 -> depth == 0 ? "[]" : array(random, depth - 1);
      default -> oneOf(random, LITERALS);
    };
  }

  private static String oneOf(RandomGenerator random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
