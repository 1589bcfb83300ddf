package org.sessionpro.backend.cli.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.sessionpro.backend.cli.CommandFailed;

/// Speaks HTTP with the server itself.
final class DirectTransport implements Transport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  /// Longest answer that is read, 32 MiB: a revocation list of about 200 000 entries.
  private static final long MAX_ANSWER = 32L << 20;

  private final URI server;

  /// @param server `http` or `https`; a path is put before the path of every request
  DirectTransport(URI server) {
    this.server = server;
  }

  /// Reads a server's address.
  ///
  /// @throws CommandFailed if it is none
  static DirectTransport to(String url) {
    try {
      URI server = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      String scheme = Optional.ofNullable(server.getScheme()).orElse("");
      if (server.getHost() != null
          && (scheme.equals("http") || scheme.equals("https"))
          && server.getQuery() == null
          && server.getFragment() == null) {
        return new DirectTransport(server);
      }
    } catch (IllegalArgumentException notAUrl) {
      // Answered below, as every other address that is none.
    }
    throw CommandFailed.misused("--url must be like http://127.0.0.1:5000");
  }

  @Override
  public byte[] post(String path, byte[] body) {
    return send(
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  byte[] get(String path) {
    return send(HttpRequest.newBuilder(URI.create(server + path)).GET());
  }

  private byte[] send(HttpRequest.Builder request) {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build()) {
      HttpResponse<byte[]> response =
          client.send(
              request.timeout(ANSWER_TIMEOUT).build(),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
      if (response.statusCode() != 200) {
        throw CommandFailed.because(server + " answers with HTTP status " + response.statusCode());
      }
      return response.body();
    } catch (ConnectException refused) {
      throw CommandFailed.because("no server answers at " + server);
    } catch (HttpTimeoutException late) {
      throw CommandFailed.because(
          server + " does not answer within " + ANSWER_TIMEOUT.toSeconds() + " s");
    } catch (IOException broken) {
      throw CommandFailed.because("the connection to " + server + " broke: " + broken.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailed.because("interrupted");
    }
  }
}
