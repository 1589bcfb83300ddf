package org.sessionpro.simulator.apple.delivery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.sessionpro.protocol.ByteString;

/// A webhook that is reached over HTTP.
public final class HttpWebhook implements Webhook, AutoCloseable {
  /// Longer than a server takes that has just been started on a busy machine.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  public HttpWebhook(URI url) {
    this.url = url;
  }

  @Override
  public int post(ByteString body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
