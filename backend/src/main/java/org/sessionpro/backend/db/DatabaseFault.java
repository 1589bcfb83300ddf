package org.sessionpro.backend.db;

/// The database could not do what it was asked, for a reason outside the request. Nothing of the
/// work was kept.
public final class DatabaseFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseFault(String message, Throwable cause) {
    super(message, cause);
  }

  public DatabaseFault(String message) {
    super(message);
  }
}
