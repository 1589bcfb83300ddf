package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.json.JsonWriter;

/// What a successful answer holds (`wire-v0.md` §5, §9): members in alphabetical order, times as
/// integers of milliseconds, `0` for none, bytes as lower-case hex; never a null, a fraction or a
/// negative number, on which one released client or another chokes.
public sealed interface V0Result
    permits ProProof, ProRevocations, ProDetails, RefundRequestedResult {
  /// Writes the members of `result`.
  void write(JsonWriter out);
}
