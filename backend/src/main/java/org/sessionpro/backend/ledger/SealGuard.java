package org.sessionpro.backend.ledger;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.sessionpro.backend.db.Database;
import org.sessionpro.backend.db.DatabaseLoad;
import org.sessionpro.backend.db.Dialect;
import org.sessionpro.backend.db.Line;
import org.sessionpro.backend.db.Lookup;
import org.sessionpro.backend.ledger.ImportRun.State;

/// A database in which nothing is changed while what it takes over from another service is not sealed
/// (`import-python.md` §4.1, §7.2): what a ledger writes to, and a command that changes the inbox.
///
/// Asked at the end of a transaction: a run begins only where there are neither facts nor anything in the
/// inbox, and waits for those who add some, so that one of the two sees the other. Once a transaction of
/// this process has left facts behind without a run, or the run is sealed, none can begin any more, and
/// nobody is asked again.
///
/// Writing throws [UnsealedImport] while the run is not sealed.
public final class SealGuard implements Database {
  private static final Lookup USED = new Lookup("SELECT EXISTS (SELECT 1 FROM facts)");

  private final Database database;
  private volatile boolean isFinal;

  /// Guards `database`, which it closes when it is closed.
  public SealGuard(Database database) {
    this.database = database;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return database.read(work);
  }

  @Override
  public <T> T snapshot(Function<Handle, T> work) {
    return database.snapshot(work);
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return guarded(database::write, work);
  }

  @Override
  public <T> T write(Line line, Function<Handle, T> work) {
    return guarded(all -> database.write(line, all), work);
  }

  private <T> T guarded(Function<Function<Handle, T>, T> writing, Function<Handle, T> work) {
    if (isFinal) {
      return writing.apply(work);
    }
    AtomicBoolean found = new AtomicBoolean();
    T result =
        writing.apply(handle -> {
          T done = work.apply(handle);
          found.set(isFinal(handle));
          return done;
        });
    if (found.get()) {
      isFinal = true;
    }
    return result;
  }

  private static boolean isFinal(Handle handle) {
    Optional<State> run = ImportRunTable.find(handle).map(ImportRun::state);
    if (run.filter(state -> state != State.SEALED).isPresent()) {
      throw new UnsealedImport();
    }
    return run.isPresent() || USED.one(handle, row -> row.getBoolean(1));
  }

  @Override
  public DatabaseLoad load() {
    return database.load();
  }

  @Override
  public Dialect dialect() {
    return database.dialect();
  }

  @Override
  public void close() {
    database.close();
  }
}
