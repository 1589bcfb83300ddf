package org.sessionpro.backend.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to the file of a Unix socket in the form of the platform's older sockets, as far as the
/// database driver uses them. The platform has such connections as channels only, whose reads know no
/// time-out; so the channel never blocks, and a selector waits.
///
/// One thread reads and one writes at a time; any may close it.
final class UnixSocket extends Socket {
  private final UnixDomainSocketAddress address;
  private @Nullable Connection connection;
  private volatile int timeout;
  private volatile boolean closed;

  UnixSocket(Path file) {
    this.address = UnixDomainSocketAddress.of(file);
  }

  /// @param reading waits until something can be read
  /// @param writing waits until something can be written
  private record Connection(SocketChannel channel, Selector reading, Selector writing) {
    static Connection to(UnixDomainSocketAddress address) throws IOException {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(address);
        channel.configureBlocking(false);
        return new Connection(
            channel,
            selector(channel, SelectionKey.OP_READ),
            selector(channel, SelectionKey.OP_WRITE));
      } catch (IOException failed) {
        channel.close();
        throw failed;
      }
    }

    private static Selector selector(SocketChannel channel, int operation) throws IOException {
      Selector selector = channel.provider().openSelector();
      channel.register(selector, operation);
      return selector;
    }

    void close() throws IOException {
      channel.close();
      reading.close();
      writing.close();
    }
  }

  /// @param ignored the address of a server on a network
  @Override
  public void connect(SocketAddress ignored) throws IOException {
    connect(ignored, 0);
  }

  /// @param ignored the address of a server on a network
  /// @param patience unused: a server on this machine answers at once or is not there
  @Override
  public void connect(SocketAddress ignored, int patience) throws IOException {
    connection = Connection.to(address);
  }

  private Connection connection() throws SocketException {
    Connection present = connection;
    if (present == null || closed) {
      throw new SocketException(closed ? "Socket closed" : "Socket is not connected");
    }
    return present;
  }

  private int read(ByteBuffer room) throws IOException {
    Connection present = connection();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
    try {
      int count = present.channel().read(room);
      while (count == 0 && room.hasRemaining()) {
        await(present.reading(), timeout == 0 ? 0 : millisUntil(deadline));
        count = present.channel().read(room);
      }
      return count;
    } catch (ClosedChannelException | ClosedSelectorException over) {
      throw closed(over);
    }
  }

  private static long millisUntil(long deadline) throws SocketTimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("Read timed out");
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
  }

  private static void await(Selector selector, long millis) throws IOException {
    selector.select(millis);
    selector.selectedKeys().clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    Connection present = connection();
    try {
      while (bytes.hasRemaining()) {
        if (present.channel().write(bytes) == 0) {
          await(present.writing(), 0);
        }
      }
    } catch (ClosedChannelException | ClosedSelectorException over) {
      throw closed(over);
    }
  }

  private static SocketException closed(Exception over) {
    return new SocketException("Socket closed", over);
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return UnixSocket.this.read(ByteBuffer.wrap(bytes, from, length));
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        UnixSocket.this.write(ByteBuffer.wrap(bytes, from, length));
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    };
  }

  @Override
  public void close() throws IOException {
    closed = true;
    Connection present = connection;
    if (present != null) {
      present.close();
    }
  }

  @Override
  public boolean isConnected() {
    return connection != null;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void setSoTimeout(int millis) {
    timeout = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeout;
  }

  @Override
  public int getSendBufferSize() throws SocketException {
    return size(connection().channel(), true);
  }

  @Override
  public int getReceiveBufferSize() throws SocketException {
    return size(connection().channel(), false);
  }

  private static int size(SocketChannel channel, boolean sent) throws SocketException {
    try {
      return channel.getOption(
          sent ? StandardSocketOptions.SO_SNDBUF : StandardSocketOptions.SO_RCVBUF);
    } catch (IOException over) {
      throw closed(over);
    }
  }

  /// Nothing to do: no network lies between.
  @Override
  public void setTcpNoDelay(boolean on) {}

  /// Nothing to do: the end of the server is seen at once.
  @Override
  public void setKeepAlive(boolean on) {}

  /// Nothing to do: the system's own size will do.
  @Override
  public void setSendBufferSize(int size) {}

  /// Nothing to do: the system's own size will do.
  @Override
  public void setReceiveBufferSize(int size) {}

  /// Nothing to do: what was written is with the server.
  @Override
  public void setSoLinger(boolean on, int seconds) {}

  @Override
  public String toString() {
    return "UnixSocket[" + address + "]";
  }
}
