package org.sessionpro.backend;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.OpsSettings;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.http.HttpServer;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.backend.http.ops.MetricsPage;
import org.sessionpro.backend.http.ops.OpsRoutes;
import org.sessionpro.backend.http.ops.Readiness;
import org.sessionpro.backend.http.ops.Source;

/// What is for whoever runs the server, and for nobody else: a server beside the one for clients, which
/// answers however many of those there are, until the very end.
final class Operations implements AutoCloseable {
  /// Whoever asks how a server is asks again; nobody is waited for.
  private static final HttpLimits LIMITS =
      HttpLimits.DEFAULT.with(
          new HttpLimits.TimeLimits(
              HttpLimits.TimeLimits.DEFAULT.receive(),
              HttpLimits.TimeLimits.DEFAULT.idle(),
              Duration.ofMillis(200)));

  private final RouteTable routes;
  private final HttpServer server;
  private final Readiness readiness;
  private final Duration drain;

  private Operations(RouteTable routes, HttpServer server, Readiness readiness, Duration drain) {
    this.routes = routes;
    this.server = server;
    this.readiness = readiness;
    this.drain = drain;
  }

  /// Begins to answer.
  ///
  /// @param settings null for nowhere
  /// @param others routes beside the usual ones
  /// @return null for nowhere
  static @Nullable Operations start(
      @Nullable OpsSettings settings,
      Readiness readiness,
      List<Source> numbers,
      List<Route> others) {
    if (settings == null) {
      return null;
    }
    List<Source> all = new ArrayList<>(numbers);
    all.add(readiness);
    List<Route> own = new ArrayList<>(new OpsRoutes(new MetricsPage(all), readiness).routes());
    own.addAll(others);
    RouteTable routes = RouteTable.of(own);
    HttpServer server =
        HttpServer.start(
            new InetSocketAddress(settings.bind(), settings.port()), routes, LIMITS, _ -> {});
    return new Operations(routes, server, readiness, settings.drain());
  }

  /// What it serves, for those who ask it without a socket.
  RouteTable routes() {
    return routes;
  }

  /// Where it answers, with the actual port.
  InetSocketAddress address() {
    return server.address();
  }

  /// Says from now on that the server is about to end, and gives those who ask the time to notice.
  void drain() {
    readiness.drain();
    try {
      Thread.sleep(drain);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
