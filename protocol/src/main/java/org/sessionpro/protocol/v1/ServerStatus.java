package org.sessionpro.protocol.v1;

import java.time.Instant;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The result of `/status`: who answers and what time it is there (`wire-v1.md` §11).
///
/// @param version of the server software
/// @param timestamp the server's clock
/// @param signingKey the key that proofs are verified with
public record ServerStatus(String version, Instant timestamp, BackendKey signingKey)
    implements V1Result {
  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static ServerStatus parse(JsonObject object) {
    return new ServerStatus(
        Members.text(object, "version"),
        Members.instant(object, "timestamp"),
        new BackendKey(Members.hex(object, "signing_pubkey", BackendKey.SIZE)));
  }

  @Override
  public void write(JsonWriter json) {
    json.text("version", version)
        .integer("timestamp", V1Time.seconds(timestamp))
        .text("signing_pubkey", signingKey.hex());
  }
}
