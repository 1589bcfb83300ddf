package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The outcome of a refund note (`wire-v0.md` §5.5).
///
/// @param updated whether the signer owns such a payment
public record RefundRequestedResult(boolean updated) implements V0Result {
  /// Reads a result.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems
  public static RefundRequestedResult parse(JsonObject result) {
    MemberReader in = new MemberReader(result);
    in.version();
    RefundRequestedResult refund = new RefundRequestedResult(in.bool("updated"));
    in.stop();
    return refund;
  }

  @Override
  public void write(JsonWriter out) {
    out.bool("updated", updated).integer("version", V0Message.VERSION);
  }
}
