package org.sessionpro.bench;

import org.sessionpro.backend.config.DatabaseUrl;

/// The value of an option that names a database.
final class DatabaseOption {
  private DatabaseOption() {}

  /// Reads the value of the option `name`.
  ///
  /// @throws IllegalArgumentException if it is no such URL; the message says which option and why
  static DatabaseUrl parse(String name, String value) {
    try {
      return DatabaseUrl.parse(value);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(name + " " + malformed.getMessage(), malformed);
    }
  }
}
