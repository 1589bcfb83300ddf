package org.sessionpro.backend.http.v0;

import org.sessionpro.protocol.MasterKey;

/// Whether what an owner bought from a store waits to be mended, which is the `error_report` of v0
/// (design §6, row 8).
@FunctionalInterface
public interface StoreTrouble {
  /// Whether any purchase of the owner is in trouble.
  boolean isOf(MasterKey owner);

  /// Nothing ever does.
  static StoreTrouble none() {
    return _ -> false;
  }
}
