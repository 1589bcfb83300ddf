package org.sessionpro.backend.http;

import java.time.Duration;
import org.sessionpro.protocol.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a request to its route and always comes back with an answer: the one place where faults
/// of handlers are caught and logged.
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final RouteTable routes;
  private final AccessListener listener;

  public Dispatcher(RouteTable routes, AccessListener listener) {
    this.routes = routes;
    this.listener = listener;
  }

  /// Answers the request inside an onion, which is there as a whole.
  ///
  /// @param method upper case; of any text
  public Reply dispatchInner(String method, String path, String query, ByteString body) {
    Origin origin = Origin.ONION;
    return switch (resolve(method, path)) {
      case Resolution.Refuse refuse -> refuse(refuse, origin);
      case Resolution.Serve serve when body.size() > serve.route().maxBodyBytes() ->
          refuse(tooLarge(serve), origin);
      case Resolution.Serve serve ->
          serve(serve.route(), new Exchange(serve.method(), path, query, body, false, origin));
    };
  }

  Resolution resolve(String method, String path) {
    return routes.resolve(method, path);
  }

  static Resolution.Refuse tooLarge(Resolution.Serve serve) {
    return new Resolution.Refuse(serve.route().path(), Reply.plain(413));
  }

  Reply refuse(Resolution.Refuse refuse, Origin origin) {
    listener.answered(Access.refused(refuse.route(), origin, refuse.reply().status()));
    return refuse.reply();
  }

  // Every request gets an answer, whatever its handler throws.
  Reply serve(Route route, Exchange exchange) {
    long begun = System.nanoTime();
    boolean fault = false;
    Reply reply;
    try {
      reply = requireReadable(exchange, route.handler().handle(exchange));
    } catch (Throwable cause) {
      fault = true;
      reply = answerFault(route, exchange, cause);
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - begun);
    listener.answered(
        new Access(
            route.path(), exchange.origin(), reply.contract(), reply.status(), fault, duration));
    return reply;
  }

  private static Reply requireReadable(Exchange exchange, Reply reply) {
    if (reply.headers().containsKey(ReplyHeader.CONTENT_ENCODING) && !exchange.acceptsGzip()) {
      throw new IllegalStateException("compressed for a client that cannot tell");
    }
    return reply;
  }

  private static Reply answerFault(Route route, Exchange exchange, Throwable cause) {
    FaultId id = FaultId.random();
    LOG.error("fault {} on {}", id, route.path(), cause);
    try {
      return route.faults().to(exchange, id);
    } catch (RuntimeException alsoFaulty) {
      LOG.error("fault {} on {}: no answer of its own", id, route.path(), alsoFaulty);
      return FaultAnswer.plain().to(exchange, id);
    }
  }
}
