package org.sessionpro.backend.takeover.source;

import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// A payment of either generation.
public sealed interface SourcePayment permits V0Payment, V1Payment {
  /// Its number.
  long id();

  /// The account's key; null if it has none.
  @Nullable ByteString owner();
}
