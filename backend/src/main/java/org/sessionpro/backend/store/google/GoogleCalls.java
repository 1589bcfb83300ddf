package org.sessionpro.backend.store.google;

import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Gone;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.protocol.BadRequest;

/// Makes requests to Google and tells their outcomes apart: the one place that knows what Google's
/// status codes mean (`google-play.md` §8, errors). Nobody else sees a status; what is done about an
/// outcome stands with [StoreAnswer].
///
/// Bodies are read by our own lenient parsers: a field of an unexpected type must never keep somebody
/// from what was paid for.
final class GoogleCalls {
  private static final int UNAUTHENTICATED = 401;
  private static final Duration LONGEST_REST = Duration.ofHours(1);
  private static final Set<String> QUOTA =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded");

  private final ServiceAccount account;
  private final InstantSource clock;
  private final Duration patience;

  /// @param patience the real time within which a request that was refused is made once more
  GoogleCalls(ServiceAccount account, InstantSource clock, Duration patience) {
    this.account = account;
    this.clock = clock;
    this.patience = patience;
  }

  /// What came back. No record, so that a long body need not be copied.
  private static final class Reply {
    private final int status;
    private final @Nullable String retryAfter;
    private final byte[] body;

    Reply(int status, @Nullable String retryAfter, byte[] body) {
      this.status = status;
      this.retryAfter = retryAfter;
      this.body = body;
    }
  }

  /// A request as Google's library builds it.
  @FunctionalInterface
  interface Request {
    AbstractGoogleClientRequest<?> build() throws IOException;
  }

  /// Makes the request, once more with a fresh token if the first one is refused soon enough: a call
  /// must end while whoever makes it has the lease of what it is about.
  ///
  /// @param read throws [BadRequest] if the body makes no sense
  <T> StoreAnswer<T> call(Request request, Function<byte[], T> read) {
    return call(request, read, BoundedTransport.MAX_BODY);
  }

  /// As above.
  ///
  /// @param maxBody longest body of the answer that is read, in bytes
  <T> StoreAnswer<T> call(Request request, Function<byte[], T> read, int maxBody) {
    long begun = System.nanoTime();
    StoreAnswer<String> token = account.token();
    if (!(token instanceof Answer<String> first)) {
      return withoutValue(token);
    }
    StoreAnswer<Reply> reply = attempt(request, first.value(), maxBody);
    if (isTokenRefused(reply) && System.nanoTime() - begun >= patience.toNanos()) {
      return new TryLater<>(Trouble.TIMEOUT);
    }
    if (isTokenRefused(reply)
        && account.freshToken(first.value()) instanceof Answer<String> fresh
        && !fresh.value().equals(first.value())) {
      reply = attempt(request, fresh.value(), maxBody);
    }
    return reply instanceof Answer<Reply> came
        ? outcome(came.value(), read, maxBody)
        : withoutValue(reply);
  }

  private static boolean isTokenRefused(StoreAnswer<Reply> reply) {
    return reply instanceof Answer<Reply> came && came.value().status == UNAUTHENTICATED;
  }

  /// An outcome that is no answer, for whatever was asked for.
  private static <T> StoreAnswer<T> withoutValue(StoreAnswer<?> outcome) {
    return outcome.map(_ -> {
      throw new IllegalStateException("an answer has a value");
    });
  }

  private static StoreAnswer<Reply> attempt(Request request, String token, int maxBody) {
    try {
      return new Answer<>(send(request.build(), token, maxBody));
    } catch (HttpTimeoutException late) {
      return new TryLater<>(Trouble.TIMEOUT);
    } catch (IOException broken) {
      return new TryLater<>(Trouble.CONNECTION);
    }
  }

  private static Reply send(AbstractGoogleClientRequest<?> request, String token, int maxBody)
      throws IOException {
    request.setDisableGZipContent(true);
    HttpRequest http = request.buildHttpRequest();
    http.setThrowExceptionOnExecuteError(false)
        .setFollowRedirects(false)
        .setNumberOfRetries(0)
        .setLoggingEnabled(false)
        .setCurlLoggingEnabled(false);
    http.getHeaders().setAuthorization("Bearer " + token);
    HttpResponse response = http.execute();
    try {
      InputStream content = response.getContent();
      byte[] body = content == null ? new byte[0] : content.readNBytes(maxBody + 1);
      return new Reply(response.getStatusCode(), response.getHeaders().getRetryAfter(), body);
    } finally {
      response.disconnect();
    }
  }

  private <T> StoreAnswer<T> outcome(Reply reply, Function<byte[], T> read, int maxBody) {
    int status = reply.status;
    if (status >= 200 && status < 300) {
      return reply.body.length > maxBody ? new TryLater<>(Trouble.UNREADABLE) : answer(reply, read);
    }
    if (status < 400 || status >= 500) {
      return new TryLater<>(Trouble.UNAVAILABLE);
    }
    return switch (status) {
      case UNAUTHENTICATED -> new Unauthorized<>();
      case 403 -> isQuota(reply) ? throttled(reply) : new Unauthorized<>();
      case 404 -> new NotFound<>();
      case 408 -> new TryLater<>(Trouble.TIMEOUT);
      case 409 -> new TryLater<>(Trouble.CONFLICT);
      case 410 -> new Gone<>();
      case 429 -> throttled(reply);
      default -> new Refused<>(status, reasons(reply).stream().findFirst().orElse(""));
    };
  }

  private static <T> StoreAnswer<T> answer(Reply reply, Function<byte[], T> read) {
    try {
      return new Answer<>(read.apply(reply.body));
    } catch (BadRequest malformed) {
      return new TryLater<>(Trouble.UNREADABLE);
    }
  }

  private static boolean isQuota(Reply reply) {
    return reasons(reply).stream().anyMatch(QUOTA::contains);
  }

  /// Google's words for why; nothing but letters, so that they can be logged.
  private static List<String> reasons(Reply reply) {
    try {
      return Lenient.parse(reply.body).object("error").stream()
          .flatMap(error -> error.objects("errors").stream())
          .flatMap(error -> error.text("reason").stream())
          .filter(reason -> reason.matches("[A-Za-z]{1,64}"))
          .toList();
    } catch (BadRequest unreadable) {
      return List.of();
    }
  }

  private <T> StoreAnswer<T> throttled(Reply reply) {
    return new Throttled<>(until(reply.retryAfter));
  }

  /// Seconds or a date; null for anything else, and for what has passed already. An hour at most: a
  /// slip of theirs must not stop us.
  private @Nullable Instant until(@Nullable String retryAfter) {
    if (retryAfter == null) {
      return null;
    }
    Instant now = clock.instant();
    Instant limit = now.plus(LONGEST_REST);
    Instant until;
    if (retryAfter.matches("[0-9]{1,9}")) {
      until = now.plusSeconds(Long.parseLong(retryAfter));
    } else {
      try {
        until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter));
      } catch (DateTimeException malformed) {
        return null;
      }
    }
    if (!until.isAfter(now)) {
      return null;
    }
    return until.isAfter(limit) ? limit : until;
  }
}
