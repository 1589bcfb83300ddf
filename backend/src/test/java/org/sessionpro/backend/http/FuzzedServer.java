package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Databases;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.clients.AnswerRules;
import org.sessionpro.backend.http.clients.Signer;
import org.sessionpro.backend.http.ops.OpsAnswerRules;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.simulator.SimulatedClock;

/// A server in development mode on a real ledger, with everything that it serves to clients, to the App Store
/// and to those who run it, asked without a socket by one thread.
///
/// Its ledger is thrown away when much has been written to it: answers must not become slow because
/// the fuzzer has paid for ten thousand subscriptions.
final class FuzzedServer {
  private static final int MOST_WRITES = 2_000;
  private static @Nullable FuzzedServer current;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(FuzzedServer::deleteCurrent));
  }

  private final Path folder;
  private final RunningBackend backend;
  private final RouteTable operations;
  private final RouteTable all;
  private final Dispatcher dispatcher;
  private final Connection watch;
  private boolean fault;
  private int writes;

  private FuzzedServer() throws IOException, SQLException {
    folder = Files.createTempDirectory("fuzz");
    DatabaseUrl url = Engine.SQLITE.empty(folder);
    RunningBackend.Options options =
        RunningBackend.Options.DEFAULT.withStores(
            FuzzedApple.settings(folder), new SimulatedClock(RunningBackend.T));
    backend = RunningBackend.startWithOps(url, Databases.open(url), folder, options);
    operations = backend.opsRoutes();
    all =
        RouteTable.of(
            Stream.concat(backend.routes().all().stream(), operations.all().stream()).toList());
    dispatcher = new Dispatcher(all, access -> fault |= access.fault());
    watch = DriverManager.getConnection("jdbc:sqlite:" + file(backend.database()));
  }

  /// The server that is to be asked next; a second later than the one before.
  static synchronized FuzzedServer next() {
    try {
      if (current != null && current.writes > MOST_WRITES) {
        current.close();
        current = null;
      }
      if (current == null) {
        current = new FuzzedServer();
      }
      current.backend.clock().advance(Duration.ofSeconds(1));
      return current;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  RunningBackend backend() {
    return backend;
  }

  /// The paths of everything that it serves.
  List<String> paths() {
    return all.all().stream().map(Route::path).toList();
  }

  Signer signer() {
    return new Signer(backend.key(), backend.now());
  }

  /// The reply to a request, which obeys the rules for all replies; to one that nobody has signed
  /// it is always the same, and nothing is written for it.
  ///
  /// @param signed whether it carries what somebody has signed for whom the server may act
  Reply ask(FuzzedRequest request, boolean signed) {
    long before = version();
    Reply reply = once(request);
    boolean written = version() != before;
    writes += written ? 1 : 0;
    if (!signed && !isDevelopment(request.path())) {
      assertThat(written).as("written").isFalse();
      Reply again = once(request);
      if (!isForOperators(request.path())) {
        assertThat(again).isEqualTo(reply);
      }
    }
    return reply;
  }

  /// Whether the route is one of those on the server beside the one for clients. They tell how the
  /// server is at the moment.
  boolean isForOperators(String path) {
    return operations.all().stream().anyMatch(route -> route.path().equals(path));
  }

  /// The development routes are the only ones that act for anybody.
  private static boolean isDevelopment(String path) {
    return path.startsWith("/dev/");
  }

  /// The reply to a request, which obeys the rules for all replies.
  Reply once(FuzzedRequest request) {
    fault = false;
    Reply reply =
        switch (dispatcher.resolve(request.method(), request.path())) {
          case Resolution.Refuse refuse -> dispatcher.refuse(refuse, Origin.DIRECT);
          case Resolution.Serve serve when request.body().size() > serve.route().maxBodyBytes() ->
              dispatcher.refuse(Dispatcher.tooLarge(serve), Origin.DIRECT);
          case Resolution.Serve serve ->
              dispatcher.serve(
                  serve.route(),
                  serve.route().handler(),
                  new Exchange(
                      serve.method(),
                      request.path(),
                      request.query(),
                      request.body(),
                      request.gzip(),
                      Origin.DIRECT,
                      size -> true),
                  System.nanoTime());
        };
    assertThat(fault).as("fault").isFalse();
    if (isForOperators(request.path())) {
      OpsAnswerRules.check(reply);
    } else if (reply.contentType() != ContentType.OCTETS) {
      AnswerRules.check(request.path(), reply.status(), reply.contentType().value(), plain(reply));
    }
    return reply;
  }

  private static ByteString plain(Reply reply) {
    if (reply.header(ReplyHeader.CONTENT_ENCODING).isEmpty()) {
      return reply.body();
    }
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(reply.body().toByteArray()))) {
      return ByteString.of(in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Changes with every transaction of others.
  long version() {
    try (Statement statement = watch.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA data_version")) {
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Path file(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite(Path file) -> file;
      case DatabaseUrl.InMemory _, DatabaseUrl.Postgres _ ->
          throw new IllegalStateException("not embedded");
    };
  }

  private void close() throws SQLException {
    watch.close();
    backend.close();
    delete(this);
  }

  private static void deleteCurrent() {
    FuzzedServer last = current;
    if (last != null) {
      delete(last);
    }
  }

  private static void delete(FuzzedServer server) {
    try (Stream<Path> files = Files.walk(server.folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException alreadyGone) {
      // Left to whoever cleans the folder of temporary files.
    }
  }
}
