package org.sessionpro.backend.db;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// What one room adds to a transaction of another, made by the first and handed on unopened.
@FunctionalInterface
public interface InTransaction {
  /// Adds it. May be run again from the start like the rest of the transaction, so it has no side
  /// effects but its SQL.
  void run(Handle handle);

  /// Told once, after the commit.
  default void committed() {}

  /// Adds all of it, in order.
  static InTransaction all(List<InTransaction> steps) {
    List<InTransaction> each = List.copyOf(steps);
    return new InTransaction() {
      @Override
      public void run(Handle handle) {
        each.forEach(step -> step.run(handle));
      }

      @Override
      public void committed() {
        each.forEach(InTransaction::committed);
      }
    };
  }

  /// Adds nothing.
  static InTransaction nothing() {
    return _ -> {};
  }
}
