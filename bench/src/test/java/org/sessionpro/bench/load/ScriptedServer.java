package org.sessionpro.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// Answers each request, whatever it is, with the next of its pieces of raw bytes; closes the
/// connection after an answer that ends with [#CLOSE].
///
/// Each answer is sent byte by byte, as the worst network would.
final class ScriptedServer implements AutoCloseable {
  /// Ends an answer behind which the connection is closed; not sent.
  static final String CLOSE = "\0";

  private final ServerSocket socket;
  private final Queue<String> answers;

  ScriptedServer(String... answers) throws IOException {
    this.answers = new ArrayDeque<>(List.of(answers));
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /// An answer as it should be.
  static String answer(int status, String body) {
    return "HTTP/1.1 %d Whatever\r\nX: y\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.setTcpNoDelay(true);
        serve(connection);
      } catch (IOException closed) {
        // By the client or by the end of the test.
      }
    }
  }

  private void serve(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    OutputStream out = connection.getOutputStream();
    while (in.read(new byte[8_192]) > 0) {
      String answer = answers.remove();
      for (byte b : answer.replace(CLOSE, "").getBytes(StandardCharsets.US_ASCII)) {
        out.write(b);
      }
      if (answer.endsWith(CLOSE)) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
