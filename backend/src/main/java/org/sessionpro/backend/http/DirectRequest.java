package org.sessionpro.backend.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// One request over a socket, from the end of its header to its answer.
///
/// The body is read as it arrives, and no further than there is room for it, without holding a
/// thread meanwhile. Where the answer is
/// known before the body has ended, it is sent at once, and the rest of the body is read and thrown
/// away for as long as the request may take: a client that is still sending when its connection is
/// reset would never see the answer.
final class DirectRequest implements Runnable, Gates.Client {
  /// How much of a body is read in vain before the connection is closed in its face, in bytes: twice
  /// the longest body that any route may accept.
  private static final long MAX_DISCARDED = 2L * HttpLimits.BodyLimits.CEILING;

  /// Longest body in bytes that is read to its end before a request is refused for its path or
  /// method, so that the connection can be kept.
  private static final int MAX_IGNORED = 65_536;

  /// In how many pieces a body may come. Each piece costs as much as hundreds of bytes, and the
  /// longest bodies come in fewer than half as many where nobody cuts them small on purpose.
  private static final int MAX_PIECES = 16_384;

  private static final byte[] NOTHING = {};

  private final Dispatcher dispatcher;
  private final Gates gates;
  private final Request request;
  private final ReplyWriter writer;
  private final Resolution resolution;
  private final BodyRoom room;
  private final ReplyMemory.Room replyRoom;
  private byte[] body = NOTHING;
  private Content.@Nullable Chunk unread;
  private long read;
  private int pieces;
  private boolean answered;

  DirectRequest(Reception reception, Request request, ReplyWriter writer) {
    this.dispatcher = reception.dispatcher();
    this.gates = reception.gates();
    this.request = request;
    this.writer = writer;
    this.resolution = dispatcher.resolve(request.getMethod(), path());
    this.room = reception.roomFor(resolution);
    this.replyRoom = reception.replyMemory().open();
  }

  void start() {
    request.addIdleTimeoutListener(this::timedOut);
    Request.addCompletionListener(request, failure -> giveBack());
    if (request.getLength() > maxBodyBytes()) {
      answerEarly(refusalOfBody());
    } else if (resolution instanceof Resolution.Refuse refuse && clientWaits()) {
      answerEarly(refuse);
    } else {
      run();
    }
  }

  /// Reads what is there. Called again by Jetty when there is more, and by [#room] when there is room.
  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        Content.Chunk chunk = next();
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

  private Content.@Nullable Chunk next() {
    Content.Chunk put = unread;
    unread = null;
    return put == null ? request.read() : put;
  }

  /// Returns whether to read on.
  private boolean take(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      refuse(chunk.getFailure());
      return false;
    }
    if (lacksRoom(chunk)) {
      awaitRoom(chunk);
      return false;
    }
    boolean last = chunk.isLast();
    boolean kept = keep(chunk.getByteBuffer());
    chunk.release();
    pieces++;
    if (answered) {
      boolean more = !last && read <= MAX_DISCARDED && pieces <= MAX_PIECES;
      if (!more) {
        writer.end();
      }
      return more;
    }
    if (!kept) {
      answerEarly(refusalOfBody());
    } else if (last) {
      complete();
    } else if (pieces > MAX_PIECES) {
      answerEarly(new Resolution.Refuse(routePath(), Reply.plain(400)));
    } else {
      return true;
    }
    return false;
  }

  private boolean lacksRoom(Content.Chunk chunk) {
    long size = read + chunk.remaining();
    return !answered
        && resolution instanceof Resolution.Serve
        && size <= maxBodyBytes()
        && !room.growTo(Math.toIntExact(size));
  }

  private void awaitRoom(Content.Chunk chunk) {
    unread = chunk;
    writer.endPoint().limitReceiving();
    // If so, other threads go on from here.
    if (!room.await(this) && resolution instanceof Resolution.Serve serve) {
      read += chunk.remaining();
      drop(next());
      answerEarly(Dispatcher.overloaded(serve.route()));
    }
  }

  /// Neither a handler at work nor one that waits for the database is an idle connection; a body
  /// that waits for room too long is. Always false: Jetty has nothing to do about it.
  private boolean timedOut(TimeoutException timeout) {
    if (room.withdraw()) {
      request
          .getComponents()
          .getExecutor()
          .execute(() -> {
            drop(next());
            refuse(timeout);
          });
    }
    return false;
  }

  /// Returns false if the body has become too long.
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
    switch (resolution) {
      case Resolution.Serve serve -> gates.serve(serve.route(), exchange(serve), this);
      case Resolution.Refuse refuse -> answer(dispatcher.refuse(refuse, Origin.DIRECT));
    }
  }

  @Override
  public void answer(Reply reply) {
    dropBody();
    try {
      writer.finish(reply);
    } catch (RuntimeException | Error fault) {
      writer.fail(fault);
    }
  }

  @Override
  public void fail(Throwable fault) {
    writer.fail(fault);
  }

  private Resolution.Refuse refusalOfBody() {
    return switch (resolution) {
      case Resolution.Serve serve -> Dispatcher.tooLarge(serve);
      case Resolution.Refuse refuse -> refuse;
    };
  }

  private void answerEarly(Resolution.Refuse refuse) {
    answered = true;
    dropBody();
    // Reading on would ask a client for the body that it has kept back.
    Runnable next = clientWaits() ? writer::end : this;
    writer.interrupt(dispatcher.refuse(refuse, Origin.DIRECT), next);
  }

  private void refuse(Throwable failure) {
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
    room.giveBack();
  }

  /// However the exchange ends, and however far it has come.
  private void giveBack() {
    room.giveBack();
    replyRoom.close();
  }

  private static void drop(Content.@Nullable Chunk chunk) {
    if (chunk != null) {
      chunk.release();
    }
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
    return new Exchange(serve.method(), path(), query, whole, gzip, Origin.DIRECT, replyRoom);
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
