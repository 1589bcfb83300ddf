package org.sessionpro.backend.http;

import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Listens for HTTP/1.1 on one address; its connections are [TimedEndPoint]s.
final class TimedConnector extends ServerConnector {
  /// Connections that the kernel holds for us while we are busy; Java's default of 50 is lost in a
  /// burst.
  private static final int BACKLOG = 1_024;

  /// Every request under way has one buffer for what arrives, and every answer one for its header;
  /// both are larger than what real clients send and get.
  private static final int BUFFER_SIZE = 4_096;

  private final HttpLimits limits;
  private final AccessListener listener;

  TimedConnector(
      Server server, InetSocketAddress address, HttpLimits limits, AccessListener listener) {
    super(server, requests(limits));
    this.limits = limits;
    this.listener = listener;
    setHost(address.getAddress().getHostAddress());
    setPort(address.getPort());
    setAcceptQueueSize(BACKLOG);
    setIdleTimeout(limits.times().idle().toMillis());
    // Twice this long, once to send FIN and once to wait for the client's, leaves time to spare.
    setShutdownIdleTimeout(limits.times().stop().dividedBy(4).toMillis());
  }

  private static HttpConnectionFactory requests(HttpLimits limits) {
    HttpConnectionFactory requests = new HttpConnectionFactory(configuration(limits));
    requests.setInputBufferSize(BUFFER_SIZE);
    return requests;
  }

  private static HttpConfiguration configuration(HttpLimits limits) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(limits.headerBytes());
    // Each connection would keep 90 kB to recognise the fields that its last requests had.
    configuration.setHeaderCacheSize(0);
    configuration.setResponseHeaderSize(BUFFER_SIZE);
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    // Paths are compared as sent and never decoded, so that an ambiguous spelling is merely a path
    // that does not exist.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return configuration;
  }

  @Override
  protected TimedEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    long receiveMillis = limits.times().receive().toMillis();
    return new TimedEndPoint(channel, selector, key, this, receiveMillis, listener);
  }
}
