package org.sessionpro.backend.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers the errors that Jetty finds itself, such as a bad request line or a header that is too
/// large: a short text for the status, never a page, a cause or a stack trace.
final class PlainErrorHandler implements Request.Handler {
  private final AccessListener listener;

  PlainErrorHandler(AccessListener listener) {
    this.listener = listener;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ReplyWriter writer = new ReplyWriter(request, response, callback);
    if (writer.claim()) {
      int status = response.getStatus();
      listener.answered(Access.refused(Access.NO_ROUTE, Origin.DIRECT, status));
      writer.endPoint().received();
      writer.finish(Reply.plain(status));
    }
    return true;
  }
}
