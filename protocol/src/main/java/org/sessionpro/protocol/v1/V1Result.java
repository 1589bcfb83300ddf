package org.sessionpro.protocol.v1;

import org.sessionpro.protocol.json.JsonWriter;

/// The `result` of one endpoint.
public sealed interface V1Result
    permits ProofResult,
        StatusResult,
        PaymentDetails,
        RevocationList,
        ServerStatus,
        DevPayment,
        DevRevocation {
  /// Writes the members of the result object in the order of the contract's table.
  void write(JsonWriter json);
}
