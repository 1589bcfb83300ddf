package org.sessionpro.backend.http.v0;

import java.util.List;
import org.sessionpro.backend.revocation.RevocationSnapshot;
import org.sessionpro.backend.revocation.Revocations;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v0.GetProRevocationsRequest;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v0.V0Answer;

/// `POST /get_pro_revocations` of v0 (`wire-v0.md` §5.3).
///
/// A client whose ticket is current gets the full list again as long as that is short: one released
/// client replaces its list by every answer, so an empty one would make it forget all revocations
/// (`decisions.md` §2).
public final class GetProRevocations implements V0Endpoint {
  private final Revocations revocations;
  private final int repeatMax;

  /// @param repeatMax longest list that is repeated, in entries; 0 for never
  public GetProRevocations(Revocations revocations, int repeatMax) {
    this.revocations = revocations;
    this.repeatMax = repeatMax;
  }

  @Override
  public V0Answer<ProRevocations> answer(JsonObject body) {
    GetProRevocationsRequest request = GetProRevocationsRequest.parse(body);
    RevocationSnapshot snapshot = revocations.current();
    boolean full = request.isOlderThan(snapshot.ticket()) || snapshot.entries().size() <= repeatMax;
    return new V0Answer.Success<>(
        new ProRevocations(
            snapshot.ticket(), full ? items(snapshot) : List.of(), ProRevocations.POLL_INTERVAL));
  }

  private static List<ProRevocations.Item> items(RevocationSnapshot snapshot) {
    return snapshot.entries().stream()
        .map(entry -> ProRevocations.Item.stamped(entry.tag(), entry.recordedAt()))
        .toList();
  }
}
