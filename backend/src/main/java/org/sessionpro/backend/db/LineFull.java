package org.sessionpro.backend.db;

/// So much is to be changed of one account already that further changes are turned away at once
/// ([Line#SEATS]). Nothing is wrong with the database, nor was anything done.
public final class LineFull extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Thrown in floods, so it does not look where it comes from.
  LineFull() {
    super("as much as may wait is to be changed of this account already", null, false, false);
  }
}
