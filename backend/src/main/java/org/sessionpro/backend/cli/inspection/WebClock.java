package org.sessionpro.backend.cli.inspection;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import org.sessionpro.backend.cli.CommandFailed;

/// The clock of a web server, which every answer shows to the second.
final class WebClock {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private WebClock() {}

  /// By how much it is ahead of ours, at least: between the question and the answer, and within the
  /// second that it names, anything is possible. Zero if both may be equal.
  ///
  /// @throws CommandFailed if it does not tell
  static Duration ahead(URI server, Duration patience, InstantSource clock) {
    HttpRequest request = request(server, patience);
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .build()) {
      Instant asked = clock.instant();
      HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
      Instant answered = clock.instant();
      return ahead(date(answer), asked, answered);
    } catch (IOException unreachable) {
      throw CommandFailed.because(
          "the web server tells no time: " + unreachable.getClass().getSimpleName());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw CommandFailed.because("interrupted");
    }
  }

  private static HttpRequest request(URI server, Duration patience) {
    try {
      return HttpRequest.newBuilder(server)
          .timeout(patience)
          .method("HEAD", HttpRequest.BodyPublishers.noBody())
          .build();
    } catch (IllegalArgumentException notOfTheWeb) {
      throw CommandFailed.misused("--against must be like https://example.org");
    }
  }

  private static Instant date(HttpResponse<Void> answer) {
    String date = answer.headers().firstValue("Date").orElse("");
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeException none) {
      throw CommandFailed.because("the web server tells no time: its answer has no usable Date");
    }
  }

  /// @param second that began at this instant when the server answered
  /// @param asked not after it did
  /// @param answered not before it did
  static Duration ahead(Instant second, Instant asked, Instant answered) {
    Instant last = second.plus(SECOND);
    if (second.isAfter(answered)) {
      return Duration.between(answered, second);
    }
    return last.isBefore(asked) ? Duration.between(asked, last) : Duration.ZERO;
  }
}
