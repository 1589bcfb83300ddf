package org.sessionpro.backend.db;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Where everything durable is. Safe for any number of threads; calls block.
///
/// Work receives a JDBI handle, must not keep it, must not call outside the database, and may be
/// run again from the start when the engine asks for it, so it has no side effects but its SQL.
public interface Database extends AutoCloseable {

  /// Reads. Every statement sees what was committed when it began.
  <T> T read(Function<Handle, T> work);

  /// Reads with all statements seeing one and the same committed state.
  <T> T snapshot(Function<Handle, T> work);

  /// Changes everything `work` says, or nothing if it throws; durable when this returns.
  <T> T write(Function<Handle, T> work);

  /// As above, after the changes of the same line that this process has begun before: what waits for a
  /// row holds no connection then, which others need.
  ///
  /// @throws LineFull if too many wait for that already
  default <T> T write(Line line, Function<Handle, T> work) {
    return write(work);
  }

  /// How the tables stand to this program; asked of the database.
  default SchemaState schema() {
    return read(Migrations::state);
  }

  /// How busy the database is, as far as this process knows; asks nobody.
  DatabaseLoad load();

  /// The few places where the engines' SQL differs.
  Dialect dialect();

  /// Waits for running work and releases all connections. Later work fails at once; closing again
  /// does nothing.
  @Override
  void close();
}
