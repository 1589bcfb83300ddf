package org.sessionpro.backend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for programs that must know of each other's before they listen.
public final class FreePort {
  /// Below those that systems give to outgoing connections (from 32 768 on Linux): between the choice and
  /// the program's start, no connection of another test takes the port.
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int TRIES = 100;

  private FreePort() {}

  /// A port of the loopback address that nobody listens on.
  public static int choose() throws IOException {
    IOException taken = null;
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        taken = e;
      }
    }
    throw taken;
  }
}
