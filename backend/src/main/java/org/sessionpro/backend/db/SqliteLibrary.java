package org.sessionpro.backend.db;

import org.sqlite.util.LibraryLoaderUtil;

/// SQLite itself, which its driver brings along for many machines and unpacks at every start unless
/// the system properties `org.sqlite.lib.path` and `org.sqlite.lib.name` say where it is.
public final class SqliteLibrary {
  private SqliteLibrary() {}

  /// Its place in the archive of the driver, for this machine.
  public static String entry() {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    return resource.substring(1);
  }
}
