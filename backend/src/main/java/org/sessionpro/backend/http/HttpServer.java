package org.sessionpro.backend.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.sessionpro.backend.telemetry.LoggerName;
import org.slf4j.Logger;

/// Serves a [RouteTable] over HTTP/1.1.
///
/// What is not in the table is settled here, the same for every route:
///
/// | request | answer |
/// |---|---|
/// | unknown path, other spelling of a known one | 404 |
/// | `OPTIONS` on a known path | 200, empty |
/// | other method that the route lacks | 405 with `Allow` |
/// | body over the route's limit | 413 |
/// | anything that takes longer to arrive than the receive limit | 408 |
/// | request that ends early, bad chunks, bad request line or header, body in very many pieces | 400 |
/// | header over the limit | 431 or 414 |
/// | `Expect` other than `100-continue` | 417 |
/// | HTTP/2 preface | 426 |
/// | other version | 505 |
/// | more than [HttpLimits.WorkLimits] allow | 503 with `Retry-After`; inside an onion 503 |
/// | long body while [HttpLimits.BodyLimits#memory()] is used up | 503 with `Retry-After`; that of an onion waits |
/// | long answer while [HttpLimits#replyMemory()] is used up | 503 with `Retry-After`; inside an onion 503 |
/// | any request once the server stops | 503 |
///
/// Their bodies are short texts. `Expect: 100-continue` is honoured once method, path and
/// `Content-Length` are fine. Bodies are never decompressed. The connection is kept open wherever
/// the request could be read to its end.
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  /// Tasks that Jetty itself never ends: an acceptor and at most a selector for each processor.
  private static final int OWN_TASKS = 1 + Runtime.getRuntime().availableProcessors();

  private final Server server;
  private final TimedConnector connector;
  private final InetAddress host;
  private final HttpLimits limits;
  private final Gates gates;

  private HttpServer(
      Server server, TimedConnector connector, InetAddress host, HttpLimits limits, Gates gates) {
    this.server = server;
    this.connector = connector;
    this.host = host;
    this.limits = limits;
    this.gates = gates;
  }

  /// Starts to serve.
  ///
  /// @param address where to listen, resolved; port 0 picks a free one
  /// @throws UncheckedIOException if the address cannot be listened on
  public static HttpServer start(
      InetSocketAddress address, RouteTable routes, HttpLimits limits, AccessListener listener) {
    Server server = new Server(new VirtualThreadPool(limits.concurrentRequests() + OWN_TASKS));
    TimedConnector connector = new TimedConnector(server, address, limits, listener);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setErrorHandler(new PlainErrorHandler(listener));
    Dispatcher dispatcher = new Dispatcher(routes, listener);
    Reception reception = Reception.of(dispatcher, limits, server.getThreadPool());
    server.setHandler(new GracefulHandler(new Entrance(reception)));
    server.setStopTimeout(limits.times().stop().toMillis());
    HttpServer started =
        new HttpServer(server, connector, address.getAddress(), limits, reception.gates());
    started.open();
    return started;
  }

  private void open() {
    try {
      server.start();
    } catch (IOException failure) {
      close();
      String where = host.getHostAddress() + " port " + connector.getPort();
      throw new UncheckedIOException("cannot listen on " + where, failure);
    } catch (Exception failure) {
      close();
      throw new IllegalStateException("the HTTP server does not start", failure);
    }
  }

  /// Where the server listens, with the actual port.
  public InetSocketAddress address() {
    return new InetSocketAddress(host, connector.getLocalPort());
  }

  /// How busy the server is at this moment.
  public ServerLoad load() {
    return new ServerLoad(
        connector.getConnectedEndPoints().size(), limits.connections(), gates.load());
  }

  /// Stops: accepts no more connections, refuses further requests with 503, lets those in flight
  /// finish for as long as [HttpLimits.TimeLimits#stop()] allows, then closes everything. Returns
  /// within 10 s. Does nothing if already stopped.
  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception unfinished) {
      LOG.warn("stopped before every request was answered: {}", unfinished.toString());
    }
  }

  /// Where requests come in from Jetty.
  private static final class Entrance extends Handler.Abstract {
    private final Reception reception;

    Entrance(Reception reception) {
      this.reception = reception;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      ReplyWriter writer = new ReplyWriter(request, response, callback);
      if (writer.claim()) {
        new DirectRequest(reception, request, writer).start();
      }
      return true;
    }
  }
}
