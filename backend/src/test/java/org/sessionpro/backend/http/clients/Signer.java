package org.sessionpro.backend.http.clients;

import java.time.Instant;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.AddProPaymentRequest;
import org.sessionpro.protocol.v0.Authenticity;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.GetProDetailsRequest;
import org.sessionpro.protocol.v0.SetPaymentRefundRequestedRequest;
import org.sessionpro.protocol.v1.Admission;
import org.sessionpro.protocol.v1.DevAddPaymentRequest;
import org.sessionpro.protocol.v1.DevRevokeRequest;
import org.sessionpro.protocol.v1.GenerateProProofRequest;
import org.sessionpro.protocol.v1.GetPaymentDetailsRequest;
import org.sessionpro.protocol.v1.GetProStatusRequest;
import org.sessionpro.protocol.v1.SignedMessages;

/// Whose request a body is, by the protocol library alone.
///
/// @param backend the server's own key
/// @param now the server's clock
public record Signer(BackendKey backend, Instant now) {
  private static final Crypto CRYPTO = RunningBackend.CRYPTO;

  /// The same request with everything that it asks, in the name of `person` and signed; the same
  /// body if it is no request of that path.
  public byte[] sign(Person person, String path, byte[] body) {
    try {
      return signed(person, path, JsonObject.parse(body), body);
    } catch (BadRequest noRequest) {
      return body;
    }
  }

  private byte[] signed(Person person, String path, JsonObject request, byte[] otherwise) {
    return switch (path) {
      case V1Calls.PROOF -> signedProof(person, request);
      case V1Calls.STATUS -> {
        GetProStatusRequest asked = GetProStatusRequest.parse(request);
        byte[] message = SignedMessages.getProStatus(person.masterKey(), asked.ts());
        yield new GetProStatusRequest(person.masterKey(), asked.ts(), person.master().sign(message))
            .toJson();
      }
      case V1Calls.PAYMENTS -> {
        GetPaymentDetailsRequest asked = GetPaymentDetailsRequest.parse(request);
        byte[] message =
            SignedMessages.getPaymentDetails(
                person.masterKey(), asked.ts(), asked.limit(), asked.before());
        yield new GetPaymentDetailsRequest(
                person.masterKey(),
                asked.ts(),
                asked.limit(),
                asked.before(),
                person.master().sign(message))
            .toJson();
      }
      case AddProPaymentRequest.PATH -> {
        AddProPaymentRequest asked = AddProPaymentRequest.parse(request);
        yield AddProPaymentRequest.sign(CRYPTO, person.master(), person.rotating(), asked.payment())
            .toJson(DevTerms.parse(request));
      }
      case GetProDetailsRequest.PATH -> {
        GetProDetailsRequest asked = GetProDetailsRequest.parse(request, now);
        yield GetProDetailsRequest.sign(CRYPTO, person.master(), asked.timestamp(), asked.count())
            .toJson();
      }
      case SetPaymentRefundRequestedRequest.PATH -> {
        SetPaymentRefundRequestedRequest asked =
            SetPaymentRefundRequestedRequest.parse(request, now);
        yield SetPaymentRefundRequestedRequest.sign(
                CRYPTO,
                person.master(),
                asked.timestamp(),
                asked.refundRequested(),
                asked.payment())
            .toJson();
      }
      case DevAddPaymentRequest.PATH -> {
        DevAddPaymentRequest asked = DevAddPaymentRequest.parse(request);
        yield new DevAddPaymentRequest(
                person.masterKey(), asked.provider(), asked.plan(), asked.length(), asked.redeem())
            .toJson();
      }
      case DevRevokeRequest.PATH ->
          new DevRevokeRequest(person.masterKey(), DevRevokeRequest.parse(request).effectiveIn())
              .toJson();
      default -> otherwise;
    };
  }

  private byte[] signedProof(Person person, JsonObject request) {
    if (request.has("ts")) {
      GenerateProProofRequest asked = GenerateProProofRequest.parse(request);
      byte[] message =
          SignedMessages.generateProProof(person.masterKey(), person.rotatingKey(), asked.ts());
      return new GenerateProProofRequest(
              person.masterKey(),
              person.rotatingKey(),
              asked.ts(),
              person.master().sign(message),
              person.rotating().sign(message))
          .toJson();
    }
    Instant ts = org.sessionpro.protocol.v0.GenerateProProofRequest.parse(request, now).timestamp();
    return org.sessionpro.protocol.v0.GenerateProProofRequest.sign(
            CRYPTO, person.master(), person.rotating(), ts)
        .toJson();
  }

  /// Whether somebody has signed this request, so that the server may act for him.
  public boolean isAuthentic(String path, byte[] body) {
    try {
      return isAuthentic(path, JsonObject.parse(body));
    } catch (BadRequest noRequest) {
      return false;
    }
  }

  private boolean isAuthentic(String path, JsonObject request) {
    return switch (path) {
      case V1Calls.PROOF ->
          request.has("ts")
              ? GenerateProProofRequest.parse(request).admit(CRYPTO, backend, now)
                  == Admission.ADMITTED
              : org.sessionpro.protocol.v0.GenerateProProofRequest.parse(request, now)
                      .authenticity(CRYPTO, backend)
                  == Authenticity.AUTHENTIC;
      case V1Calls.STATUS ->
          GetProStatusRequest.parse(request).admit(CRYPTO, now) == Admission.ADMITTED;
      case V1Calls.PAYMENTS ->
          GetPaymentDetailsRequest.parse(request).admit(CRYPTO, now) == Admission.ADMITTED;
      case AddProPaymentRequest.PATH ->
          AddProPaymentRequest.parse(request).authenticity(CRYPTO, backend)
              == Authenticity.AUTHENTIC;
      case GetProDetailsRequest.PATH ->
          GetProDetailsRequest.parse(request, now).isAuthentic(CRYPTO);
      case SetPaymentRefundRequestedRequest.PATH ->
          SetPaymentRefundRequestedRequest.parse(request, now).isAuthentic(CRYPTO);
      default -> false;
    };
  }
}
