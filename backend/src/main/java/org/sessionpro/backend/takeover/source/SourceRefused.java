package org.sessionpro.backend.takeover.source;

/// A database is not one that can be taken over, or holds what no value of its column can be. Says
/// where, never what is there.
public final class SourceRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceRefused(String message) {
    super(message);
  }
}
