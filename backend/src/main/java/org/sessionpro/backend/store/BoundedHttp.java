package org.sessionpro.backend.store;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How requests to stores are made: each, its answer's body included, ends within a fixed time and
/// size, and goes nowhere but where it was sent.
///
/// @param limit from the request's first byte to the answer's last
/// @param maxBody longest body of an answer, in bytes; a longer one is a broken connection
public record BoundedHttp(HttpClient client, Duration limit, int maxBody) {

  /// A client that follows no redirect and keeps each request on a connection of its own.
  public static HttpClient client(Duration connectLimit) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectLimit)
        .build();
  }

  /// Makes a request.
  ///
  /// @throws HttpTimeoutException if there is no whole answer in time
  /// @throws IOException if the connection cannot be made, or breaks
  public HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBody));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("no answer in time");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", closing);
    } finally {
      answer.cancel(true);
    }
  }
}
