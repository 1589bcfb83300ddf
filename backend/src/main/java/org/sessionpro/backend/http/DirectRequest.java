package org.sessionpro.backend.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
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
  /// How much of a body is read in vain before the connection is closed in its face, in bytes: twice
  /// the longest body that any route may accept.
  private static final long MAX_DISCARDED = 2L * HttpLimits.BodyLimits.CEILING;

  /// Longest body in bytes that is read to its end before a request is refused for its path or
  /// method, so that the connection can be kept.
  private static final int MAX_IGNORED = 65_536;

  private static final byte[] NOTHING = {};

  private final Dispatcher dispatcher;
  private final BodyMemory.Account memory;
  private final Request request;
  private final ReplyWriter writer;
  private final Resolution resolution;
  private byte[] body = NOTHING;
  private long read;
  private boolean answered;

  DirectRequest(
      Dispatcher dispatcher, BodyMemory.Account memory, Request request, ReplyWriter writer) {
    this.dispatcher = dispatcher;
    this.memory = memory;
    this.request = request;
    this.writer = writer;
    this.resolution = dispatcher.resolve(request.getMethod(), path());
  }

  void start() {
    // Neither a handler at work nor one that waits for the database is an idle connection.
    request.addIdleTimeoutListener(timeout -> false);
    // For whatever ends the exchange before it comes to an answer.
    Request.addCompletionListener(request, failure -> memory.giveBack());
    if (request.getLength() > maxBodyBytes()) {
      answerEarly(refusalOfBody());
    } else if (resolution instanceof Resolution.Refuse refuse && clientWaits()) {
      answerEarly(refuse);
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
      fail(chunk.getFailure());
      return false;
    }
    boolean last = chunk.isLast();
    boolean kept = keep(chunk.getByteBuffer());
    chunk.release();
    if (answered) {
      if (last || read > MAX_DISCARDED) {
        writer.end();
        return false;
      }
      return true;
    }
    if (!kept) {
      answerEarly(read > maxBodyBytes() ? refusalOfBody() : shortOfMemory());
      return false;
    }
    if (last) {
      complete();
    }
    return !last;
  }

  /// Returns false if the body has become too long, or there is no room for it.
  private boolean keep(ByteBuffer bytes) {
    int before = Math.toIntExact(read);
    read += bytes.remaining();
    if (answered || read > maxBodyBytes()) {
      return false;
    }
    if (resolution instanceof Resolution.Refuse) {
      return true;
    }
    int after = Math.toIntExact(read);
    if (!memory.growTo(after)) {
      return false;
    }
    if (body.length < after) {
      body = Arrays.copyOf(body, Math.max(after, Math.min(2 * body.length, maxBodyBytes())));
    }
    bytes.get(body, before, after - before);
    return true;
  }

  private int maxBodyBytes() {
    return switch (resolution) {
      case Resolution.Serve serve -> serve.route().maxBodyBytes();
      case Resolution.Refuse ignored -> MAX_IGNORED;
    };
  }

  private void complete() {
    writer.endPoint().received();
    Reply reply =
        switch (resolution) {
          case Resolution.Serve serve -> dispatcher.serve(serve.route(), exchange(serve));
          case Resolution.Refuse refuse -> dispatcher.refuse(refuse, Origin.DIRECT);
        };
    dropBody();
    writer.finish(reply);
  }

  private Resolution.Refuse refusalOfBody() {
    return switch (resolution) {
      case Resolution.Serve serve -> Dispatcher.tooLarge(serve);
      case Resolution.Refuse refuse -> refuse;
    };
  }

  private Resolution.Refuse shortOfMemory() {
    return new Resolution.Refuse(routePath(), Reply.plain(503).with(ReplyHeader.RETRY_AFTER, "1"));
  }

  private void answerEarly(Resolution.Refuse refuse) {
    answered = true;
    dropBody();
    // Reading on would ask a client for the body that it has kept back.
    Runnable next = clientWaits() ? writer::end : this;
    writer.interrupt(dispatcher.refuse(refuse, Origin.DIRECT), next);
  }

  private void fail(Throwable failure) {
    if (answered) {
      writer.end();
    } else {
      dropBody();
      int status = failure instanceof TimeoutException ? 408 : 400;
      Resolution.Refuse refuse = new Resolution.Refuse(routePath(), Reply.plain(status));
      writer.interrupt(dispatcher.refuse(refuse, Origin.DIRECT), writer::end);
    }
  }

  private void dropBody() {
    body = NOTHING;
    memory.giveBack();
  }

  /// Whether the client keeps its body back until it is told to continue.
  private boolean clientWaits() {
    return read == 0
        && request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  private Exchange exchange(Resolution.Serve serve) {
    String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    boolean gzip =
        request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
            .anyMatch("gzip"::equalsIgnoreCase);
    ByteString whole = ByteString.of(body, 0, Math.toIntExact(read));
    body = NOTHING;
    return new Exchange(serve.method(), path(), query, whole, gzip, Origin.DIRECT);
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
