package org.sessionpro.backend.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/// A connection whose clock runs against phases, not against silence.
///
/// Jetty restarts a connection's idle clock with every byte, so that a client that sends one byte
/// now and then is served for ever. Here only the start of a phase restarts it:
///
/// | phase | until | limit | what happens at the limit |
/// |---|---|---|---|
/// | `IDLE` | the first byte of a request | idle; receive if it is the first | closed |
/// | `HEAD` | the end of the header | receive | 408, then closed |
/// | `BODY` | the end of the body; the clock of `HEAD` runs on | receive | the reader of the body is told |
/// | `ANSWER` | the answer is sent | idle | closed if it cannot be written |
/// | `OVER`, after the last answer | the client closes | receive | closed |
///
/// In `HEAD` there is no request yet that Jetty could answer, so a request that ends there, by time
/// or because the client stopped sending, is answered from here in plain bytes.
final class TimedEndPoint extends SocketChannelEndPoint {
  private enum Phase {
    IDLE,
    HEAD,
    BODY,
    ANSWER,
    OVER
  }

  private final ServerConnector connector;
  private final long receiveMillis;
  private final AccessListener listener;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

  TimedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      ServerConnector connector,
      long receiveMillis,
      AccessListener listener) {
    super(channel, selector, key, connector.getScheduler());
    this.connector = connector;
    this.receiveMillis = receiveMillis;
    this.listener = listener;
    // A connection is opened for a request; only later ones may be a while in coming.
    setIdleTimeout(Math.min(receiveMillis, idleMillis()));
  }

  /// The header is complete and the caller is to answer the request. False if it was answered from
  /// here in the meantime: then nothing may be written any more.
  boolean claim() {
    if (phase.compareAndSet(Phase.HEAD, Phase.BODY)) {
      return true;
    }
    if (phase.compareAndSet(Phase.IDLE, Phase.BODY)) {
      // A pipelined request: its bytes came with those of the request before it.
      super.notIdle();
    }
    return phase.get() != Phase.OVER;
  }

  /// The request is complete; from now on the server is at work.
  void received() {
    phase.set(Phase.ANSWER);
    super.notIdle();
    setIdleTimeout(idleMillis());
  }

  /// The answer is sent; the next request may come, unless this answer was announced as the last.
  void answered() {
    phase.set(isOutputShutdown() ? Phase.OVER : Phase.IDLE);
    super.notIdle();
    setIdleTimeout(idleMillis());
  }

  @Override
  public void notIdle() {
    // Bytes do not restart the clock; only the methods above do.
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0 && phase.compareAndSet(Phase.IDLE, Phase.HEAD)) {
      super.notIdle();
    } else if (filled < 0) {
      refuse(400);
    }
    return filled;
  }

  @Override
  public void fillInterested(Callback callback) {
    limitReceiving();
    super.fillInterested(callback);
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    limitReceiving();
    return super.tryFillInterested(callback);
  }

  @Override
  protected void onIdleExpired(TimeoutException timeout) {
    refuse(408);
    super.onIdleExpired(timeout);
    if (isOutputShutdown()) {
      phase.compareAndSet(Phase.IDLE, Phase.OVER);
    }
  }

  /// Called where the connection is about to wait for bytes, or for room to put them; a request that
  /// arrives in one piece never gets here between its first byte and its last and costs no timer.
  void limitReceiving() {
    switch (phase.get()) {
      case HEAD, BODY, OVER -> setIdleTimeout(Math.min(receiveMillis, idleMillis()));
      case IDLE, ANSWER -> {}
    }
  }

  private long idleMillis() {
    return connector.isShutdown() ? connector.getShutdownIdleTimeout() : connector.getIdleTimeout();
  }

  private void refuse(int status) {
    if (!phase.compareAndSet(Phase.HEAD, Phase.OVER)) {
      return;
    }
    super.notIdle();
    listener.answered(Access.refused(Access.NO_ROUTE, Origin.DIRECT, status));
    try {
      // Nothing is being written in this phase, and so few bytes always fit the socket's buffer.
      flush(ByteBuffer.wrap(rawAnswer(status)));
    } catch (IOException gone) {
      close(gone);
    }
  }

  private static byte[] rawAnswer(int status) {
    String text = StatusText.of(status) + "\n";
    String answer =
        "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(
                status,
                HttpStatus.getMessage(status),
                ContentType.TEXT.value(),
                text.length(),
                text);
    return answer.getBytes(StandardCharsets.US_ASCII);
  }
}
