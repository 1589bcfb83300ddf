package org.sessionpro.backend.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Puts one [Reply] on the wire.
final class ReplyWriter {
  private final Response response;
  private final Callback callback;
  private final TimedEndPoint endPoint;

  ReplyWriter(Request request, Response response, Callback callback) {
    this.response = response;
    this.callback = callback;
    this.endPoint = (TimedEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
  }

  TimedEndPoint endPoint() {
    return endPoint;
  }

  /// False if the request is already answered; then its exchange is over and nothing is left to do.
  boolean claim() {
    if (endPoint.claim()) {
      return true;
    }
    callback.failed(new Request.Handler.AbortException());
    return false;
  }

  /// Sends the answer to a request that was read to its end, and ends the exchange.
  void finish(Reply reply) {
    write(reply, Callback.from(this::end, callback::failed));
  }

  /// Sends the answer to a request that is still arriving, announces that the connection will
  /// close, and then goes on with `next`, which has to call [#end()].
  void interrupt(Reply reply, Runnable next) {
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    write(reply, Callback.from(next, callback::failed));
  }

  /// Ends the exchange; the connection turns to the next request or closes.
  void end() {
    endPoint.answered();
    callback.succeeded();
  }

  /// Gives up on the exchange; Jetty answers 500 if it still can.
  void fail(Throwable fault) {
    callback.failed(fault);
  }

  private void write(Reply reply, Callback written) {
    response.setStatus(reply.status());
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(HttpHeader.CONTENT_TYPE, reply.contentType().value());
    // Also the length of what a HEAD request is spared.
    fields.put(HttpHeader.CONTENT_LENGTH, reply.body().size());
    reply.headers().forEach((header, value) -> fields.put(header.fieldName(), value));
    Body.Sent sent = reply.content().toSend();
    response.write(true, sent.bytes(), Callback.from(sent.done(), written));
  }
}
