package org.sessionpro.backend.db;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/// Connects the database driver to a server on this machine through the file of its Unix socket,
/// whatever address it asks for. Made by the driver itself, which is told this class by name.
public final class UnixSocketFactory extends SocketFactory {
  private final Path file;

  /// @param file of the socket, for example `/var/run/postgresql/.s.PGSQL.5432`
  public UnixSocketFactory(String file) {
    this.file = Path.of(file);
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(file);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw onlyUnconnected();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw onlyUnconnected();
  }

  private static UnsupportedOperationException onlyUnconnected() {
    return new UnsupportedOperationException("the driver connects sockets itself");
  }
}
