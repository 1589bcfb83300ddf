package org.sessionpro.protocol.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sessionpro.protocol.v0.Samples.CRYPTO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.RotatingKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.StoreBindings;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Blake2bParameters;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.crypto.SigningKey;
import org.sessionpro.protocol.vectors.VectorHome;
import org.sessionpro.protocol.vectors.VectorSuite;
import org.sessionpro.protocol.vectors.WireV0Replacements;

/// The known answers of `wire-v0.json`, save those about entitlement, which the backend runs.
class WireV0VectorsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant NOW = Samples.NOW;

  private final VectorSuite suite = VectorSuite.of("wire-v0.json");

  @TestFactory
  Stream<DynamicNode> knownAnswers() {
    return suite
        .answersFor(VectorHome.V0_CODECS)
        .prose("conventions")
        .prose("cross_checks")
        .run("keys", this::keysFollowFromTheirSeeds)
        .runReplacing(
            "request_hashes",
            "id",
            WireV0Replacements.HASH_ONLY,
            this::requestIsReadSignedAndWritten,
            this::requestIsHashed)
        .replaced("gen_index_hash", this::tagFollowsFromSaltAndIndex)
        .replaced("proofs", this::proofIsSignedAndRead)
        .replaced("google_obfuscated_account_id", this::accountIdIsTheHashOfTheKey)
        .replaced("revocation_item", this::revocationRunsFromItsStamp)
        .run("negative", this::signatureDoesNotVerify)
        .run("malformed", this::codecFindsTheProblems)
        .replaced("upstream_examples", this::exampleVerifiesUnderItsOwnPersonalisation)
        .elsewhere("round_up_to_utc_day")
        .elsewhere("proof_expiry")
        .elsewhere("account_state")
        .tests();
  }

  @Test
  void everyReplacedCaseStandsInTheFile() {
    JsonNode root = suite.root();
    assertThat(root.path("request_hashes").findValuesAsText("id"))
        .containsAll(WireV0Replacements.HASH_ONLY);
    assertThat(root.path("account_state").path("cases").findValuesAsText("id"))
        .containsAll(WireV0Replacements.ACCOUNT_STATE.keySet());
    assertThat(root.fieldNames()).toIterable().containsAll(WireV0Replacements.SECTIONS.keySet());
    WireV0Replacements.ANSWERED_AS_V1.forEach((path, bodies) ->
        assertThat(root.path("malformed"))
            .filteredOn(vector -> List.of(path, "any").contains(text(vector, "endpoint")))
            .extracting(vector -> text(vector, "body"))
            .containsAll(bodies));
  }

  private void keysFollowFromTheirSeeds(JsonNode keys) {
    assertThat(keys).hasSize(5);
    for (JsonNode key : keys) {
      Seed seed = Seed.fromHex(text(key, "seed"));
      assertThat(CRYPTO.signingKey(seed).publicKey().hex()).isEqualTo(text(key, "public"));
      if (key.has("x25519_public")) {
        AgreementKey agreement = CRYPTO.agreementKey(seed);
        assertThat(agreement.publicKey().hex()).isEqualTo(text(key, "x25519_public"));
        assertThat(agreement.privateKey().hex()).isEqualTo(text(key, "x25519_private"));
      }
    }
  }

  private void requestIsReadSignedAndWritten(JsonNode vector) throws IOException {
    JsonNode body = vector.get("request_json");
    V0Request request = parse(text(vector, "endpoint"), body.toString(), timestamp(body));
    assertThat(MAPPER.readTree(request.toJson())).isEqualTo(body);
    assertThat(signedByClient(vector)).isEqualTo(request);
    switch (request) {
      case SignedByBoth both -> {
        assertMessage(vector, both.message());
        assertThat(both.authenticity(CRYPTO, Samples.BACKEND_KEY))
            .isEqualTo(Authenticity.AUTHENTIC);
      }
      case SignedByMaster master -> {
        assertMessage(vector, master.message());
        assertThat(master.isAuthentic(CRYPTO)).isTrue();
      }
      case GetProRevocationsRequest unsigned -> throw new AssertionError(unsigned);
    }
  }

  private void requestIsHashed(JsonNode vector) {
    JsonNode inputs = vector.get("inputs");
    MasterKey master = new MasterKey(key(inputs, "master").publicKey());
    JsonNode tx = inputs.get("payment_tx");
    V0Message message =
        switch (text(vector, "endpoint")) {
          case AddProPaymentRequest.PATH ->
              V0Message.add(
                  master,
                  new RotatingKey(key(inputs, "rotating").publicKey()),
                  new PaymentTx.Voucher(new OrderId(text(tx, "rangeproof_order_id"))));
          case SetPaymentRefundRequestedRequest.PATH ->
              V0Message.refund(master, timestamp(inputs), refundRequested(inputs), claimable(tx));
          default -> throw new AssertionError(vector);
        };
    assertMessage(vector, message);
    assertThat(key(inputs, "master").sign(message.digest(CRYPTO)).hex())
        .isEqualTo(text(vector, "master_sig"));
  }

  private static void assertMessage(JsonNode vector, V0Message message) {
    assertThat(message.purpose().personalisation()).isEqualTo(text(vector, "personalisation"));
    assertThat(message.preimage().hex()).isEqualTo(text(vector, "preimage_hex"));
    assertThat(hex(message.digest(CRYPTO))).isEqualTo(text(vector, "digest_hex"));
  }

  private V0Request signedByClient(JsonNode vector) {
    JsonNode inputs = vector.get("inputs");
    SigningKey master = key(inputs, "master");
    return switch (text(vector, "endpoint")) {
      case AddProPaymentRequest.PATH ->
          AddProPaymentRequest.sign(
              CRYPTO, master, key(inputs, "rotating"), claimable(inputs.get("payment_tx")));
      case GenerateProProofRequest.PATH ->
          GenerateProProofRequest.sign(CRYPTO, master, key(inputs, "rotating"), timestamp(inputs));
      case GetProDetailsRequest.PATH ->
          GetProDetailsRequest.sign(
              CRYPTO, master, timestamp(inputs), inputs.get("count").longValue());
      case SetPaymentRefundRequestedRequest.PATH ->
          SetPaymentRefundRequestedRequest.sign(
              CRYPTO,
              master,
              timestamp(inputs),
              refundRequested(inputs),
              claimable(inputs.get("payment_tx")));
      default -> throw new AssertionError(vector);
    };
  }

  private SigningKey key(JsonNode inputs, String role) {
    JsonNode key = suite.root().path("keys").path(text(inputs, role));
    return CRYPTO.signingKey(Seed.fromHex(text(key, "seed")));
  }

  private static PaymentTx.Claimable claimable(JsonNode tx) {
    return tx.has("apple_tx_id")
        ? new PaymentTx.Apple(new TransactionId(text(tx, "apple_tx_id")))
        : new PaymentTx.Google(
            new PurchaseToken(text(tx, "google_payment_token")),
            new OrderId(text(tx, "google_order_id")));
  }

  private void tagFollowsFromSaltAndIndex(JsonNode vector) {
    ByteString salt = ByteString.fromHex(text(vector, "salt_hex"));
    byte[] preimage = HexFormat.of().parseHex(text(vector, "preimage_hex"));
    assertThat(hex(CRYPTO.blake2b256(Blake2bParameters.salted(salt), preimage)))
        .isEqualTo(text(vector, "digest_hex"));
    assertThat(GenIndexHash.of(CRYPTO, salt, vector.get("gen_index").longValue()).hex())
        .isEqualTo(text(vector, "digest_hex"));
  }

  private void proofIsSignedAndRead(JsonNode vector) throws IOException {
    JsonNode result = vector.get("result_json");
    ProProof proof = ProProof.parse(Samples.json(result.toString()));
    assertMessage(vector, V0Message.proof(proof.tag(), proof.rotating(), proof.expiry()));
    assertThat(
            ProProof.issue(
                CRYPTO,
                Samples.BACKEND,
                RevocationTag.fromHex(text(vector, "gen_index_hash")),
                RotatingKey.fromHex(text(vector, "rotating_pkey")),
                Instant.ofEpochMilli(vector.get("expiry_unix_ts_ms").longValue())))
        .isEqualTo(proof);
    assertThat(MAPPER.readTree(new V0Answer.Success<>(proof).toJson()).get("result"))
        .isEqualTo(result);
    BackendKey signer = BackendKey.fromHex(text(vector, "signer_public"));
    assertThat(proof.verify(CRYPTO, signer, proof.expiry(), ProRevocations.NONE))
        .isEqualTo(ProofVerdict.VALID);
  }

  private void accountIdIsTheHashOfTheKey(JsonNode vector) {
    MasterKey master = MasterKey.fromHex(text(vector, "master_pkey"));
    assertThat(StoreBindings.of(master).googleKeyHash().hex())
        .isEqualTo(text(vector, "google_obfuscated_account_id"));
  }

  private void revocationRunsFromItsStamp(JsonNode vector) {
    long creation = vector.get("creation").longValue();
    Instant stamp = Instant.ofEpochMilli(creation);
    ProRevocations.Item item = ProRevocations.Item.stamped(Samples.TAG, stamp);
    long second = Math.floorDiv(creation, 1000L);
    assertThat(item.effective().toEpochMilli()).isEqualTo((second + 86_400) * 1000);
    assertThat(item.expiry().toEpochMilli()).isEqualTo((second + 2_678_400) * 1000);
    if (creation == 1_772_018_000_000L) {
      assertThat(item.effective().toEpochMilli())
          .isEqualTo(vector.get("item_effective_unix_ts_ms").longValue());
    }
  }

  private void signatureDoesNotVerify(JsonNode vector) {
    assertThat(
            CRYPTO.verify(
                MasterKey.fromHex(text(vector, "public")),
                HexFormat.of().parseHex(text(vector, "message_hex")),
                Signature.fromHex(text(vector, "signature"))))
        .isEqualTo(vector.get("verifies").booleanValue());
  }

  private void codecFindsTheProblems(JsonNode vector) {
    List<String> endpoints =
        text(vector, "endpoint").equals("any")
            ? Arrays.stream(Endpoint.values()).map(e -> e.path).toList()
            : List.of(text(vector, "endpoint"));
    for (String endpoint : endpoints) {
      BadRequest problems =
          catchThrowableOfType(BadRequest.class, () -> parse(endpoint, text(vector, "body"), NOW));
      assertThat(problems == null ? V0Status.SUCCESS.code() : V0Status.PARSE_ERROR.code())
          .isEqualTo(vector.get("status").intValue());
      if (vector.has("errors_count")) {
        assertThat(problems.problems()).hasSize(vector.get("errors_count").intValue());
      }
    }
  }

  private void exampleVerifiesUnderItsOwnPersonalisation(JsonNode vector) {
    ByteString preimage = ByteString.fromHex(text(vector, "preimage_hex"));
    Blake2bParameters parameters = Blake2bParameters.personalised(text(vector, "personalisation"));
    byte[] digest = CRYPTO.blake2b256(parameters, preimage.toByteArray());
    assertThat(hex(digest)).isEqualTo(text(vector, "digest_hex"));
    assertThat(
            CRYPTO.verify(
                MasterKey.fromHex(text(vector, "public")),
                digest,
                Signature.fromHex(text(vector, "signature"))))
        .isEqualTo(vector.get("verifies").booleanValue());
    assertThat(rebuilt(text(vector, "id"), preimage.toByteArray()).preimage()).isEqualTo(preimage);
  }

  /// The same fields, laid out by the code under test.
  private static V0Message rebuilt(String id, byte[] preimage) {
    ByteString first = ByteString.of(preimage, 1, 32);
    RotatingKey rotating = new RotatingKey(ByteString.of(preimage, 33, 32));
    if (id.startsWith("doc-add-request")) {
      String token = new String(preimage, 66, preimage.length - 66, StandardCharsets.US_ASCII);
      return V0Message.add(
          new MasterKey(first),
          rotating,
          new PaymentTx.Google(new PurchaseToken(token), new OrderId("")));
    }
    long millis = 0;
    for (int i = 72; i >= 65; i--) {
      millis = millis << 8 | (preimage[i] & 0xFF);
    }
    Instant instant = Instant.ofEpochMilli(millis);
    return id.equals("doc-verify-generate-request")
        ? V0Message.generate(new MasterKey(first), rotating, instant)
        : V0Message.proof(new RevocationTag(first), rotating, instant);
  }

  private static V0Request parse(String endpoint, String body, Instant now) {
    return Endpoint.ofPath(endpoint).parse(Samples.json(body), now);
  }

  private static Instant timestamp(JsonNode members) {
    return Instant.ofEpochMilli(members.path("unix_ts_ms").longValue());
  }

  private static Instant refundRequested(JsonNode members) {
    return Instant.ofEpochMilli(members.get("refund_requested_unix_ts_ms").longValue());
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).textValue();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
