package org.sessionpro.backend.db;

/// Thrown by work that finds its premises changed by another transaction; [Database#write] runs it
/// again.
public final class LostRace extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LostRace() {
    super("another transaction came first", null, false, false);
  }
}
