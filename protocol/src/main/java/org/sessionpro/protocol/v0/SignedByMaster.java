package org.sessionpro.protocol.v0;

import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Signature;
import org.sessionpro.protocol.crypto.Crypto;

/// A request about an account, signed by the account alone.
public sealed interface SignedByMaster extends V0Request
    permits GetProDetailsRequest, SetPaymentRefundRequestedRequest {
  /// The account.
  MasterKey master();

  Signature masterSignature();

  /// What the account signs.
  V0Message message();

  /// The 32 bytes that the account signs.
  default byte[] digest(Crypto crypto) {
    return message().digest(crypto);
  }

  /// Whether the account signed this request.
  default boolean isAuthentic(Crypto crypto) {
    return crypto.verify(master(), digest(crypto), masterSignature());
  }
}
