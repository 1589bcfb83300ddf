package org.sessionpro.backend.config;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.DatabaseUrl.InMemory;
import org.sessionpro.backend.config.DatabaseUrl.Postgres;
import org.sessionpro.backend.config.DatabaseUrl.Sqlite;

/// Reads a database URL. Its messages name the rule, never the text, which may hold a password.
final class DatabaseUrlParser {
  private static final String SQLITE = "sqlite:";

  /// `postgres` is the alias that PostgreSQL's own tools accept.
  private static final Pattern POSTGRES =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<credentials>[^@/?#]*)@)?"
              + "(?<host>\\[[^\\]@/?#]*\\]|[^:@/?#\\[\\]]*)(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<database>[^/?#]*))?(?:\\?(?<query>[^#]*))?");

  /// The form of PostgreSQL's own tools that is no URL ([ConnectionWords]).
  private static final Pattern KEYWORDS = Pattern.compile("\\s*[a-z_]+\\s*=.*", Pattern.DOTALL);

  private static final String POSTGRES_FORM =
      "must be postgresql://user:password@host:port/database, with %40 for an @ in the password";

  private static final Pattern MEMORY =
      Pattern.compile(":memory:.*|file::memory:.*|file:[^?#]*\\?(?:[^#]*&)?mode=memory(?:[&#].*)?");

  private static final Pattern FILE_URI =
      Pattern.compile(
          "file:(?://(?:localhost)?(?=/))?(?<path>[^?#]+)"
              + "(?:\\?(?:(?:mode=rwc|cache=shared|cache=private)(?:&(?!$)|$))+)?");

  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String USER = "user";
  private static final String PASSWORD = "password";
  private static final String DATABASE = "dbname";

  /// What may stand in the URL itself or among its options, by the names of options.
  private static final List<String> PARTS = List.of(HOST, PORT, USER, PASSWORD, DATABASE);

  /// Names as PostgreSQL's own tools write them → names of the JDBC driver. Nothing else is passed
  /// on: some of the driver's properties name classes to load.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout");

  private DatabaseUrlParser() {}

  static DatabaseUrl parse(String url) {
    if (isInMemory(url)) {
      return new InMemory();
    }
    if (url.startsWith(SQLITE)) {
      return sqlite(url.substring(SQLITE.length()));
    }
    if (url.startsWith("postgres:") || url.startsWith("postgresql:")) {
      return postgres(url);
    }
    if (KEYWORDS.matcher(url).matches()) {
      return keywords(url);
    }
    throw new IllegalArgumentException("must begin with sqlite:/// or postgresql://");
  }

  /// Reads a path in the form of the first servers (`operator-v0.md` §1.5): a file, or `:memory:`.
  static DatabaseUrl parsePath(String path) {
    return path.equals(":memory:") ? new InMemory() : file(path);
  }

  /// Reads an SQLite URI, of which the first servers' path could be one (`operator-v0.md` §1.5).
  static DatabaseUrl parseFileUri(String uri) {
    if (isInMemory(uri)) {
      return new InMemory();
    }
    Matcher parts = FILE_URI.matcher(uri);
    if (!parts.matches() || parts.group("path").startsWith("//")) {
      throw new IllegalArgumentException(
          "must be an SQLite URI, as in file:data/pro.db or file:/var/lib/pro/pro.db, without options"
              + " but mode=rwc, mode=memory and cache");
    }
    return file(decode(parts.group("path")));
  }

  /// Refuses a database in memory.
  ///
  /// @throws IllegalArgumentException if `url` is one
  static DatabaseUrl lasting(DatabaseUrl url) {
    if (url instanceof InMemory) {
      throw new IllegalArgumentException(
          "must name a file, as in sqlite:///pro.db: a database in memory would lose every payment");
    }
    return url;
  }

  /// In the spellings of SQLite and of the library through which earlier servers opened it.
  private static boolean isInMemory(String url) {
    String name = url.startsWith(SQLITE + "///") ? url.substring(SQLITE.length() + 3) : url;
    return url.equals("sqlite://") || url.equals("sqlite:///") || MEMORY.matcher(name).matches();
  }

  private static Sqlite sqlite(String rest) {
    if (!rest.startsWith("///") || rest.contains("?") || rest.contains("#")) {
      throw new IllegalArgumentException(
          "must be sqlite:///relative/file or sqlite:////absolute/file, without options");
    }
    return file(rest.substring(3));
  }

