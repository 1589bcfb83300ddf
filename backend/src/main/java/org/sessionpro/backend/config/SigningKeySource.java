package org.sessionpro.backend.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the key that signs proofs comes from (`decisions.md` §6).
public sealed interface SigningKeySource {
  /// The file that it is in; null if it is in none.
  @Nullable Path file();

  /// The public development key of `wire-v0.md` §7, which is in no file.
  record Development() implements SigningKeySource {
    @Override
    public @Nullable Path file() {
      return null;
    }
  }

  /// A file that the operator named: it must be there.
  record ConfiguredFile(Path path) implements SigningKeySource {
    @Override
    public Path file() {
      return path;
    }
  }

  /// The file `signing.key` in the data directory: made for a ledger that no server has run on.
  record DefaultFile(Path path) implements SigningKeySource {
    static final String NAME = "signing.key";

    @Override
    public Path file() {
      return path;
    }
  }
}
