package org.sessionpro.backend.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.ProDetails;
import org.sessionpro.protocol.v0.ProProof;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.RefundRequestedResult;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v0.V0Answer;
import org.sessionpro.protocol.v0.V0Result;
import org.sessionpro.protocol.v0.clients.LibsessionClient;
import org.sessionpro.protocol.v0.clients.ReleasedClients;
import org.sessionpro.protocol.v1.DevAddPaymentRequest;
import org.sessionpro.protocol.v1.DevPayment;
import org.sessionpro.protocol.v1.DevRevocation;
import org.sessionpro.protocol.v1.DevRevokeRequest;
import org.sessionpro.protocol.v1.PaymentDetails;
import org.sessionpro.protocol.v1.ProofResult;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.ServerStatus;
import org.sessionpro.protocol.v1.StatusResult;
import org.sessionpro.protocol.v1.V1Answer;
import org.sessionpro.protocol.v1.V1Result;

/// What every answer must be, whatever was asked: an envelope that is written exactly as the
/// protocol library writes it and that the released clients understand, or one of few short texts.
public final class AnswerRules {
  private static final String JSON = "application/json";
  private static final Set<String> TEXTS =
      Set.of(
          "",
          "Bad request\n",
          "Not accepted\n",
          "Not found\n",
          "Method not allowed\n",
          "Body too large\n",
          "Invalid v4 onion request");

  private static final Pattern INTERNALS =
      Pattern.compile("Exception|\\bat [a-z]+\\.|\\b(org|com|java|javax|jdk)\\.[a-z]+");

  /// What v1 says of a fault, and of nothing else.
  private static final String FAULT = "the server failed";

  private AnswerRules() {}

  /// Checks the answer to a request for `path`.
  ///
  /// @param body not compressed
  public static void check(String path, int status, String contentType, ByteString body) {
    checkForm(status, contentType, body);
    if (status == 401) {
      assertThat(path).isEqualTo(AppleWebhook.PATH);
    }
    if (contentType.equals(JSON)) {
      checkEnvelope(path, body);
    }
  }

  /// Checks the answer to any request.
  ///
  /// @param body not compressed
  public static void checkForm(int status, String contentType, ByteString body) {
    String text = new String(body.toByteArray(), StandardCharsets.UTF_8);
    assertThat(text).doesNotContain(FAULT);
    switch (contentType) {
      case "text/plain; charset=utf-8" -> {
        assertThat(status).isIn(200, 400, 401, 404, 405, 413);
        assertThat(text).isIn(TEXTS);
      }
      case JSON -> {
        assertThat(status).isEqualTo(200);
        assertThat(text).doesNotContainPattern(INTERNALS);
      }
      default -> throw new AssertionError("content type " + contentType);
    }
  }

  private static void checkEnvelope(String path, ByteString body) {
    byte[] document = body.toByteArray();
    JsonObject envelope = JsonObject.parse(document);
    // The two protocols tell success by a number and by a word.
    boolean v0 = envelope.member("status").orElseThrow() instanceof JsonValue.Int;
    assertThat(v0 ? v0(path, envelope) : v1(path, envelope)).isEqualTo(document);
    if (v0) {
      showToClients(path, document);
    }
  }

  /// The same answer of v0, written anew.
  private static byte[] v0(String path, JsonObject envelope) {
    Function<JsonObject, V0Result> result =
        switch (path) {
          case V0Calls.PROOF, AddProPaymentRequest.PATH -> ProProof::parse;
          case V0Calls.REVOCATIONS -> ProRevocations::parse;
          case GetProDetailsRequest.PATH -> ProDetails::parse;
          case SetPaymentRefundRequestedRequest.PATH -> RefundRequestedResult::parse;
          default -> throw new AssertionError("no route of v0: " + path);
        };
    return V0Answer.parse(envelope, result).toJson();
  }

  private static void showToClients(String path, byte[] answer) {
    switch (path) {
      case V0Calls.PROOF -> ReleasedClients.acceptProof(answer);
      case AddProPaymentRequest.PATH -> ReleasedClients.acceptAdd(answer);
      case V0Calls.REVOCATIONS -> ReleasedClients.acceptRevocations(answer);
      case SetPaymentRefundRequestedRequest.PATH -> ReleasedClients.acceptRefund(answer);
      default -> LibsessionClient.acceptDetails(answer);
    }
  }

  /// The same answer of v1, written anew.
  private static byte[] v1(String path, JsonObject envelope) {
    Function<JsonObject, V1Result> result =
        switch (path) {
          case V1Calls.PROOF -> ProofResult::parse;
          case V1Calls.STATUS -> StatusResult::parse;
          case V1Calls.PAYMENTS -> PaymentDetails::parse;
          case V1Calls.REVOCATIONS -> RevocationList::parse;
          case "/status" -> ServerStatus::parse;
          case DevAddPaymentRequest.PATH -> DevPayment::parse;
          case DevRevokeRequest.PATH -> DevRevocation::parse;
          default -> throw new AssertionError("no route of v1: " + path);
        };
    V1Answer<V1Result> answer = V1Answer.parse(envelope, result);
    if (answer instanceof V1Answer.Refused<V1Result> refused) {
      assertThat(refused.refusal().code()).isPresent();
      List<String> members =
          List.of(
              "status",
              "error_code",
              "error",
              "account_expiry_ts",
              "account_grace_period_duration",
              "account_auto_renewing");
      assertThat(members).containsAll(envelope.names());
    }
    return answer.toJson();
  }
}
