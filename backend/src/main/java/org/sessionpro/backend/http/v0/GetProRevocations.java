package org.sessionpro.backend.http.v0;

import java.util.List;
import java.util.function.Supplier;
import org.sessionpro.backend.http.JsonHandler;
import org.sessionpro.backend.http.PreparedReply;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.revocation.Rendered;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.V0Answer;

/// `POST /get_pro_revocations` of v0 (`wire-v0.md` §5.3), from answers that are rendered when the
/// list changes.
///
/// A client whose ticket is current gets the full list again as long as that is short: one released
/// client replaces its list by every answer, so an empty one would make it forget all revocations
/// (`decisions.md` §2).
public final class GetProRevocations implements JsonHandler {
  private final Rendered<Answers> answers;
  private final int repeatMax;

  private record Answers(Ticket ticket, int size, PreparedReply full, Reply unchanged) {
    static Answers of(RevocationSnapshot snapshot) {
      List<ProRevocations.Item> items =
          snapshot.entries().stream()
              .map(entry -> ProRevocations.Item.stamped(entry.tag(), entry.recordedAt()))
              .toList();
      Ticket ticket = snapshot.ticket();
      return new Answers(
          ticket, items.size(), PreparedReply.of(render(ticket, items)), render(ticket, List.of()));
    }

    private static Reply render(Ticket ticket, List<ProRevocations.Item> items) {
      return V0Endpoint.reply(
          new V0Answer.Success<>(new ProRevocations(ticket, items, ProRevocations.POLL_INTERVAL)));
    }
  }

  /// @param revocations the present list; never an older one than it gave before
  /// @param repeatMax longest list that is repeated, in entries; 0 for never
  public GetProRevocations(Supplier<RevocationSnapshot> revocations, int repeatMax) {
    this.answers = new Rendered<>(revocations, Answers::of, before -> before.full().retire());
    this.repeatMax = repeatMax;
  }

  @Override
  public Reply replyTo(JsonObject body, boolean acceptsGzip) {
    GetProRevocationsRequest request;
    try {
      request = GetProRevocationsRequest.parse(body);
    } catch (BadRequest bad) {
      return V0Endpoint.invalid(bad);
    }
    Answers present = answers.current();
    boolean full = request.isOlderThan(present.ticket()) || present.size() <= repeatMax;
    return full ? present.full().reply(acceptsGzip) : present.unchanged();
  }
}