  private static Sqlite file(String path) {
    try {
      if (!path.isBlank() && !path.contains("?")) {
        return new Sqlite(Path.of(path));
      }
    } catch (InvalidPathException notAPath) {
      // Answered as every other name that no file can have.
    }
    throw new IllegalArgumentException("must name a file that this system can have, without a ?");
  }

  private static Postgres postgres(String url) {
    Matcher parts = POSTGRES.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(POSTGRES_FORM);
    }
    Map<String, String> options = options(parts.group("query"));
    @Nullable String credentials = parts.group("credentials");
    int colon = credentials == null ? -1 : credentials.indexOf(':');
    boolean both = credentials != null && colon >= 0;
    @Nullable String user = both ? credentials.substring(0, colon) : credentials;
    @Nullable String password = both ? credentials.substring(colon + 1) : null;
    addPart(options, HOST, parts.group("host"), DatabaseUrlParser::hostInUrl);
    addPart(options, PORT, parts.group("port"), text -> text);
    addPart(options, DATABASE, parts.group("database"), DatabaseUrlParser::decode);
    addPart(options, USER, user, DatabaseUrlParser::decode);
    addPart(options, PASSWORD, password, DatabaseUrlParser::decode);
    return postgres(options, POSTGRES_FORM);
  }

  private static Postgres keywords(String text) {
    Map<String, String> options = new LinkedHashMap<>();
    ConnectionWords.read(text, (name, value) -> add(options, name, value));
    options.values().removeIf(String::isEmpty);
    return postgres(options, "must name the database: dbname=…");
  }

  /// @param options all parts among them
  /// @param form the rule that is broken if there is no name of a database
  private static Postgres postgres(Map<String, String> options, String form) {
    @Nullable String host = options.remove(HOST);
    @Nullable String port = options.remove(PORT);
    @Nullable String database = options.remove(DATABASE);
    @Nullable String user = options.remove(USER);
    @Nullable String password = options.remove(PASSWORD);
    if (database == null) {
      throw new IllegalArgumentException(form);
    }
    return new Postgres(
        host == null ? Postgres.DEFAULT_SOCKETS : host,
        port(port),
        database,
        user,
        password,
        properties(options));
  }

  /// Adds a part of the URL itself to the options.
  ///
  /// @param inUrl as it is written; null or empty if it is not
  private static void addPart(
      Map<String, String> options,
      String name,
      @Nullable String inUrl,
      UnaryOperator<String> meaning) {
    if (inUrl == null || inUrl.isEmpty()) {
      return;
    }
    if (options.put(name, meaning.apply(inUrl)) != null) {
      throw new IllegalArgumentException(
          "must say once what its " + name + " is, in the URL itself or among its options");
    }
  }

  private static String hostInUrl(String host) {
    if (host.startsWith("[")) {
      String address = host.substring(1, host.length() - 1);
      try {
        return InetAddress.ofLiteral(address).getHostAddress();
      } catch (IllegalArgumentException notAnAddress) {
        throw new IllegalArgumentException("must hold an IPv6 address between the brackets");
      }
    }
    return decode(host);
  }

  private static int port(@Nullable String port) {
    if (port == null) {
      return Postgres.DEFAULT_PORT;
    }
    int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("must have a port from 1 to 65535");
    }
    return number;
  }

  /// By the names of PostgreSQL's own tools, to which an empty one is none.
  private static Map<String, String> options(@Nullable String query) {
    Map<String, String> options = new LinkedHashMap<>();
    if (query == null) {
      return options;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(equals, 0));
      add(options, name, decode(pair.substring(equals + 1)));
    }
    options.values().removeIf(String::isEmpty);
    return options;
  }

  private static void add(Map<String, String> options, String name, String value) {
    if (!PROPERTIES.containsKey(name) && !PARTS.contains(name)) {
      throw new IllegalArgumentException(
          "must have no options but "
              + Stream.concat(PROPERTIES.keySet().stream(), PARTS.stream())
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    if (options.put(name, value) != null) {
      throw new IllegalArgumentException("must have each of its options once: " + name);
    }
  }

  private static Map<String, String> properties(Map<String, String> options) {
    Map<String, String> properties = new LinkedHashMap<>();
    options.forEach(
        (name, value) -> properties.put(Objects.requireNonNull(PROPERTIES.get(name)), value));
    return properties;
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      throw new IllegalArgumentException(
          "must have two hex digits behind every %, which is written once here: %40, not %%40");
    }
  }
}
