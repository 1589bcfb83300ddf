package org.sessionpro.protocol.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_KEY;
import static org.sessionpro.protocol.v1.TestKeys.BACKEND_SEED;
import static org.sessionpro.protocol.v1.TestKeys.CRYPTO;
import static org.sessionpro.protocol.v1.TestKeys.MASTER;
import static org.sessionpro.protocol.v1.TestKeys.ROTATING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.OpenedOnion;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;

/// The known answers of `wire-v1.json` that concern encoding, signing, parsing, derivation and
/// the onion; those of the entitlement rules are run where the rules are.
class WireV1VectorsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final VectorSuite SUITE = VectorSuite.of("wire-v1.json");
  private static final PaymentCursors CURSORS =
      new PaymentCursors(CRYPTO, BACKEND_SEED, new SecureRandom());

  @TestFactory
  Stream<DynamicNode> wireV1() {
    return SUITE
        .answersFor(VectorHome.V1_CODECS)
        .prose("about")
        .run("keys", WireV1VectorsTest::keys)
        // decisions.md §8: the Google column is one of the two forms that are accepted.
        .replaced("account_binding", WireV1VectorsTest::accountBinding)
        .run("signed_messages", WireV1VectorsTest::signedMessage)
        .run("proofs", WireV1VectorsTest::proof)
        .run("negative_signatures", WireV1VectorsTest::negativeSignature)
        .run("request_bodies", WireV1VectorsTest::requestBodies)
        .run("body_validation", WireV1VectorsTest::bodyValidation)
        .run("timestamp_tolerance", WireV1VectorsTest::timestampTolerance)
        .run("pagination_cursor", "seal", WireV1VectorsTest::sealedCursor)
        .run("pagination_cursor", "reject", WireV1VectorsTest::rejectedCursor)
        .run("payment_id", WireV1VectorsTest::paymentId)
        .run("plan_codes", "emitted", WireV1VectorsTest::planCode)
        .run("plan_codes", "valid", WireV1VectorsTest::planCode)
        .run("plan_codes", "invalid", WireV1VectorsTest::noPlanCode)
        .run("onion_v4", WireV1VectorsTest::onionV4)
        .elsewhere("proof_expiry")
        .elsewhere("coverage")
        .elsewhere("payment_status")
        .elsewhere("credit_drain")
        .elsewhere("entitlement_fold")
        .elsewhere("revocation_decision")
        .elsewhere("revocation_list")
        .elsewhere("proof_counters")
        .elsewhere("auto_redeem_deadline")
        .elsewhere("google_converge")
        .tests();
  }

  /// The two tables of `plan_codes` are objects, which the suite does not count as cases.
  @TestFactory
  Stream<DynamicTest> planTables() {
    JsonNode plans = SUITE.root().path("plan_codes");
    return Stream.concat(
        plans
            .path("operator_labels")
            .propertyStream()
            .map(label ->
                dynamicTest(
                    "label " + label.getKey(),
                    () -> operatorLabel(label.getKey(), label.getValue()))),
        plans
            .path("nominal_length")
            .propertyStream()
            .map(length ->
                dynamicTest(
                    "length of " + length.getKey(),
                    () -> nominalLength(length.getKey(), length.getValue()))));
  }

  private static void keys(JsonNode keys) {
    keys.forEach(pair ->
        assertThat(CRYPTO.signingKey(Seed.fromHex(text(pair, "seed"))).publicKey().hex())
            .isEqualTo(text(pair, "public")));
    JsonNode backend = keys.path("backend");
    AgreementKey agreement = CRYPTO.agreementKey(BACKEND_SEED);
    assertThat(agreement.privateKey().hex()).isEqualTo(text(backend, "x25519_private"));
    assertThat(agreement.publicKey().hex()).isEqualTo(text(backend, "x25519_public"));
    assertThat(BACKEND_SEED.bytes().hex() + BACKEND_KEY.hex())
        .isEqualTo(text(backend, "key_file_text"));
  }

  private static void accountBinding(JsonNode vector) {
    StoreBindings bindings = StoreBindings.of(MasterKey.fromHex(text(vector, "master_pkey")));
    assertThat(text(vector, "google_obfuscated_account_id"))
        .isIn(bindings.googleKey().hex(), bindings.googleKeyHash().hex());
    assertThat(bindings.appleToken()).hasToString(text(vector, "apple_app_account_token"));
  }

  private static void signedMessage(JsonNode vector) {
    byte[] message = message(text(vector, "domain"), vector.path("fields"));
    assertThat(hex(message)).isEqualTo(text(vector, "message"));
    assertThat(MASTER.sign(message).hex()).isEqualTo(vector.at("/signatures/master").asText());
    if (vector.path("signatures").has("rotating")) {
      assertThat(ROTATING.sign(message).hex())
          .isEqualTo(vector.at("/signatures/rotating").asText());
    }
  }

  private static byte[] message(String domain, JsonNode fields) {
    MasterKey master = MasterKey.fromHex(text(fields, "master_pkey"));
    DecimalInteger ts = new DecimalInteger(text(fields, "ts"));
    return switch (domain) {
      case "ProGenerateProof" ->
          SignedMessages.generateProProof(
              master, RotatingKey.fromHex(text(fields, "rotating_pkey")), ts);
      case "ProGetProStatus_" -> SignedMessages.getProStatus(master, ts);
      case "ProGetPayDetails" ->
          SignedMessages.getPaymentDetails(
              master, ts, new DecimalInteger(text(fields, "limit")), text(fields, "before"));
      default -> throw new AssertionError(domain);
    };
  }

  private static void proof(JsonNode vector) {
    RevocationTag tag = RevocationTag.fromHex(text(vector, "revocation_tag"));
    RotatingKey rotating = RotatingKey.fromHex(text(vector, "rotating_pkey"));
    Instant expiry = Instant.ofEpochSecond(vector.path("expiry_ts").asLong());
    BackendKey backend = BackendKey.fromHex(text(vector, "backend_pkey"));
    assertThat(hex(SignedMessages.proof(tag, rotating, expiry))).isEqualTo(text(vector, "message"));
    Proof proof = Proof.sign(BACKEND, tag, rotating, expiry);
    assertThat(proof.signature().hex()).isEqualTo(text(vector, "sig"));
    assertThat(proof.verify(CRYPTO, backend, expiry, Revocations.NONE))
        .isEqualTo(Proof.Verdict.VALID);
  }

  private static void negativeSignature(JsonNode vector) {
    MasterKey key = MasterKey.fromHex(text(vector, "public_key"));
    byte[] message = HexFormat.of().parseHex(text(vector, "message"));
    boolean valid = CRYPTO.verify(key, message, Signature.fromHex(text(vector, "signature")));
    assertThat(valid).isEqualTo(vector.path("valid").asBoolean());
  }

  private static void requestBodies(JsonNode bodies) throws Exception {
    Instant now = Instant.ofEpochSecond(1_700_000_000);
    assertThat(MAPPER.readTree(GenerateProProofRequest.sign(MASTER, ROTATING, now).toJson()))
        .isEqualTo(bodies.at("/generate_pro_proof/body"));
    assertThat(MAPPER.readTree(GetProStatusRequest.sign(MASTER, now).toJson()))
        .isEqualTo(bodies.at("/get_pro_status/body"));
    assertThat(
            MAPPER.readTree(
                GetPaymentDetailsRequest.sign(MASTER, now, DecimalInteger.of(10), "").toJson()))
        .isEqualTo(bodies.at("/get_payment_details/body"));
  }

  /// Up to the account, which only the server knows. On the shared paths the server first finds out
  /// the protocol (`decisions.md` §1); all cases here are v1's there too.
  private static void bodyValidation(JsonNode vector) {
    Instant now = Instant.ofEpochMilli(vector.path("now_ms").asLong());
    byte[] body = text(vector, "raw_body").getBytes(UTF_8);
    assertThat(outcome(text(vector, "endpoint"), body, now)).isEqualTo(text(vector, "expect"));
  }

  private static String outcome(String endpoint, byte[] body, Instant now) {
    try {
      return admission(endpoint, JsonObject.parse(body), now)
          .refusal()
          .map(Refusal::slug)
          .orElse("accepted");
    } catch (BadRequest badRequest) {
      return Refusal.of(badRequest).slug();
    }
  }

  private static Admission admission(String endpoint, JsonObject body, Instant now) {
    return switch (endpoint) {
      case "generate_pro_proof" ->
          GenerateProProofRequest.parse(body).admit(CRYPTO, BACKEND_KEY, now);
      case "get_pro_status" -> GetProStatusRequest.parse(body).admit(CRYPTO, now);
      case "get_payment_details" -> {
        GetPaymentDetailsRequest request = GetPaymentDetailsRequest.parse(body);
        Admission admission = request.admit(CRYPTO, now);
        if (admission == Admission.ADMITTED) {
          assertThat(request.page(CURSORS).size()).isBetween(1, GetPaymentDetailsRequest.MAX_PAGE);
        }
        yield admission;
      }
      case "get_pro_revocations" -> {
        GetProRevocationsRequest.parse(body);
        yield Admission.ADMITTED;
      }
      default -> throw new AssertionError(endpoint);
    };
  }

  private static void timestampTolerance(JsonNode vector) {
    DecimalInteger ts = new DecimalInteger(text(vector, "ts"));
    Instant now = Instant.ofEpochMilli(vector.path("now_ms").asLong());
    assertThat(freshness(Freshness.GENERATE, ts, now))
        .isEqualTo(text(vector, "generate_pro_proof"));
    assertThat(freshness(Freshness.READ, ts, now)).isEqualTo(text(vector, "get_pro_status"));
    assertThat(freshness(Freshness.READ, ts, now)).isEqualTo(text(vector, "get_payment_details"));
  }

  private static String freshness(Freshness freshness, DecimalInteger ts, Instant now) {
    return freshness.isStale(ts, now) ? ErrorCode.STALE_REQUEST.slug() : "accept";
  }

  private static void sealedCursor(JsonNode vector) {
    MasterKey account = MasterKey.fromHex(text(vector, "master_pkey"));
    long boundary = vector.path("id").asLong();
    byte[] nonce = HexFormat.of().parseHex(text(vector, "nonce"));
    assertThat(hex(PaymentCursors.deriveKey(CRYPTO, BACKEND_SEED)))
        .isEqualTo(SUITE.root().at("/pagination_cursor/cursor_key").asText());
    assertThat(CURSORS.seal(account, boundary, nonce)).isEqualTo(text(vector, "token"));
    assertThat(CURSORS.open(account, text(vector, "token"))).isEqualTo(boundary);
  }

  private static void rejectedCursor(JsonNode vector) {
    MasterKey account = MasterKey.fromHex(text(vector, "master_pkey"));
    assertThatThrownBy(() -> CURSORS.open(account, text(vector, "token")))
        .isInstanceOf(BadRequest.class);
  }

  private static void paymentId(JsonNode vector) {
    PaymentId id =
        switch (text(vector, "provider")) {
          case "google_play" ->
              PaymentId.googlePlay(text(vector, "payment_token"), text(vector, "order_id"));
          case "app_store" -> PaymentId.appStore(text(vector, "tx_id"));
          default -> PaymentId.voucher(text(vector, "order_id"));
        };
    assertThat(id.provider().code()).isEqualTo(text(vector, "provider"));
    assertThat(id.text()).isEqualTo(text(vector, "payment_id"));
  }

  private static void planCode(JsonNode vector) {
    assertThat(Plan.ofCode(vector.asText()).orElseThrow().code()).isEqualTo(vector.asText());
  }

  private static void noPlanCode(JsonNode vector) {
    assertThat(Plan.ofCode(vector.asText())).isEmpty();
  }

  private static void operatorLabel(String label, JsonNode code) {
    assertThat(Plan.ofLabel(label)).contains(new Plan(code.asText()));
    assertThat(Plan.ofLabel(label.toUpperCase(Locale.ROOT))).contains(new Plan(code.asText()));
  }

  private static void nominalLength(String code, JsonNode seconds) {
    assertThat(new Plan(code).nominalLength()).contains(Duration.ofSeconds(seconds.asLong()));
  }

  /// A poll and its answer, both inside an onion.
  private static void onionV4(JsonNode vector) {
    OnionServer server =
        new OnionServer(
            CRYPTO,
            CRYPTO.agreementKey(BACKEND_SEED),
            List.of(),
            new FixedNonce(text(vector, "response_nonce")));
    byte[] answer = new V1Answer.Ok<>(RevocationList.of(Ticket.ZERO, List.of())).toJson();

    OpenedOnion opened = server.open(HexFormat.of().parseHex(text(vector, "request_post_body")));
    assertPollsFromTicketZero(opened);
    assertThat(hex(opened.seal(OnionReply.json(ByteString.of(answer)))))
        .isEqualTo(text(vector, "response_body"));

    String aesGcm = vector.at("/aes_gcm/request_post_body").asText();
    assertPollsFromTicketZero(server.open(HexFormat.of().parseHex(aesGcm)));
  }

  private static void assertPollsFromTicketZero(OpenedOnion opened) {
    OnionRequest request = opened.request().orElseThrow();
    assertThat(request.path()).isEqualTo("/get_pro_revocations");
    assertThat(GetProRevocationsRequest.parse(JsonObject.parse(request.body().toByteArray())))
        .isEqualTo(GetProRevocationsRequest.after(Ticket.ZERO));
  }

  private static final class FixedNonce extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final String hex;

    FixedNonce(String hex) {
      this.hex = hex;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      ByteString.fromHex(hex).copyTo(bytes, 0);
    }
  }

  private static String text(JsonNode vector, String name) {
    return vector.required(name).asText();
  }

  private static String hex(byte[] bytes) {
    return ByteString.of(bytes).hex();
  }
}
