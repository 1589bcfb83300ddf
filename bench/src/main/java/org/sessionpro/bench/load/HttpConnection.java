package org.sessionpro.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// One HTTP/1.1 connection that stays open, as cheap for the generator as it can be: it shares the
/// machine with the server that it measures. For one thread.
///
/// Understands answers with a `Content-Length` only.
final class HttpConnection implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int ANSWER_TIMEOUT_MILLIS = 15_000;
  private static final int LONGEST_HEAD = 8_192;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");
  private static final String CLOSED = "connection closed";
  private static final String CONTENT_LENGTH = "\r\ncontent-length:";
  private static final String GZIPPED = "\r\ncontent-encoding: gzip\r\n";

  /// `HTTP/1.1 200`: where the status stands.
  private static final int STATUS_START = 9;

  private static final int STATUS_END = 12;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /// Holds an answer from its beginning; as long as the longest so far.
  private byte[] buffer = new byte[LONGEST_HEAD];

  private HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  static HttpConnection open(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
      socket.connect(address, CONNECT_TIMEOUT_MILLIS);
      return new HttpConnection(socket);
    } catch (IOException impossible) {
      socket.close();
      throw impossible;
    }
  }

  /// Sends a request, head and body, and reads the answer to its end.
  ///
  /// @throws IOException if there is none or it cannot be read; the connection is of no use then
  HttpAnswer exchange(byte[] request) throws IOException {
    out.write(request);
    int filled = 0;
    int headEnd = -1;
    while (headEnd < 0) {
      int count = in.read(buffer, filled, LONGEST_HEAD - filled);
      if (count <= 0) {
        throw new EOFException(count < 0 ? CLOSED : "endless head");
      }
      headEnd = endOfHead(Math.max(0, filled - 3), filled + count);
      filled += count;
    }
    String head =
        new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int length = contentLength(head);
    readUntil(headEnd + length, filled);
    ByteBuffer body = ByteBuffer.wrap(buffer, headEnd, length).slice().asReadOnlyBuffer();
    return new HttpAnswer(status(head), head.contains(GZIPPED), body);
  }

  /// Fills the buffer, which has `filled` bytes, up to `end`.
  private void readUntil(int end, int filled) throws IOException {
    if (buffer.length < end) {
      buffer = Arrays.copyOf(buffer, end);
    }
    int missing = end - filled;
    if (missing > 0 && in.readNBytes(buffer, filled, missing) < missing) {
      throw new EOFException(CLOSED);
    }
  }

  private int endOfHead(int from, int to) {
    for (int i = from; i + 3 < to; i++) {
      if (buffer[i] == '\r'
          && buffer[i + 1] == '\n'
          && buffer[i + 2] == '\r'
          && buffer[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private static int contentLength(String head) throws IOException {
    int field = head.indexOf(CONTENT_LENGTH);
    if (field < 0) {
      throw new IOException("answer without Content-Length");
    }
    int start = field + CONTENT_LENGTH.length();
    return number(head.substring(start, head.indexOf("\r\n", start)).strip());
  }

  private static int status(String head) throws IOException {
    return head.length() < STATUS_END ? 0 : number(head.substring(STATUS_START, STATUS_END));
  }

  private static int number(String digits) throws IOException {
    if (!NUMBER.matcher(digits).matches()) {
      throw new IOException("malformed answer");
    }
    return Integer.parseInt(digits);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
