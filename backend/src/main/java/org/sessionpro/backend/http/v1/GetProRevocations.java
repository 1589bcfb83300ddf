package org.sessionpro.backend.http.v1;

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
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.V1Answer;

/// `POST /get_pro_revocations` (`wire-v1.md` §11), from answers that are rendered when the list
/// changes.
public final class GetProRevocations implements JsonHandler {
  private final Rendered<Answers> answers;

  private record Answers(Ticket ticket, PreparedReply full, Reply unchanged) {
    static Answers of(RevocationSnapshot snapshot) {
      List<RevocationList.Item> items =
          snapshot.entries().stream()
              .map(entry -> RevocationList.Item.recordedAt(entry.tag(), entry.recordedAt()))
              .toList();
      Ticket ticket = snapshot.ticket();
      return new Answers(
          ticket, PreparedReply.of(render(ticket, items)), render(ticket, List.of()));
    }

    private static Reply render(Ticket ticket, List<RevocationList.Item> items) {
      return V1Endpoint.reply(new V1Answer.Ok<>(RevocationList.of(ticket, items)));
    }
  }

  /// @param revocations the present list; never an older one than it gave before
  public GetProRevocations(Supplier<RevocationSnapshot> revocations) {
    this.answers = new Rendered<>(revocations, Answers::of, before -> before.full().retire());
  }

  @Override
  public Reply replyTo(JsonObject body, boolean acceptsGzip) {
    GetProRevocationsRequest request;
    try {
      request = GetProRevocationsRequest.parse(body);
    } catch (BadRequest bad) {
      return V1Endpoint.invalid(bad);
    }
    Answers present = answers.current();
    return request.isBehind(present.ticket())
        ? present.full().reply(acceptsGzip)
        : present.unchanged();
  }
}
