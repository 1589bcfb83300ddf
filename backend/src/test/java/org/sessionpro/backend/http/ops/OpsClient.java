package org.sessionpro.backend.http.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.sessionpro.backend.http.RawClient;

/// Asks a server as those do who run it.
public final class OpsClient {
  private OpsClient() {}

  /// Asks for a path.
  public static RawClient.Answer get(InetSocketAddress server, String path) throws IOException {
    return ask(server, "GET", path);
  }

  /// As [#get], with any method but `HEAD`.
  public static RawClient.Answer ask(InetSocketAddress server, String method, String path)
      throws IOException {
    return RawClient.ask(server, method + " " + path + " HTTP/1.1\r\nHost: h\r\n", new byte[0]);
  }

  /// Every number that it shows.
  public static Exposition scrape(InetSocketAddress server) throws IOException {
    RawClient.Answer answer = get(server, "/metrics");
    if (answer.status() != 200
        || !answer.header("content-type").equals("text/plain; version=0.0.4; charset=utf-8")) {
      throw new AssertionError(answer.statusLine() + " " + answer.headers());
    }
    return Exposition.read(answer.text());
  }
}
