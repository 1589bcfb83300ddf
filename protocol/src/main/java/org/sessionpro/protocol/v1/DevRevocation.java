package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The result of `/dev/revoke` (`wire-v1.md` §13).
///
/// @param generation the number of the revoked generation within its account, from 1
/// @param effective when clients begin to refuse its proofs
/// @param continued whether the account goes on under a new generation
public record DevRevocation(long generation, Instant effective, boolean continued)
    implements V1Result {
  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static DevRevocation parse(JsonObject object) {
    return new DevRevocation(
        Members.count(object, "revoked_generation_id"),
        Members.instant(object, "effective_ts"),
        Members.bool(object, "new_generation_allocated"));
  }

  @Override
  public void write(JsonWriter json) {
    json.integer("revoked_generation_id", generation)
        .integer("effective_ts", V1Time.seconds(effective))
        .bool("new_generation_allocated", continued);
  }
}
