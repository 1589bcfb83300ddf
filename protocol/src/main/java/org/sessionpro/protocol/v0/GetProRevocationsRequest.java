package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// "Which proofs are void?": `POST /get_pro_revocations` (`wire-v0.md` §5.3). Nobody signs it.
///
/// @param ticket of the newest list that the client holds, 0 for none; any integer
public record GetProRevocationsRequest(DecimalInteger ticket) implements V0Request {
  /// Where it is sent to.
  public static final String PATH = "/get_pro_revocations";

  /// Reads a body.
  ///
  /// @throws org.sessionpro.protocol.BadRequest with all problems of the first stage that has any
  public static GetProRevocationsRequest parse(JsonObject body) {
    MemberReader in = new MemberReader(body);
    in.expectIntegers("version", "ticket");
    in.stop();
    in.version();
    GetProRevocationsRequest request = new GetProRevocationsRequest(in.integer("ticket"));
    in.stop();
    return request;
  }

  /// The request of a client that holds the list of `ticket`.
  public static GetProRevocationsRequest after(Ticket ticket) {
    return new GetProRevocationsRequest(DecimalInteger.of(ticket.value()));
  }

  /// Whether the client's list is older than the one of ticket `current`. A ticket from the future
  /// is not.
  public boolean isOlderThan(Ticket current) {
    return ticket.compareTo(DecimalInteger.of(current.value())) < 0;
  }

  @Override
  public byte[] toJson() {
    return JsonWriter.object(
        out -> out.integer("ticket", ticket).integer("version", V0Message.VERSION));
  }
}
