package org.sessionpro.backend.takeover.source;

import org.sessionpro.protocol.ByteString;

/// The row of `runtime` of March 2026 (`import-python.md` §2.4). Salt and seed are secrets: together
/// with the numbers of generations the salt enumerates every handle.
///
/// @param nextIndex the number that the next generation would get
/// @param salt 16 bytes
/// @param seed of the key that signs proofs, 32 bytes
/// @param appleCheckpoint up to when Apple's notifications were looked for, in milliseconds; 0 for never
/// @param ticket of the revocation list
public record V0Runtime(
    long nextIndex, ByteString salt, ByteString seed, long appleCheckpoint, long ticket) {
  @Override
  public String toString() {
    return "V0Runtime(hidden)";
  }
}
