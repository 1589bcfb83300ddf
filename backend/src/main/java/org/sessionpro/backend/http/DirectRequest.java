package org.sessionpro.backend.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.sessionpro.protocol.ByteString;

/// One request over a socket, from the end of its header to its answer.
///
/// The body is read as it arrives, without holding a thread while it does not. Where the answer is
/// known before the body has ended, it is sent at once, and the rest of the body is read and thrown
/// away for as long as the request may take: a client that is still sending when its connection is
/// reset would never see the answer.
final class DirectRequest implements Runnable {
  /// How much of an unwanted body is thrown away before the connection is closed in its face, in
  /// bytes: once more the longest body that any route may accept.
  private static final int MAX_DISCARDED = 2 * HttpLimits.BodyLimits.CEILING;

  /// Longest body in bytes that is read to its end before a request is refused for its path or
  /// method, so that the connection can be kept.
  private static final int MAX_IGNORED = 65_536;

  private final Dispatcher dispatcher;
  private final Request request;
  private final ReplyWriter writer;
  private final Resolution resolution;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long read;
  private boolean answered;

  DirectRequest(Dispatcher dispatcher, Request request, ReplyWriter writer) {
    this.dispatcher = dispatcher;
    this.request = request;
    this.writer = writer;
    this.resolution = dispatcher.resolve(request.getMethod(), path());
  }

  void start() {
    // Neither a handler at work nor one that waits for the database is an idle connection.
    request.addIdleTimeoutListener(timeout -> false);
    if (request.getLength() > maxBodyBytes()) {
      overflow();
    } else {
      run();
    }
  }

  /// Reads what is there. Jetty calls it again when there is more.
  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        more = take(chunk);
      }
    } catch (RuntimeException | Error fault) {
      writer.fail(fault);
    }
  }

  /// Returns whether to read on.
  private boolean take(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      failed(chunk.getFailure());
      return false;
    }
    boolean last = chunk.isLast();
    append(chunk.getByteBuffer());
    chunk.release();
    if (answered) {
      if (last || read > MAX_DISCARDED) {
        writer.end();
        return false;
      }
      return true;
    }
    if (read > maxBodyBytes()) {
      overflow();
      return false;
    }
    if (last) {
      complete();
    }
    return !last;
  }

  private void append(ByteBuffer bytes) {
    read += bytes.remaining();
    if (resolution instanceof Resolution.Serve && read <= maxBodyBytes()) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      body.writeBytes(copy);
    }
  }

  private int maxBodyBytes() {
    return switch (resolution) {
      case Resolution.Serve serve -> serve.route().maxBodyBytes();
      case Resolution.Refuse ignored -> MAX_IGNORED;
    };
  }

  private void complete() {
    writer.endPoint().received();
    writer.finish(
        switch (resolution) {
          case Resolution.Serve serve -> dispatcher.serve(serve.route(), exchange(serve));
          case Resolution.Refuse refuse -> dispatcher.refuse(refuse, Origin.DIRECT);
        });
  }

  private void overflow() {
    body.reset();
    answered = true;
    Resolution.Refuse refuse =
        switch (resolution) {
          case Resolution.Serve serve -> Dispatcher.tooLarge(serve);
          case Resolution.Refuse known -> known;
        };
    // Reading on would ask a client for the body that it has kept back.
    Runnable next = read == 0 && waitsToContinue() ? writer::end : this;
    writer.interrupt(dispatcher.refuse(refuse, Origin.DIRECT), next);
  }

  private boolean waitsToContinue() {
    return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  private void failed(Throwable failure) {
    if (answered) {
      writer.end();
    } else {
      int status = failure instanceof TimeoutException ? 408 : 400;
      Resolution.Refuse refuse = new Resolution.Refuse(routePath(), Reply.plain(status));
      writer.interrupt(dispatcher.refuse(refuse, Origin.DIRECT), writer::end);
    }
  }

  private Exchange exchange(Resolution.Serve serve) {
    String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    boolean gzip =
        request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
            .anyMatch(coding -> coding.equals("*") || coding.equalsIgnoreCase("gzip"));
    return new Exchange(
        serve.method(), path(), query, ByteString.of(body.toByteArray()), gzip, Origin.DIRECT);
  }

  private String path() {
    return Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
  }

  private String routePath() {
    return switch (resolution) {
      case Resolution.Serve serve -> serve.route().path();
      case Resolution.Refuse refuse -> refuse.route();
    };
  }
}
