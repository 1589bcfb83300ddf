package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_KEY;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_SEED;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.MASTER_KEY;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING_KEY;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;
import org.sessionpro.protocol.json.JsonObject;

/// Every request and every answer of v1 and the page cursor: what is read is written as the same,
/// and a cursor opens only as it was sealed, for whom it was sealed.
///
/// An input that begins with a brace or a blank is a document, any other one a cursor.
public final class V1Fuzz {
  private static final Allowed ALLOWED = Allowed.only(BadRequest.class);
  public static final FuzzTarget TARGET =
      new FuzzTarget("v1", V1Fuzz.class, V1Fuzz::fuzzerTestOneInput, ALLOWED);

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final PaymentCursors CURSORS =
      new PaymentCursors(CRYPTO, BACKEND_SEED, new SecureRandom());
  private static final int NONCE_SIZE = 24;

  private V1Fuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0 && input[0] != '{' && input[0] != ' ') {
      checkCursor(ByteBuffer.wrap(Arrays.copyOf(input, Long.BYTES + NONCE_SIZE + 2)));
      return;
    }
    ALLOWED
        .read(() -> JsonObject.parse(input))
        .ifPresent(body -> {
          checkRequests(body);
          checkAnswers(body);
        });
  }

  private static void checkRequests(JsonObject body) {
    request(body, GenerateProProofRequest::parse, GenerateProProofRequest::toJson)
        .ifPresent(r -> {
          r.admit(CRYPTO, BACKEND_KEY, NOW);
          r.checkSignatures(CRYPTO);
          r.checkKeys(BACKEND_KEY);
        });
    request(body, GetProStatusRequest::parse, GetProStatusRequest::toJson)
        .ifPresent(r -> assertAtIfFresh(r.admit(CRYPTO, NOW), r::at));
    request(body, GetPaymentDetailsRequest::parse, GetPaymentDetailsRequest::toJson)
        .ifPresent(r -> {
          assertAtIfFresh(r.admit(CRYPTO, NOW), r::at);
          ALLOWED
              .read(() -> r.page(CURSORS))
              .ifPresent(
                  page -> assertThat(page.size()).isBetween(1, GetPaymentDetailsRequest.MAX_PAGE));
        });
    request(body, GetProRevocationsRequest::parse, GetProRevocationsRequest::toJson)
        .ifPresent(r -> r.isBehind(KnownRevocations.NONE.ticket()));
    request(body, DevAddPaymentRequest::parse, DevAddPaymentRequest::toJson);
    request(body, DevRevokeRequest::parse, DevRevokeRequest::toJson);
  }

  private static <R> Optional<R> request(
      JsonObject body, Function<JsonObject, R> parse, Function<R, byte[]> write) {
    Optional<R> read = ALLOWED.read(() -> parse.apply(body));
    read.ifPresent(request -> {
      R again = parse.apply(JsonObject.parse(write.apply(request)));
      assertThat(again).isEqualTo(request);
      assertThat(write.apply(again)).isEqualTo(write.apply(request));
    });
    return read;
  }

  /// A request that is not stale has an instant near ours.
  private static void assertAtIfFresh(Admission admission, Supplier<Instant> at) {
    if (admission != Admission.STALE) {
      assertThat(at.get()).isBetween(NOW.minusSeconds(70), NOW.plusSeconds(70));
    }
  }

  private static void checkAnswers(JsonObject body) {
    answer(body, ProofResult::parse)
        .ifPresent(result -> result.proof().verify(CRYPTO, BACKEND_KEY, NOW, Revocations.NONE));
    answer(body, StatusResult::parse);
    answer(body, PaymentDetails::parse);
    answer(body, RevocationList::parse).ifPresent(V1Fuzz::checkLearning);
    answer(body, ServerStatus::parse);
    answer(body, DevPayment::parse);
    answer(body, DevRevocation::parse);
  }

  private static <R extends V1Result> Optional<R> answer(
      JsonObject body, Function<JsonObject, R> result) {
    Optional<V1Answer<R>> read = ALLOWED.read(() -> V1Answer.parse(body, result));
    return read.flatMap(answer -> {
      assertThat(V1Answer.parse(JsonObject.parse(answer.toJson()), result)).isEqualTo(answer);
      return answer instanceof V1Answer.Ok<R>(R value) ? Optional.of(value) : Optional.empty();
    });
  }

  /// What a list names is known while it is retained.
  private static void checkLearning(RevocationList list) {
    KnownRevocations known = KnownRevocations.NONE.learn(list, NOW);
    for (RevocationList.Item item : list.items()) {
      assertThat(known.effectiveAt(item.tag()).isPresent())
          .isEqualTo(list.retainFor().isPositive());
    }
    assertThat(known.learn(list, NOW)).isEqualTo(known);
  }

  private static void checkCursor(ByteBuffer input) {
    long boundary = input.getLong();
    byte[] nonce = new byte[NONCE_SIZE];
    input.get(nonce);
    String token = CURSORS.seal(MASTER_KEY, boundary, nonce);
    assertThat(CURSORS.open(MASTER_KEY, token)).isEqualTo(boundary);
    byte[] changed = ByteString.fromHex(token).toByteArray();
    changed[Math.floorMod(input.get(), changed.length)] ^= (byte) (input.get() | 1);
    MasterKey other = new MasterKey(ROTATING_KEY.bytes());
    for (String wrong :
        List.of(ByteString.of(changed).hex(), token.substring(2), token + "00", " " + token)) {
      assertThat(ALLOWED.read(() -> CURSORS.open(MASTER_KEY, wrong))).isEmpty();
    }
    assertThat(ALLOWED.read(() -> CURSORS.open(other, token))).isEmpty();
  }
}
