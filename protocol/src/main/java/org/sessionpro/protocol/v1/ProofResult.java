package org.sessionpro.protocol.v1;

import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonWriter;

/// The result of generate_pro_proof: the proof, and how the account stands (`wire-v1.md` §5).
///
/// @param account not signed, and not bound to the proof's expiry in either direction
public record ProofResult(Proof proof, AccountTerm account) implements V1Result {
  /// Reads a result object.
  ///
  /// @throws org.sessionpro.protocol.BadRequest if it breaks the contract
  public static ProofResult parse(JsonObject object) {
    return new ProofResult(Proof.parse(object), AccountTerm.parse(object));
  }

  @Override
  public void write(JsonWriter json) {
    proof.write(json);
    account.write(json);
  }
}
