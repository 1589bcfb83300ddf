package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.GenerateProProofRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.RefundRequestedResult;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Result;

/// What every answer of v0 must be for released clients to understand it (`wire-v0.md` §2, §9): the
/// one place that every such answer of any test passes.
final class ClientsOfV0 {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> HEX = Set.of("gen_index_hash", "rotating_pkey", "sig");

  private ClientsOfV0() {}

  static void accept(String path, byte[] request, Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    V0Answer.parse(answer.object(), result -> resultOf(path, result));
    acceptMembers(answer.json());
    if (path.equals(GetProDetailsRequest.PATH) && asksForItems(request)) {
      acceptForAndroid(answer.json().path("result"));
    }
  }

  private static V0Result resultOf(String path, JsonObject result) {
    return switch (path) {
      case GenerateProProofRequest.PATH, AddProPaymentRequest.PATH -> ProProof.parse(result);
      case GetProDetailsRequest.PATH -> ProDetails.parse(result);
      case GetProRevocationsRequest.PATH -> ProRevocations.parse(result);
      case SetPaymentRefundRequestedRequest.PATH -> RefundRequestedResult.parse(result);
      default -> throw new AssertionError("no endpoint of v0: " + path);
    };
  }

  /// Never null, never a fraction, never negative, hex in lower case without prefix.
  private static void acceptMembers(JsonNode node) {
    assertThat(node.isNull()).as("null in %s", node).isFalse();
    if (node.isNumber()) {
      assertThat(node.isIntegralNumber()).as("integer: %s", node).isTrue();
      assertThat(node.longValue()).isNotNegative();
    }
    node.properties()
        .forEach(member -> {
          if (HEX.contains(member.getKey())) {
            assertThat(member.getValue().textValue()).matches("[0-9a-f]+");
          }
        });
    node.forEach(ClientsOfV0::acceptMembers);
  }

  /// Android rejects the details of a subscriber without items.
  private static void acceptForAndroid(JsonNode details) {
    if (details.path("status").intValue() > 0) {
      assertThat(details.path("items")).isNotEmpty();
    }
  }

  private static boolean asksForItems(byte[] request) {
    try {
      JsonNode body = JSON.readTree(new String(request, StandardCharsets.UTF_8));
      return body.path("count").longValue() > 0;
    } catch (JsonProcessingException noJson) {
      return false;
    }
  }
}
