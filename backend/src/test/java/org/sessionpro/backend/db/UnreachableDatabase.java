package org.sessionpro.backend.db;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// A real database that can be put out of reach.
public final class UnreachableDatabase implements Database {
  private final Database real;
  private volatile boolean unreachable;

  public UnreachableDatabase(Database real) {
    this.real = real;
  }

  public void unreachable(boolean yes) {
    unreachable = yes;
  }

  private Database reached() {
    if (unreachable) {
      throw new DatabaseFault("out of reach");
    }
    return real;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return reached().read(work);
  }

  @Override
  public <T> T snapshot(Function<Handle, T> work) {
    return reached().snapshot(work);
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return reached().write(work);
  }

  @Override
  public DatabaseLoad load() {
    return real.load();
  }

  @Override
  public Dialect dialect() {
    return real.dialect();
  }

  @Override
  public void close() {
    real.close();
  }
}
