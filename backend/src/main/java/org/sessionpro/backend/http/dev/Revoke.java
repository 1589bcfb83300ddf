package org.sessionpro.backend.http.dev;

import java.time.Instant;
import java.time.InstantSource;
import org.sessionpro.backend.http.v1.V1Endpoint;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.v1.DevRevocation;
import org.sessionpro.protocol.v1.DevRevokeRequest;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.V1Answer;

/// `POST /dev/revoke` (`wire-v1.md` §13): a revocation whose record stamp is shifted, so that
/// nobody has to wait until it takes effect.
public final class Revoke implements V1Endpoint {
  private final Ledger ledger;
  private final InstantSource clock;

  public Revoke(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public V1Answer<DevRevocation> answer(JsonObject body) {
    DevRevokeRequest request = DevRevokeRequest.parse(body);
    Instant now = clock.instant();
    Instant effective = now.plus(request.effectiveIn());
    Instant stamp = effective.minus(RevocationList.EFFECTIVE_DELAY);
    return ledger
        .revoke(request.owner(), "development call", stamp, now)
        .map(roll -> new DevRevocation(roll.revoked(), effective, roll.continued()))
        .map(V1Answer.Ok::new)
        .orElseThrow(() -> new BadRequest("master_pkey", "has no generation to revoke"));
  }
}
