package org.sessionpro.protocol.crypto;

import org.sessionpro.protocol.PublicKey;

/// What can be told of public keys by their bytes alone (`wire-v1.md` §3.1).
public final class EdwardsPoints {
  private EdwardsPoints() {}

  /// Whether there may be a signature that is valid under this key: false for bytes that are no
  /// canonical point, and for points of small order.
  public static boolean isUsable(PublicKey key) {
    byte[] bytes = key.bytes().toByteArray();
    return Ed25519Filter.isCanonical(bytes) && !LowOrder.isEdwards(bytes, 0);
  }
}
