package org.sessionpro.backend.db;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.config.DatabaseUrl.InMemory;
import org.sessionpro.backend.config.DatabaseUrl.Postgres;
import org.sessionpro.backend.config.DatabaseUrl.Sqlite;

/// Opens the database that the operator named.
public final class Databases {
  /// Connections to a PostgreSQL server; requests beyond them wait in order of arrival.
  static final int POSTGRES_CONNECTIONS = 10;

  private Databases() {}

  /// Opens the database and brings its tables up to date.
  ///
  /// @throws DatabaseFault if that is impossible; the message says why, without credentials
  public static Database open(DatabaseUrl url) {
    return open(url, _ -> {});
  }

  /// As above, asking before tables are made or changed.
  ///
  /// @param permission told how the tables of a lasting database stand, if that is not as this program
  ///     needs them; throws to keep them so
  public static Database open(DatabaseUrl url, Consumer<SchemaState> permission) {
    if (url instanceof InMemory) {
      return SqliteDatabase.openTemporary();
    }
    SchemaState schema = state(url);
    if (schema.isBehind()) {
      permission.accept(schema);
      bringUpToDate(url, _ -> {});
    }
    return openAsItStands(url);
  }

  /// Opens the database, whose tables this program knows: their [#state] is not behind. They are neither
  /// made nor changed.
  ///
  /// @throws DatabaseFault if that is impossible; the message says why, without credentials
  public static Database openAsItStands(DatabaseUrl url) {
    return switch (url) {
      case Sqlite sqlite -> SqliteDatabase.openAsItStands(sqlite.file());
      case InMemory _ -> throw nothingThere();
      case Postgres postgres ->
          PostgresDatabase.openAsItStands(
              jdbcUrl(postgres), postgres.user(), postgres.password(), POSTGRES_CONNECTIONS);
    };
  }

  /// Brings the tables up to date and says how they stood before.
  ///
  /// @param begins told the version of each migration before it runs
  /// @throws DatabaseFault if that is impossible, also because a newer program made the tables
  public static SchemaState migrate(DatabaseUrl url, IntConsumer begins) {
    SchemaState before = state(url);
    if (before.standing() == SchemaState.Standing.NEWER) {
      throw new DatabaseFault(before.text());
    }
    bringUpToDate(url, begins);
    return before;
  }

  private static void bringUpToDate(DatabaseUrl url, IntConsumer begins) {
    switch (url) {
      case Sqlite sqlite -> SqliteDatabase.migrate(sqlite.file(), begins);
      case InMemory _ -> throw nothingThere();
      case Postgres postgres ->
          PostgresDatabase.migrate(jdbcUrl(postgres), postgres.user(), postgres.password(), begins);
    }
  }

  /// Looks at the database as it is; makes and migrates nothing.
  ///
  /// @throws DatabaseFault if it cannot be opened
  public static DatabaseView view(DatabaseUrl url) {
    return switch (url) {
      case Sqlite sqlite -> SqliteDatabase.view(sqlite.file());
      case InMemory _ -> throw nothingThere();
      case Postgres postgres ->
          PostgresDatabase.view(jdbcUrl(postgres), postgres.user(), postgres.password());
    };
  }

  /// Looks at the database of another program, whose engine is made sure to change nothing either.
  ///
  /// @throws DatabaseFault if it cannot be opened
  public static DatabaseView foreign(DatabaseUrl url) {
    return switch (url) {
      case Sqlite sqlite -> SqliteDatabase.foreign(sqlite.file());
      case InMemory _ -> throw nothingThere();
      case Postgres postgres ->
          PostgresDatabase.view(jdbcUrl(postgres), postgres.user(), postgres.password());
    };
  }

  /// Opens an empty database of the same engine that ends when it is closed: a file of its own, or a
  /// schema of its own on the same server.
  ///
  /// @param schema name of such a schema; nobody else has it
  /// @throws DatabaseFault if that is impossible
  public static Database openThrowAway(DatabaseUrl like, String schema) {
    return switch (like) {
      case Sqlite _, InMemory _ -> SqliteDatabase.openTemporary();
      case Postgres server -> {
        Map<String, String> properties = new HashMap<>(server.properties());
        properties.put("currentSchema", schema);
        Postgres within =
            new Postgres(
                server.host(),
                server.port(),
                server.database(),
                server.user(),
                server.password(),
                properties);
        yield PostgresDatabase.openThrowAway(
            jdbcUrl(within), server.user(), server.password(), schema);
      }
    };
  }

  private static DatabaseFault nothingThere() {
    return new DatabaseFault("a database in memory begins and ends with its server");
  }

  private static String jdbcUrl(Postgres postgres) {
    String name = postgres.host().contains(":") ? "[" + postgres.host() + "]" : postgres.host();
    String host = postgres.isBySocket() ? "localhost" : name;
    String properties =
        driverProperties(postgres).entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
    return "jdbc:postgresql://%s:%d/%s%s"
        .formatted(host, postgres.port(), encode(postgres.database()), properties);
  }

  /// Nothing needs to be encrypted on its way to a socket of this machine, and no server does it.
  private static Map<String, String> driverProperties(Postgres postgres) {
    if (!postgres.isBySocket()) {
      return postgres.properties();
    }
    Map<String, String> properties = new TreeMap<>(postgres.properties());
    properties.put("sslmode", "disable");
    properties.put("socketFactory", UnixSocketFactory.class.getName());
    properties.put("socketFactoryArg", postgres.host() + "/.s.PGSQL." + postgres.port());
    return properties;
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// How the tables of a database stand; makes neither.
  ///
  /// @throws DatabaseFault if it cannot be opened, or another program made its tables
  public static SchemaState state(DatabaseUrl url) {
    if (url instanceof InMemory || (url instanceof Sqlite(Path file) && isEmpty(file))) {
      return Migrations.NOTHING_THERE;
    }
    try (DatabaseView database = view(url)) {
      return database.schema();
    }
  }

  /// Whether it is not there, or there is nothing in it: who looked into a file that another process is
  /// about to set up would be in its way.
  private static boolean isEmpty(Path file) {
    try {
      return Files.size(file) == 0;
    } catch (NoSuchFileException absent) {
      return true;
    } catch (IOException unreadable) {
      throw new DatabaseFault("the database file cannot be read", unreadable);
    }
  }
}
