package org.sessionpro.backend.config;

import java.nio.file.Path;

/// Where the key that signs proofs comes from (`decisions.md` §6).
public sealed interface SigningKeySource {

  /// The public development key of `wire-v0.md` §7, which is in no file.
  record Development() implements SigningKeySource {}

  /// A file that the operator named: it must be there.
  record ConfiguredFile(Path path) implements SigningKeySource {}

  /// The file `signing.key` in the data directory: made on the first start of an empty ledger.
  record DefaultFile(Path path) implements SigningKeySource {
    static final String NAME = "signing.key";
  }
}
