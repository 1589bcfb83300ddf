package org.sessionpro.backend.http;

import java.time.Duration;
import org.sessionpro.backend.db.LineFull;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.RequestId;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.protocol.ByteString;
import org.slf4j.Logger;

/// Brings a request to its route and always comes back with an answer: the one place where faults
/// of handlers are caught and logged.
public final class Dispatcher {
  private static final Logger LOG = LoggerName.BACKEND.logger();

  private static final String RETRY_SECONDS = "1";

  private final RouteTable routes;
  private final AccessListener listener;

  public Dispatcher(RouteTable routes, AccessListener listener) {
    this.routes = routes;
    this.listener = listener;
  }

  /// Answers the request inside an onion, which is there as a whole. The gates are behind it: its
  /// turn is that of the onion.
  ///
  /// @param method upper case; of any text
  /// @param room where the answer is kept once it is sealed
  public Reply dispatchInner(
      String method, String path, String query, ByteString body, ReplyRoom room) {
    long since = System.nanoTime();
    Origin origin = Origin.ONION;
    return switch (resolve(method, path)) {
      case Resolution.Refuse refuse -> refuse(refuse, origin);
      case Resolution.Serve serve when body.size() > serve.route().maxBodyBytes() ->
          refuse(tooLarge(serve), origin);
      case Resolution.Serve(Route route, Method known) ->
          serve(
              route,
              route.handler(),
              new Exchange(known, path, query, body, false, origin, room),
              since);
    };
  }

  /// Answers the request inside an onion whose turn has not come: as [#dispatchInner], but sheds
  /// what would have to pass a gate.
  ///
  /// @param method upper case; of any text
  /// @param room where the answer is kept once it is sealed
  public Reply shedInner(
      String method, String path, String query, ByteString body, ReplyRoom room) {
    return resolve(method, path) instanceof Resolution.Serve serve
            && !(serve.route().admission() instanceof Admission.Free)
        ? refuse(overloaded(serve.route()), Origin.ONION)
        : dispatchInner(method, path, query, body, room);
  }

  Resolution resolve(String method, String path) {
    return routes.resolve(method, path);
  }

  static Resolution.Refuse tooLarge(Resolution.Serve serve) {
    return new Resolution.Refuse(serve.route().path(), Reply.plain(413));
  }

  Reply refuse(Resolution.Refuse refuse, Origin origin) {
    listener.answered(Access.refused(refuse.route(), origin, refuse.reply()));
    return refuse.reply();
  }

  /// What a request is answered that there is no time or no memory for.
  static Resolution.Refuse overloaded(Route route) {
    return new Resolution.Refuse(
        route.path(),
        Reply.plain(503).with(ReplyHeader.RETRY_AFTER, RETRY_SECONDS).of(Outcome.SHED));
  }

  /// Has `handler` answer a request of `route`. Every request gets an answer, whatever is thrown.
  ///
  /// @param since when the request was complete, by [System#nanoTime()]
  Reply serve(Route route, Route.Handler handler, Exchange exchange, long since) {
    return RequestId.within(id -> answer(route, handler, exchange, since, id));
  }

  private Reply answer(
      Route route, Route.Handler handler, Exchange exchange, long since, RequestId id) {
    Reply reply;
    try {
      reply = keep(route, exchange, requireReadable(exchange, handler.handle(exchange)));
    } catch (LineFull _) {
      reply = overloaded(route).reply();
    } catch (Throwable cause) {
      reply = answerFault(route, exchange, cause, id).of(Outcome.FAULT);
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - since);
    listener.answered(
        new Access(
            route.path(),
            exchange.origin(),
            reply.contract(),
            reply.status(),
            reply.outcome(),
            duration));
    return reply;
  }

  private static Reply requireReadable(Exchange exchange, Reply reply) {
    if (reply.headers().containsKey(ReplyHeader.CONTENT_ENCODING) && !exchange.acceptsGzip()) {
      throw new IllegalStateException("compressed for a client that cannot tell");
    }
    return reply;
  }

  /// `reply` if there is room for it until the client has fetched it.
  private static Reply keep(Route route, Exchange exchange, Reply reply) {
    boolean kept =
        !needsRoom(route, exchange.origin()) || exchange.room().take(reply.body().size());
    return kept ? reply : overloaded(route).reply();
  }

  private static boolean needsRoom(Route route, Origin origin) {
    return switch (route.admission()) {
      case Admission.Free _ -> true;
      // All who ask directly share the bytes; for each onion they are sealed anew.
      case Admission.Gated(Lane lane) -> lane != Lane.PREPARED || origin == Origin.ONION;
      // What is sealed in it has taken the room.
      case Admission.Enveloped _ -> false;
    };
  }

  private static Reply answerFault(Route route, Exchange exchange, Throwable cause, RequestId id) {
    LOG.error(Severity.CROWD, "fault on {}", route.path(), cause);
    try {
      return route.faults().to(exchange, id);
    } catch (RuntimeException alsoFaulty) {
      LOG.error(Severity.CROWD, "fault on {}: no answer of its own", route.path(), alsoFaulty);
      return FaultAnswer.plain().to(exchange, id);
    }
  }
}
