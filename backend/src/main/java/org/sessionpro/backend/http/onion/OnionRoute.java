package org.sessionpro.backend.http.onion;

import java.util.Optional;
import java.util.Set;
import org.sessionpro.backend.http.Access;
import org.sessionpro.backend.http.AccessListener;
import org.sessionpro.backend.http.Admission;
import org.sessionpro.backend.http.ContentType;
import org.sessionpro.backend.http.Dispatcher;
import org.sessionpro.backend.http.Exchange;
import org.sessionpro.backend.http.FaultAnswer;
import org.sessionpro.backend.http.Method;
import org.sessionpro.backend.http.Origin;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.ReplyHeader;
import org.sessionpro.backend.http.ReplyRoom;
import org.sessionpro.backend.http.Route;
import org.sessionpro.backend.http.RouteTable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.onion.OnionRejected;
import org.sessionpro.protocol.onion.OnionReply;
import org.sessionpro.protocol.onion.OnionRequest;
import org.sessionpro.protocol.onion.OnionServer;
import org.sessionpro.protocol.onion.OpenedOnion;

/// `POST /oxen/v4/lsrpc`.
///
/// Clients blame the path for any outer status but 200, so that is the answer to every body that can
/// be decrypted, whatever became of the request in it (`onion-requests.md` §1, rule 0). Every body
/// that cannot be is answered 400 with one and the same text (§9). So an onion that there is no time
/// for is opened all the same, and shed inside; so is one whose answer there is no memory for.
///
/// The request inside sees client routes only, and of its own headers none reaches a handler (§7).
/// Its answer carries a code, a content type and, with 405, `allow` (§8).
public final class OnionRoute {
  /// The one path; older versions of the protocol have none (`onion-requests.md` §2).
  public static final String PATH = "/oxen/v4/lsrpc";

  private final OnionServer onions;
  private final AccessListener listener;

  /// Whoever answers the requests inside.
  @FunctionalInterface
  private interface Inside {
    Reply answer(String method, String path, String query, ByteString body, ReplyRoom room);
  }

  private OnionRoute(OnionServer onions, AccessListener listener) {
    this.onions = onions;
    this.listener = listener;
  }

  /// The route that leads to those of `routes` which clients may reach through an onion.
  ///
  /// @param maxBodyBytes limit of the outer body; the inner one has the limit of its own route
  public static Route to(
      RouteTable routes, OnionServer onions, int maxBodyBytes, AccessListener listener) {
    Dispatcher clientRoutes = new Dispatcher(routes.throughOnion(), listener);
    OnionRoute onion = new OnionRoute(onions, listener);
    return new Route(
        PATH,
        Set.of(Method.POST),
        Route.Reach.DIRECT_ONLY,
        maxBodyBytes,
        FaultAnswer.plain(),
        outer -> onion.answer(outer, clientRoutes::dispatchInner),
        new Admission.Enveloped(outer -> onion.answer(outer, clientRoutes::shedInner)));
  }

  private Reply answer(Exchange outer, Inside inside) {
    OpenedOnion opened;
    try {
      opened = onions.open(outer.body().toByteArray());
    } catch (OnionRejected undecryptable) {
      return Reply.plain(400);
    }
    OnionReply inner =
        opened
            .request()
            .map(request -> answerInner(request, outer.room(), inside))
            .orElseGet(this::answerMalformed);
    return Reply.octets(ByteString.of(opened.seal(inner)));
  }

  private OnionReply answerMalformed() {
    OnionReply reply = OnionReply.MALFORMED;
    listener.answered(Access.refused(Access.NO_ROUTE, Origin.ONION, reply.code()));
    return reply;
  }

  private static OnionReply answerInner(OnionRequest request, ReplyRoom room, Inside inside) {
    String query = request.query().orElse("");
    Reply reply = inside.answer(request.method(), request.path(), query, request.body(), room);
    ByteString body = request.method().equals("HEAD") ? ByteString.of(new byte[0]) : reply.body();
    Optional<String> allow = reply.header(ReplyHeader.ALLOW).filter(value -> reply.status() == 405);
    return new OnionReply(reply.status(), contentType(reply.contentType()), allow, body);
  }

  private static OnionReply.ContentType contentType(ContentType type) {
    return switch (type) {
      case JSON -> OnionReply.ContentType.JSON;
      case TEXT, METRICS -> OnionReply.ContentType.TEXT;
      case OCTETS -> OnionReply.ContentType.OCTETS;
    };
  }
}
