package org.sessionpro.backend.db;

import org.jdbi.v3.core.Handle;

/// What one room adds to a transaction of another, made by the first and handed on unopened.
@FunctionalInterface
public interface InTransaction {
  /// Adds it. May be run again from the start like the rest of the transaction, so it has no side
  /// effects but its SQL.
  void run(Handle handle);

  /// Told once, after the commit.
  default void committed() {}

  /// Adds nothing.
  static InTransaction nothing() {
    return _ -> {};
  }
}
