package org.sessionpro.simulator.apple.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.delivery.Notification;
import org.sessionpro.simulator.apple.delivery.NotificationLog;
import org.sessionpro.simulator.apple.document.Documents;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.notice.Subtype;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Body;
import org.sessionpro.simulator.http.Request;

/// Get Notification History: what was told within a window of time, 20 a page (`app-store.md` §1.4).
public final class NotificationHistory {
  private static final int PAGE = 20;
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private final NotificationLog log;
  private final Documents documents;
  private final AtomicReference<HistoryForm> form = new AtomicReference<>(HistoryForm.ORIGINAL);

  NotificationHistory(NotificationLog log, Documents documents) {
    this.log = log;
    this.documents = documents;
  }

  /// What it returns from now on.
  public void setForm(HistoryForm changed) {
    form.set(changed);
  }

  /// What is asked for, without the page.
  ///
  /// @param subject any transaction of what it must be about; empty is anything
  /// @param type empty is any
  private record Question(
      Instant from,
      Instant until,
      boolean onlyFailures,
      Optional<TransactionId> subject,
      Optional<String> type,
      Optional<String> subtype) {
    static Question of(Body body, Instant earliest) {
      Instant from = instant(body, "startDate", ApiError.INVALID_START_DATE);
      Instant until = instant(body, "endDate", ApiError.INVALID_END_DATE);
      if (from.isBefore(earliest)) {
        throw new ApiFailure(ApiError.START_DATE_TOO_FAR_IN_PAST);
      }
      if (from.isAfter(until)) {
        throw new ApiFailure(ApiError.START_DATE_AFTER_END_DATE);
      }
      Optional<String> type = body.text("notificationType");
      Optional<String> subtype = body.text("notificationSubtype");
      boolean known =
          type.map(word -> isOneOf(NoticeType.values(), word)).orElse(subtype.isEmpty())
              && subtype.map(word -> isOneOf(Subtype.values(), word)).orElse(true);
      if (!known) {
        throw new ApiFailure(ApiError.INVALID_NOTIFICATION_TYPE);
      }
      Optional<TransactionId> subject = body.text("transactionId").map(StoreView::id);
      if (subject.isPresent() && type.isPresent()) {
        throw new ApiFailure(ApiError.MULTIPLE_FILTERS_SUPPLIED);
      }
      return new Question(from, until, body.flag("onlyFailures"), subject, type, subtype);
    }

    private static boolean isOneOf(Enum<?>[] words, String word) {
      return Arrays.stream(words).anyMatch(one -> one.name().equals(word));
    }

    private static Instant instant(Body body, String name, ApiError missing) {
      return body.integer(name)
          .filter(millis -> millis >= 0)
          .map(Instant::ofEpochMilli)
          .orElseThrow(() -> new ApiFailure(missing));
    }

    /// Names it, so that a token for further pages fits no other question.
    String digest() {
      byte[] text =
          (from
                  + "/"
                  + until
                  + "/"
                  + onlyFailures
                  + "/"
                  + subject.map(TransactionId::value)
                  + type
                  + subtype)
              .getBytes(StandardCharsets.UTF_8);
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
        return HexFormat.of().formatHex(hash, 0, 8);
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java platform has SHA-256", impossible);
      }
    }

    boolean fits(Notification notification, StoreView view) {
      News news = notification.letter().notice().news();
      Instant about = notification.letter().about();
      return !about.isBefore(from)
          && !about.isAfter(until)
          && !(onlyFailures && notification.isDelivered())
          && type.map(news.type().name()::equals).orElse(true)
          && subtype
              .map(word -> news.subtype() != null && news.subtype().name().equals(word))
              .orElse(true)
          && subject
              .map(any -> view.purchase(any).original().equals(notification.subject()))
              .orElse(true);
    }
  }

  /// Where a page begins.
  private record Token(String digest, int offset, Instant issued) {
    String encoded() {
      String text = digest + ":" + offset + ":" + issued.toEpochMilli();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static Token decode(String encoded) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII)
                .split(":", -1);
        return new Token(
            parts[0], Integer.parseInt(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
        throw new ApiFailure(ApiError.INVALID_PAGINATION_TOKEN);
      }
    }
  }

  /// @param pagesBack how many pages before the one that is asked for is answered
  Answer answer(StoreView view, Request request, Instant now, int pagesBack) {
    Instant earliest = now.minus(documents.environment().memory());
    Question question = Question.of(Body.of(request), earliest);
    int asked =
        request.parameter("paginationToken").map(token -> offset(token, question, now)).orElse(0);
    int offset = Math.max(0, asked - pagesBack * PAGE);
    List<Notification> found =
        log.shown(now).stream().filter(one -> question.fits(one, view)).toList();
    int begin = Math.min(offset, found.size());
    int end = Math.min(begin + PAGE, found.size());
    return Answer.json(
        200,
        JsonWriter.object(root -> {
          root.bool("hasMore", end < found.size());
          if (end < found.size()) {
            root.text("paginationToken", new Token(question.digest(), end, now).encoded());
          }
          root.objects(
              "notificationHistory",
              found.subList(begin, end),
              (item, notification) -> write(item, notification, now));
        }));
  }

  private static int offset(String encoded, Question question, Instant now) {
    Token token = Token.decode(encoded);
    if (!token.digest().equals(question.digest())) {
      throw new ApiFailure(ApiError.INVALID_PAGINATION_TOKEN);
    }
    if (now.isAfter(token.issued().plus(TOKEN_LIFE))) {
      throw new ApiFailure(ApiError.PAGINATION_TOKEN_EXPIRED);
    }
    return token.offset();
  }

  private void write(JsonWriter item, Notification notification, Instant now) {
    item.text(
        "signedPayload",
        form.get() == HistoryForm.ORIGINAL
            ? notification.signedPayload()
            : documents.notification(notification.letter(), now));
    writeAttempts(item, notification);
  }

  static void writeAttempts(JsonWriter item, Notification notification) {
    item.objects(
        "sendAttempts",
        notification.attempts(),
        (attempt, made) ->
            attempt
                .integer("attemptDate", made.at().toEpochMilli())
                .text("sendAttemptResult", made.result().name()));
  }
}
