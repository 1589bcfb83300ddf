package org.sessionpro.backend.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the ledger is, in the forms of `operator-v0.md` §1.1:
///
/// | form | meaning |
/// |---|---|
/// | `sqlite:///pro.db` | a file, relative to the working directory |
/// | `sqlite:////var/lib/pro/pro.db` | a file, absolute |
/// | `postgresql://user:password@host:5432/database` | a PostgreSQL server |
/// | `postgresql:///database?host=/run/postgresql` | one on this machine, by the folder of its socket |
/// | `host=/run/postgresql dbname=database` | a PostgreSQL server, in the words of its own tools |
/// | `sqlite://` | a database in memory; in development mode only |
///
/// The text form never shows credentials.
public sealed interface DatabaseUrl {

  /// Reads one of the forms above that keep what is written to them.
  ///
  /// @throws IllegalArgumentException if `url` is anything else; the message is the rule it breaks,
  ///     beginning with `must`, and never quotes `url`
  static DatabaseUrl parse(String url) {
    return DatabaseUrlParser.lasting(DatabaseUrlParser.parse(url));
  }

  /// An SQLite database.
  ///
  /// @param file relative to the working directory, or absolute
  record Sqlite(Path file) implements DatabaseUrl {
    @Override
    public String toString() {
      return "sqlite:///" + file;
    }
  }

  /// A database that nobody needs when the process has ended. It is a temporary file, so that every
  /// rule of the engine stays the same.
  record InMemory() implements DatabaseUrl {
    @Override
    public String toString() {
      return "sqlite://";
    }
  }

  /// A PostgreSQL database.
  ///
  /// @param host name or address, an IPv6 address without brackets; or the folder in which a server on
  ///     this machine has its socket, which begins with `/`
  /// @param port 1…65 535, default 5432
  /// @param user null leaves the choice to the driver: the name of the system's user
  /// @param password null if the server asks for none
  /// @param properties connection properties by the names of the JDBC driver, for example `sslmode`
  record Postgres(
      String host,
      int port,
      String database,
      @Nullable String user,
      @Nullable String password,
      Map<String, String> properties)
      implements DatabaseUrl {
    static final int DEFAULT_PORT = 5432;

    /// Where Debian's servers have their sockets.
    static final String DEFAULT_SOCKETS = "/var/run/postgresql";

    public Postgres {
      properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /// Whether the server is reached through a socket on this machine.
    public boolean isBySocket() {
      return host.startsWith("/");
    }

    @Override
    public String toString() {
      if (isBySocket()) {
        return "postgresql://%s/%s?host=%s&port=%d"
            .formatted(user == null && password == null ? "" : "***@", database, host, port);
      }
      return "postgresql://"
          + (user == null && password == null ? "" : "***@")
          + (host.contains(":") ? "[" + host + "]" : host)
          + ":"
          + port
          + "/"
          + database;
    }
  }
}
