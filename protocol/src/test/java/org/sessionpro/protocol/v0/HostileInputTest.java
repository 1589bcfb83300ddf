package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// Whatever arrives, parsers give a value or a [BadRequest]; any other exception fails.
class HostileInputTest {
  private static final List<String> NAMES =
      List.of(
          "version",
          "master_pkey",
          "rotating_pkey",
          "master_sig",
          "rotating_sig",
          "unix_ts_ms",
          "refund_requested_unix_ts_ms",
          "count",
          "ticket",
          "payment_tx",
          "provider",
          "google_payment_token",
          "google_order_id",
          "apple_tx_id",
          "rangeproof_order_id",
          "dev_plan",
          "dev_duration_ms",
          "dev_auto_renewing",
          "status",
          "result",
          "errors",
          "items",
          "gen_index_hash",
          "expiry_unix_ts_ms",
          "retry_in_s",
          "plan",
          "payment_provider",
          "sig",
          "updated");

  private static final List<Function<JsonObject, ?>> PARSERS =
      List.of(
          AddProPaymentRequest::parse,
          body -> GenerateProProofRequest.parse(body, Samples.NOW),
          GetProRevocationsRequest::parse,
          body -> GetProDetailsRequest.parse(body, Samples.NOW),
          body -> SetPaymentRefundRequestedRequest.parse(body, Samples.NOW),
          DevTerms::parse,
          ProProof::parse,
          ProRevocations::parse,
          ProDetails::parse,
          RefundRequestedResult::parse,
          body -> V0Answer.parse(body, ProProof::parse),
          body -> V0Answer.parse(body, ProRevocations::parse),
          body -> V0Answer.parse(body, ProDetails::parse));

  @Property
  void bytes(@ForAll byte[] document) {
    assertOnlyRefused(document);
  }

  @Provide
  Arbitrary<String> objects() {
    return object(value(3));
  }

  @Property
  void objects(@ForAll("objects") String document) {
    assertOnlyRefused(document.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<byte[]> almostRequests() {
    return edited(Arbitraries.of(Endpoint.class).map(endpoint -> endpoint.sample().toJson()));
  }

  @Property
  void almostRequests(@ForAll("almostRequests") byte[] document) {
    assertOnlyRefused(document);
  }

  @Provide
  Arbitrary<byte[]> almostAnswers() {
    return edited(answers().map(V0Answer::toJson));
  }

  @Property
  void almostAnswers(@ForAll("almostAnswers") byte[] document) {
    assertOnlyRefused(document);
  }

  @Provide
  Arbitrary<byte[]> almostResults() {
    return edited(answers().map(HostileInputTest::result));
  }

  @Property
  void almostResults(@ForAll("almostResults") byte[] document) {
    assertOnlyRefused(document);
  }

  private static Arbitrary<V0Answer<?>> answers() {
    return Arbitraries.of(
        SampleAnswers.proof(),
        SampleAnswers.revocations(),
        SampleAnswers.details(),
        SampleAnswers.refund(),
        V0Answer.failure(V0Status.ERROR, "no"));
  }

  private static byte[] result(V0Answer<?> answer) {
    return switch (answer) {
      case V0Answer.Success<?>(V0Result result) -> JsonWriter.object(result::write);
      case V0Answer.Failure<?> failure -> failure.toJson();
    };
  }

  private static Arbitrary<byte[]> edited(Arbitrary<byte[]> documents) {
    return Combinators.combine(documents, Arbitraries.of(NAMES), value(2))
        .as((document, name, value) -> JsonEdit.with(document, "/" + name, value));
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            Arbitraries.bigIntegers().map(Object::toString),
            Arbitraries.integers().between(-2, 4).map(Object::toString),
            Arbitraries.longs().map(Object::toString),
            Arbitraries.doubles().map(Object::toString),
            Arbitraries.of("true", "false", "null", "-0", "0.0", "1e400", "\"\"", "\"\\ud800\""),
            Arbitraries.of("ab", "AB", "zz", "\\u0000")
                .flatMap(pair -> Arbitraries.of(31, 32, 64).map(pair::repeat))
                .map(text -> '"' + text + '"'));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> inner = value(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        object(inner),
        inner.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]"));
  }

  private static Arbitrary<String> object(Arbitrary<String> value) {
    return Combinators.combine(Arbitraries.of(NAMES), value)
        .as((name, member) -> '"' + name + "\":" + member)
        .list()
        .ofMaxSize(12)
        .map(members -> "{" + String.join(",", members) + "}");
  }

  private static void assertOnlyRefused(byte[] document) {
    JsonObject body;
    try {
      body = JsonObject.parse(document);
    } catch (BadRequest refused) {
      assertThat(refused.problems()).isNotEmpty();
      return;
    }
    for (Function<JsonObject, ?> parser : PARSERS) {
      try {
        assertThat(parser.apply(body)).isNotNull();
      } catch (BadRequest refused) {
        assertThat(refused.problems()).isNotEmpty();
      }
    }
  }
}
