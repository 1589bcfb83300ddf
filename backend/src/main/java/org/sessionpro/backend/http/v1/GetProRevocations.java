package org.sessionpro.backend.http.v1;

import java.util.List;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.backend.revocation.Revocations;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.GetProRevocationsRequest;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.V1Answer;

/// `POST /get_pro_revocations` (`wire-v1.md` §11).
public final class GetProRevocations implements V1Endpoint {
  private final Revocations revocations;

  public GetProRevocations(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public V1Answer<RevocationList> answer(JsonObject body) {
    GetProRevocationsRequest request = GetProRevocationsRequest.parse(body);
    RevocationSnapshot snapshot = revocations.current();
    List<RevocationList.Item> items =
        request.isBehind(snapshot.ticket()) ? items(snapshot) : List.of();
    return new V1Answer.Ok<>(RevocationList.of(snapshot.ticket(), items));
  }

  private static List<RevocationList.Item> items(RevocationSnapshot snapshot) {
    return snapshot.entries().stream()
        .map(entry -> RevocationList.Item.recordedAt(entry.tag(), entry.recordedAt()))
        .toList();
  }
}
