package org.sessionpro.protocol.v1;

import java.time.Duration;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.json.DecimalInteger;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// Revokes an account's generation so that it takes effect when wanted: `POST /dev/revoke` of a
/// server in development mode (`wire-v1.md` §13). Unsigned.
///
/// @param effectiveIn how long after the request the revocation takes effect, 0 to 2³¹ − 1 s
public record DevRevokeRequest(MasterKey owner, Duration effectiveIn) {
  /// Where it is sent to.
  public static final String PATH = "/dev/revoke";

  /// Reads a request body.
  ///
  /// @throws BadRequest naming the first member that fails
  public static DevRevokeRequest parse(JsonObject body) {
    String owner = Members.text(body, "master_pkey");
    Duration effectiveIn = effectiveIn(body);
    return new DevRevokeRequest(
        new MasterKey(Members.hex("master_pkey", owner, MasterKey.SIZE)), effectiveIn);
  }

  private static Duration effectiveIn(JsonObject body) {
    String name = "effective_in_seconds";
    if (!body.has(name)) {
      return Duration.ZERO;
    }
    DecimalInteger seconds = Members.integer(body, name);
    if (!seconds.isWithin(0, Integer.MAX_VALUE)) {
      throw new BadRequest(name, "is out of range");
    }
    return Duration.ofSeconds(seconds.toLong());
  }

  /// The request body.
  public byte[] toJson() {
    return JsonWriter.object(json ->
        json.text("master_pkey", owner.hex())
            .integer("effective_in_seconds", V1Time.seconds(effectiveIn)));
  }
}
