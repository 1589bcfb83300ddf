package org.sessionpro.backend.http;

/// Hears of every answer, from the threads that give them; must be quick and must not throw.
@FunctionalInterface
public interface AccessListener {
  void answered(Access access);
}
