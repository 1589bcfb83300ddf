package org.sessionpro.backend.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sessionpro.protocol.ByteString;

/// A client without manners: sends what it is told to, byte by byte if it must be.
public final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /// One answer as it stood on the wire.
  public record Answer(String statusLine, Map<String, String> headers, ByteString body) {
    public int status() {
      return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    public String text() {
      return new String(body.toByteArray(), StandardCharsets.UTF_8);
    }

    /// The value of a header, or an empty text.
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  public static RawClient to(InetSocketAddress address) throws IOException {
    return new RawClient(new Socket(address.getAddress(), address.getPort()));
  }

  /// Sends one request on a connection of its own and reads its answer.
  public static Answer ask(InetSocketAddress address, String head, byte[] body) throws IOException {
    try (RawClient client = to(address)) {
      return client.send(head + "Content-Length: " + body.length + "\r\n\r\n").send(body).read();
    }
  }

  public RawClient send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /// Sends as much as the server takes before it closes the connection.
  public RawClient sendWhatIsTaken(byte[] bytes) throws IOException {
    try {
      return send(bytes);
    } catch (SocketException closed) {
      return this;
    }
  }

  /// Sends `bytes` again and again until the server closes the connection.
  public void sendUntilClosed(byte[] bytes) throws IOException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    try {
      while (System.nanoTime() < end) {
        send(bytes);
      }
    } catch (SocketException closed) {
      return;
    }
    throw new SocketTimeoutException("the server takes it all");
  }

  /// Sends `bytes` one at a time, waiting `pauseMillis` for an answer after each, until there is
  /// one or the connection is closed.
  public void dribble(byte[] bytes, int pauseMillis) throws IOException {
    for (byte one : bytes) {
      if (!staysSilentFor(pauseMillis)) {
        return;
      }
      sendWhatIsTaken(new byte[] {one});
    }
  }

  /// Waits for an answer or the end of the connection; true if neither comes.
  public boolean staysSilentFor(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      in.mark(1);
      in.read();
      in.reset();
      return false;
    } catch (SocketTimeoutException nothing) {
      return true;
    } catch (IOException closed) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /// Sends FIN; answers can still be read.
  public RawClient endSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// As [#endSending()], unless the server has already reset the connection.
  public RawClient endSendingIfOpen() {
    try {
      return endSending();
    } catch (IOException closed) {
      return this;
    }
  }

  /// Reads the next answer; of one to `HEAD` use [#readHead()].
  public Answer read() throws IOException {
    Answer head = readHead();
    int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("answer cut off");
    }
    return new Answer(head.statusLine(), head.headers(), ByteString.of(body));
  }

  /// Reads the next answer up to the empty line.
  public Answer readHead() throws IOException {
    String statusLine = line();
    Map<String, String> headers = new TreeMap<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      String[] pair = field.split(":", 2);
      headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1].strip());
    }
    return new Answer(statusLine, headers, ByteString.of(new byte[0]));
  }

  /// All that comes until the connection is closed or reset.
  public String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        all.write(next);
      }
    } catch (SocketTimeoutException hanging) {
      throw hanging;
    } catch (IOException reset) {
      // A reset ends the answer like a FIN.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed after: " + line);
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
