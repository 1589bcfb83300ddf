package org.sessionpro.backend.config;

import java.nio.file.Path;
import java.util.List;

/// The server's keys.
///
/// @param signing the key that signs proofs, and from which the current onion key is derived
/// @param previousOnionKeys key files of earlier signing keys whose onion keys still open requests,
///     tried after the current one (`decisions.md` §1)
public record KeySettings(SigningKeySource signing, List<Path> previousOnionKeys) {
  public KeySettings {
    previousOnionKeys = List.copyOf(previousOnionKeys);
  }
}
