package org.sessionpro.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.http.Effect.Trickling;
import org.sessionpro.simulator.http.FrontDesk.Handled;

/// Serves [FrontDesk]s over plain HTTP to this machine only, each request on a virtual thread of its
/// own.
public final class LoopbackServer implements AutoCloseable {
  private static final int MAX_BODY = 1 << 20;
  private static final int TRICKLE_STEPS = 20;

  static {
    // Without it each answer waits for the client's delayed acknowledgement of its head, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LoopbackServer(HttpServer server) {
    this.server = server;
  }

  /// Starts to serve.
  ///
  /// @param port 0 is any free one
  /// @param desks by the beginning of the paths that they answer; the longest that fits counts
  /// @throws UncheckedIOException if the port is taken
  public static LoopbackServer start(int port, Map<String, FrontDesk> desks) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      LoopbackServer started = new LoopbackServer(server);
      server.setExecutor(started.threads);
      desks.forEach((path, desk) -> server.createContext(path, exchange -> serve(desk, exchange)));
      server.start();
      return started;
    } catch (IOException taken) {
      throw new UncheckedIOException("cannot listen on port " + port, taken);
    }
  }

  /// Where it listens, without a slash at the end.
  public URI url() {
    return URI.create(
        "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort());
  }

  /// Ends every request in progress without an answer.
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private static void serve(FrontDesk desk, HttpExchange exchange) throws IOException {
    try (exchange) {
      Handled handled = desk.handle(read(exchange));
      if (handled.answer() != null) {
        send(exchange, handled.answer(), handled.effect());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static Request read(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"))) {
      body = new GZIPInputStream(body);
    }
    String authorization = exchange.getRequestHeaders().getFirst("authorization");
    return Request.of(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        authorization == null ? "" : authorization,
        body.readNBytes(MAX_BODY));
  }

  private static void send(HttpExchange exchange, Answer answer, @Nullable Effect effect)
      throws IOException, InterruptedException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().toByteArray();
    if (body.length == 0) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    OutputStream out = exchange.getResponseBody();
    if (effect instanceof Trickling(Duration during)) {
      trickle(out, body, during);
    } else {
      out.write(body);
    }
    out.close();
  }

  private static void trickle(OutputStream out, byte[] body, Duration during)
      throws IOException, InterruptedException {
    int step = Math.ceilDiv(body.length, TRICKLE_STEPS);
    for (int from = 0; from < body.length; from += step) {
      Thread.sleep(during.dividedBy(TRICKLE_STEPS));
      out.write(body, from, Math.min(step, body.length - from));
      out.flush();
    }
  }
}
