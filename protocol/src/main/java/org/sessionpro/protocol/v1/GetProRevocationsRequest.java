package org.sessionpro.protocol.v1;

import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// Polls the revocation list; unsigned (`wire-v1.md` §11).
///
/// @param ticket of the newest list the client has, of any sign and magnitude
public record GetProRevocationsRequest(DecimalInteger ticket) {
  /// Polls for what is newer than `ticket`.
  public static GetProRevocationsRequest after(Ticket ticket) {
    return new GetProRevocationsRequest(DecimalInteger.of(ticket.value()));
  }

  /// Reads a request body.
  ///
  /// @throws org.sessionpro.protocol.BadRequest naming the member that fails
  public static GetProRevocationsRequest parse(JsonObject body) {
    return new GetProRevocationsRequest(Members.integer(body, "ticket"));
  }

  /// The request body.
  public byte[] toJson() {
    return JsonWriter.object(json -> json.integer("ticket", ticket));
  }

  /// Whether the full list is due, or else an empty one.
  public boolean isBehind(Ticket current) {
    return ticket.compareTo(DecimalInteger.of(current.value())) < 0;
  }
}
