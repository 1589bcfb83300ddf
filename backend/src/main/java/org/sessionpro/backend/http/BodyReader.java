package org.sessionpro.backend.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// Reads the body of one request as it arrives, and no further than there is room for it, without
/// holding a thread meanwhile.
///
/// | state | what becomes of the bytes | how it ends |
/// |---|---|---|
/// | `KEEPING` | they are kept, as soon as there is room | the body is whole, or refused |
/// | `IGNORING` | they are counted | the same |
/// | `DISCARDING`, once the request is answered | they are counted | the body has ended, or goes on for too long |
///
/// One thread at a time reads: the one that begins, Jetty's when more has arrived, and one that is
/// started when there is room. Whoever hands the reading on must touch nothing any more.
final class BodyReader implements Runnable {
  /// How much of a body is read in vain before the connection is closed in its face, in bytes: twice
  /// the longest body that any route may accept.
  private static final long MAX_DISCARDED = 2L * HttpLimits.BodyLimits.CEILING;

  /// In how many pieces a body may come. Each piece costs as much as hundreds of bytes, and the
  /// longest bodies come in fewer than half as many where nobody cuts them small on purpose.
  private static final int MAX_PIECES = 16_384;

  private static final byte[] NOTHING = {};

  private final Content.Source source;
  private final Executor executor;
  private final BodyRoom room;
  private final int max;
  private final Listener listener;
  private State state;
  private byte[] body = NOTHING;
  private Content.@Nullable Chunk unread;
  private long read;
  private int pieces;

  private enum State {
    KEEPING,
    IGNORING,
    DISCARDING
  }

  /// Why a body is refused.
  enum Refusal {
    TOO_LONG,
    TOO_MANY_PIECES,
    NO_ROOM
  }

  /// Who is told how the reading ends: by one of these, once, but for [#waits()]. A body that is
  /// refused may be discarded after that.
  interface Listener {
    /// The body is there, empty if it was ignored.
    void whole(ByteString body);

    /// The rest of the body is not read, unless it is to be discarded.
    void refused(Refusal why);

    /// The body ends before it should, or takes too long; nothing is kept of it.
    void broken(Throwable failure);

    /// No more is read of a body that was to be discarded.
    void discarded();

    /// Nothing is read until there is room.
    void waits();

    /// The reading itself has failed.
    void fail(Throwable fault);
  }

  private BodyReader(
      Content.Source source,
      Executor executor,
      BodyRoom room,
      int max,
      Listener listener,
      State state) {
    this.source = source;
    this.executor = executor;
    this.room = room;
    this.max = max;
    this.listener = listener;
    this.state = state;
  }

  /// Reads a body for whoever answers it.
  ///
  /// @param executor runs what ends the waiting for room
  /// @param max longest body in bytes
  static BodyReader keeping(
      Content.Source source, Executor executor, BodyRoom room, int max, Listener listener) {
    return new BodyReader(source, executor, room, max, listener, State.KEEPING);
  }

  /// Reads a body to its end without keeping it.
  ///
  /// @param executor runs what ends the waiting for room
  /// @param max longest body in bytes
  static BodyReader ignoring(
      Content.Source source, Executor executor, BodyRoom room, int max, Listener listener) {
    return new BodyReader(source, executor, room, max, listener, State.IGNORING);
  }

  /// Whether no byte has been read.
  boolean isAtStart() {
    return read == 0;
  }

  /// How many bytes are kept at this moment, or may be without asking for more memory.
  int kept() {
    return body.length;
  }

  /// Lets go of what is kept; from now on the body is read in vain.
  void discard() {
    state = State.DISCARDING;
    letGo();
  }

  /// Lets go of what is kept. The bytes go before the room: whoever gets that fills it at once, while
  /// this request may be referred to for long after its end.
  private void letGo() {
    body = NOTHING;
    giveBack();
  }

  /// Gives the room back; may be called by any thread, and again.
  void giveBack() {
    room.giveBack();
  }

  /// Reads what is there. Called again by Jetty when there is more, and by [#room] when there is room.
  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        Content.Chunk chunk = next();
        if (chunk == null) {
          source.demand(this);
          return;
        }
        more = take(chunk);
      }
    } catch (RuntimeException | Error fault) {
      listener.fail(fault);
    }
  }

  private Content.@Nullable Chunk next() {
    Content.Chunk put = unread;
    unread = null;
    return put == null ? source.read() : put;
  }

  /// Returns whether to read on.
  private boolean take(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      end(chunk.getFailure());
      return false;
    }
    if (lacksRoom(chunk)) {
      awaitRoom(chunk);
      return false;
    }
    boolean last = chunk.isLast();
    add(chunk.getByteBuffer());
    chunk.release();
    return switch (state) {
      case KEEPING, IGNORING -> goesOn(last);
      case DISCARDING -> goesOnInVain(last);
    };
  }

  private boolean goesOn(boolean last) {
    if (read > max) {
      listener.refused(Refusal.TOO_LONG);
    } else if (last) {
      listener.whole(takeBody());
    } else if (pieces > MAX_PIECES) {
      listener.refused(Refusal.TOO_MANY_PIECES);
    } else {
      return true;
    }
    return false;
  }

  private boolean goesOnInVain(boolean last) {
    boolean more = !last && read <= MAX_DISCARDED && pieces <= MAX_PIECES;
    if (!more) {
      listener.discarded();
    }
    return more;
  }

  private void end(Throwable failure) {
    letGo();
    switch (state) {
      case KEEPING, IGNORING -> listener.broken(failure);
      case DISCARDING -> listener.discarded();
    }
  }

  private boolean lacksRoom(Content.Chunk chunk) {
    long size = read + chunk.remaining();
    return state == State.KEEPING && size <= max && !room.growTo(Math.toIntExact(size));
  }

  private void awaitRoom(Content.Chunk chunk) {
    unread = chunk;
    listener.waits();
    // If so, other threads go on from here.
    if (!room.await(this)) {
      read += chunk.remaining();
      dropUnread();
      listener.refused(Refusal.NO_ROOM);
    }
  }

  /// Neither a handler at work nor one that waits for the database is an idle connection; a body
  /// that waits for room too long is. Always false: Jetty has nothing to do about it.
  boolean timedOut(TimeoutException timeout) {
    if (room.withdraw()) {
      executor.execute(() -> {
        dropUnread();
        end(timeout);
      });
    }
    return false;
  }

  private void dropUnread() {
    if (unread != null) {
      unread.release();
      unread = null;
    }
  }

  private void add(ByteBuffer bytes) {
    long before = read;
    read += bytes.remaining();
    pieces++;
    if (state == State.KEEPING && read <= max) {
      keep(bytes, Math.toIntExact(before));
    }
  }

  private void keep(ByteBuffer bytes, int before) {
    int after = before + bytes.remaining();
    if (body.length < after) {
      body = Arrays.copyOf(body, Math.max(after, Math.min(2 * body.length, max)));
    }
    bytes.get(body, before, after - before);
  }

  private ByteString takeBody() {
    ByteString whole = ByteString.of(body, 0, state == State.KEEPING ? Math.toIntExact(read) : 0);
    body = NOTHING;
    return whole;
  }
}
