package org.sessionpro.backend.proof;

import java.nio.file.Path;

/// A key file that cannot be used; the message names the file and the rule it breaks, never a
/// character of its content.
public final class KeyFileRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param rule what is wrong, or what is required, continuing a sentence that begins with the file
  public KeyFileRefused(Path file, String rule) {
    super("key file " + file.toAbsolutePath().normalize() + " " + rule);
  }
}
