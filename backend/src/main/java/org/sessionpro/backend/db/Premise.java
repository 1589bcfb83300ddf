package org.sessionpro.backend.db;

import org.jdbi.v3.core.Handle;

/// What must hold for a transaction to go ahead, asked inside it before anything else. Made by one
/// room for a transaction of another, and handed on unopened.
@FunctionalInterface
public interface Premise {
  /// Whether the transaction goes ahead; if not, nothing of it is written. What the premise has locked
  /// or written itself lasts as long as the transaction.
  boolean holds(Handle handle);

  /// Told once, after the commit of a transaction that went ahead.
  default void committed() {}

  /// Holds always.
  static Premise none() {
    return _ -> true;
  }
}
