package org.sessionpro.protocol.v0;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;

/// The five endpoints, with what their requests must hold.
enum Endpoint {
  ADD(AddProPaymentRequest.PATH),
  GENERATE(GenerateProProofRequest.PATH),
  REVOCATIONS(GetProRevocationsRequest.PATH),
  DETAILS(GetProDetailsRequest.PATH),
  REFUND(SetPaymentRefundRequestedRequest.PATH);

  final String path;

  Endpoint(String path) {
    this.path = path;
  }

  /// Pointers of all members that are integers.
  List<String> integers() {
    return switch (this) {
      case ADD -> List.of("/version", "/payment_tx/provider");
      case GENERATE -> List.of("/version", "/unix_ts_ms");
      case REVOCATIONS -> List.of("/version", "/ticket");
      case DETAILS -> List.of("/version", "/unix_ts_ms", "/count");
      case REFUND ->
          List.of(
              "/version", "/unix_ts_ms", "/refund_requested_unix_ts_ms", "/payment_tx/provider");
    };
  }

  /// Pointers of all members that are hex.
  List<String> hex() {
    return switch (this) {
      case ADD, GENERATE ->
          List.of("/master_pkey", "/rotating_pkey", "/master_sig", "/rotating_sig");
      case REVOCATIONS -> List.of();
      case DETAILS, REFUND -> List.of("/master_pkey", "/master_sig");
    };
  }

  static Endpoint ofPath(String path) {
    return Arrays.stream(values()).filter(e -> e.path.equals(path)).findFirst().orElseThrow();
  }

  /// A request that is right at [Samples#NOW].
  V0Request sample() {
    return switch (this) {
      case ADD -> Samples.add(Samples.GOOGLE);
      case GENERATE -> Samples.generate();
      case REVOCATIONS -> GetProRevocationsRequest.after(new Ticket(7));
      case DETAILS -> Samples.details();
      case REFUND -> Samples.refund(Samples.APPLE);
    };
  }

  V0Request parse(JsonObject body, Instant now) {
    return switch (this) {
      case ADD -> AddProPaymentRequest.parse(body);
      case GENERATE -> GenerateProProofRequest.parse(body, now);
      case REVOCATIONS -> GetProRevocationsRequest.parse(body);
      case DETAILS -> GetProDetailsRequest.parse(body, now);
      case REFUND -> SetPaymentRefundRequestedRequest.parse(body, now);
    };
  }

  V0Request parse(byte[] body) {
    return parse(JsonObject.parse(body), Samples.NOW);
  }
}
