package org.sessionpro.backend.takeover;

/// Told how far a long run is.
@FunctionalInterface
public interface Progress {
  /// Told now and then.
  ///
  /// @param what is going on, in words
  /// @param done of `all`, which may be an estimate
  void at(String what, long done, long all);
}
