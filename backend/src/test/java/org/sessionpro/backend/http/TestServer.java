package org.sessionpro.backend.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sessionpro.protocol.ByteString;

/// A server with the routes that tests need, on a free port of the loopback.
public final class TestServer implements AutoCloseable {
  /// Limits that let slow-client tests end soon; far above what an unhurried local request takes.
  static final HttpLimits IMPATIENT =
      HttpLimits.DEFAULT.with(
          new HttpLimits.TimeLimits(
              Duration.ofMillis(600), Duration.ofMillis(900), Duration.ofSeconds(3)));

  private final HttpServer server;
  private final BlockingQueue<Access> accesses = new LinkedBlockingQueue<>();

  private TestServer(RouteTable routes, HttpLimits limits) {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            routes,
            limits,
            accesses::add);
  }

  public static TestServer start(RouteTable routes, HttpLimits limits) {
    return new TestServer(routes, limits);
  }

  static TestServer start(Route... routes) {
    return new TestServer(RouteTable.of(List.of(routes)), HttpLimits.DEFAULT);
  }

  static TestServer impatient(Route... routes) {
    return new TestServer(RouteTable.of(List.of(routes)), IMPATIENT);
  }

  /// `POST`: the body back, as JSON.
  public static Route echo() {
    return client("/echo", EnumSet.of(Method.POST), e -> Reply.json(e.body(), Contract.V1));
  }

  /// `POST`: always fails; v0's answer to a fault.
  public static Route boom() {
    return client(
        "/boom",
        EnumSet.of(Method.POST),
        e -> {
          throw new IllegalStateException("boom");
        });
  }

  /// `GET` and `POST`.
  static Route status() {
    ByteString up = ByteString.of(new byte[] {'u', 'p'});
    return client("/status", EnumSet.allOf(Method.class), e -> Reply.json(up, Contract.V1));
  }

  /// A route of clients.
  public static Route client(String path, Set<Method> methods, Route.Handler handler) {
    return new Route(
        path,
        methods,
        Route.Reach.CLIENTS,
        HttpLimits.BodyLimits.DEFAULT.standard(),
        FaultAnswer.plain(),
        handler);
  }

  public InetSocketAddress address() {
    return server.address();
  }

  HttpServer server() {
    return server;
  }

  /// The next outcome that was counted; waits for it.
  public Access nextAccess() throws InterruptedException {
    Access next = accesses.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing counted");
    }
    return next;
  }

  /// Whether the server still does its work.
  public boolean answers() throws IOException {
    byte[] body = {'{', '}'};
    return RawClient.ask(address(), "POST /echo HTTP/1.1\r\nHost: h\r\n", body).status() == 200;
  }

  @Override
  public void close() {
    server.close();
  }
}
