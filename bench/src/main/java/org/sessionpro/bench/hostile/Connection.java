package org.sessionpro.bench.hostile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.sessionpro.protocol.ByteString;

/// A connection that sends whatever it is told to. Closing resets it, so that thousands leave nothing
/// behind in the kernel. For one thread, save that [#close()] may come from any.
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int BUFFER_SIZE = 1_024;
  private static final int NARROW = 1_024;
  private static final int LONGEST_LINE = 16_384;
  private static final String CONTENT_LENGTH = "content-length:";

  private final Socket socket = new Socket();
  private volatile Runnable whenClosed = () -> {};

  /// @param status of the status line
  record Answer(int status, ByteString body) {
    /// The status as outcomes are counted.
    String outcome() {
      return Integer.toString(status);
    }
  }

  private Connection() {}

  static Connection open(InetSocketAddress server) throws IOException {
    return new Connection().connected(server);
  }

  /// One that has little room for what the server sends.
  static Connection openNarrow(InetSocketAddress server) throws IOException {
    Connection connection = new Connection();
    connection.socket.setReceiveBufferSize(NARROW);
    return connection.connected(server);
  }

  private Connection connected(InetSocketAddress server) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoLinger(true, 0);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(server, TIMEOUT_MILLIS);
      return this;
    } catch (IOException impossible) {
      close();
      throw impossible;
    }
  }

  void whenClosed(Runnable action) {
    whenClosed = action;
  }

  Connection send(byte[] bytes) throws IOException {
    return send(bytes, 0, bytes.length);
  }

  Connection send(byte[] bytes, int from, int length) throws IOException {
    socket.getOutputStream().write(bytes, from, length);
    return this;
  }

  Connection send(String ascii) throws IOException {
    return send(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /// Sends FIN; answers can still be read.
  Connection endSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Whether something can be read without waiting.
  boolean isAnswered() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /// Sends a request and reads its answer.
  Answer ask(byte[] request) throws IOException {
    return send(request).answers().next();
  }

  /// The answers that come; ask for them once for each connection if there may be several.
  Answers answers() throws IOException {
    return new Answers(new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE));
  }

  /// Reads answers one after the other.
  record Answers(InputStream in) {
    /// @throws IOException if none comes or it cannot be read
    Answer next() throws IOException {
      String statusLine = line();
      if (!statusLine.matches("HTTP/1\\.1 [0-9]{3}( .*)?")) {
        throw new IOException("malformed answer");
      }
      int length = 0;
      for (String field = line(); !field.isEmpty(); field = line()) {
        if (field.toLowerCase(Locale.ROOT).startsWith(CONTENT_LENGTH)) {
          length = Integer.parseInt(field.substring(CONTENT_LENGTH.length()).strip());
        }
      }
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("answer cut off");
      }
      return new Answer(Integer.parseInt(statusLine.substring(9, 12)), ByteString.of(body));
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0 || line.length() > LONGEST_LINE) {
          throw new EOFException("no answer");
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }
  }

  @Override
  public void close() {
    whenClosed.run();
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Then it is closed.
    }
  }
}
