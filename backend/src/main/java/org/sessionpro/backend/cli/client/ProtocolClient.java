package org.sessionpro.backend.cli.client;

import java.util.Optional;
import org.sessionpro.protocol.BackendKey;
import org.sessionpro.protocol.json.DecimalInteger;

/// What a client asks, in the words of one protocol generation.
///
/// Every method ends with [org.sessionpro.backend.cli.CommandFailed] if the server refuses, cannot be
/// reached, or breaks the contract.
interface ProtocolClient {

  /// A proof for the rotating key.
  ///
  /// @param backend the key that must have signed it; empty if the caller does not know
  Answer proof(ClientKeys keys, Optional<BackendKey> backend);

  /// How the account stands.
  Answer status(ClientKeys keys);

  /// The newest payments of the account.
  ///
  /// @param limit how many at most, at least 1
  /// @param before the cursor of the page before; empty for the newest page
  Answer payments(ClientKeys keys, int limit, String before);

  /// The revocation list.
  ///
  /// @param ticket of the list that the caller has, 0 for none
  Answer revocations(DecimalInteger ticket);
}
