package org.sessionpro.backend.takeover.source;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.DatabaseView;
import org.sessionpro.backend.db.Databases;

/// A database of the Python service, as it stood at one moment, of either generation.
public sealed interface PythonSource extends AutoCloseable permits V0Source, V1Source {
  /// Begins to read a database.
  ///
  /// @param ignored tables, and columns as `table.column`, that are left behind
  /// @throws SourceRefused if it is of neither generation in its last version
  /// @throws org.sessionpro.backend.db.DatabaseFault if it cannot be opened
  static PythonSource open(DatabaseUrl url, Set<String> ignored) {
    DatabaseView view = Databases.foreign(url);
    try {
      boolean server = url instanceof DatabaseUrl.Postgres;
      return V1Recognition.isMeant(view.tables())
          ? V1Source.of(view, server, ignored)
          : V0Source.of(view, url, ignored);
    } catch (RuntimeException refused) {
      view.close();
      throw refused;
    }
  }

  /// Whether the user that reads may also write; never so of a file, which is opened for reading only.
  boolean mayWrite();

  /// How many others are connected to a server's database, or processes have a file open.
  int otherClients();

  /// The tables that are taken over account by account.
  List<String> tables();

  /// How many rows a table has.
  ///
  /// @param table one of its generation
  long count(String table);

  /// How many accounts a pass over all of them comes to.
  long accounts();

  /// A digest of everything that is taken over.
  String fingerprint();

  /// Everything that was heard of Google.
  void googleMessages(Consumer<SourceMessage.Google> messages);

  /// Everything that was heard of Apple.
  void appleMessages(Consumer<SourceMessage.Apple> messages);

  @Override
  void close();
}
