package org.sessionpro.simulator.apple.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.apple.delivery.Notification;
import org.sessionpro.simulator.apple.delivery.NotificationLog;
import org.sessionpro.simulator.apple.document.Documents;
import org.sessionpro.simulator.apple.notice.News;
import org.sessionpro.simulator.apple.notice.NoticeType;
import org.sessionpro.simulator.apple.store.AppStore;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.apple.store.StoreRefusal;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Body;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.http.Service.Handler;

/// What each endpoint of the App Store Server API does (`app-store.md` §1.5).
final class ServerApi {
  private final AppStore store;
  private final NotificationLog log;
  private final Documents documents;
  private final InstantSource clock;
  private final Statuses statuses;
  private final TransactionHistory history;
  private final NotificationHistory notifications;
  private final List<TransactionId> consumptions = new ArrayList<>();

  ServerApi(AppStore store, NotificationLog log, Documents documents, InstantSource clock) {
    this.store = store;
    this.log = log;
    this.documents = documents;
    this.clock = clock;
    this.statuses = new Statuses(documents);
    this.history = new TransactionHistory(documents);
    this.notifications = new NotificationHistory(log, documents);
  }

  NotificationHistory notifications() {
    return notifications;
  }

  /// Answers, or says why not.
  static Answer attempt(Supplier<Answer> answer) {
    try {
      return answer.get();
    } catch (ApiFailure failure) {
      return failure.error().answer();
    } catch (StoreRefusal refusal) {
      return error(refusal.kind()).answer();
    } catch (BadRequest | IllegalArgumentException malformed) {
      return ApiError.GENERAL_BAD_REQUEST.answer();
    }
  }

  private static ApiError error(StoreRefusal.Kind kind) {
    return switch (kind) {
      case UNKNOWN -> ApiError.TRANSACTION_NOT_FOUND;
      case NOT_ORIGINAL -> ApiError.TRANSACTION_NOT_ORIGINAL;
      case FAMILY -> ApiError.FAMILY_TRANSACTION;
      case NOT_POSSIBLE -> ApiError.GENERAL_BAD_REQUEST;
    };
  }

  /// Answers from the store as it is, or, where it is to lag, as it was.
  private Handler viewed(Function<StoreView, Answer> answer) {
    return new Handler() {
      @Override
      public Answer answer() {
        return attempt(() -> answer.apply(new StoreView(store, false)));
      }

      @Override
      public Answer formerAnswer() {
        return attempt(() -> answer.apply(new StoreView(store, true)));
      }
    };
  }

  Handler statuses(String any, Request request) {
    return viewed(view -> statuses.answer(view, StoreView.id(any), request, now()));
  }

  Handler history(String any, Request request) {
    return viewed(view -> history.answer(view, StoreView.id(any), request, now()));
  }

  Handler refunds(String any, Request request) {
    return viewed(view -> history.refunds(view, StoreView.id(any), request, now()));
  }

  Handler transaction(String transaction) {
    return viewed(view -> {
      TransactionId id = StoreView.id(transaction);
      Subscription purchase = view.purchase(id);
      Cycle cycle =
          purchase.cycle(id).orElseThrow(() -> new ApiFailure(ApiError.TRANSACTION_NOT_FOUND));
      String signed = documents.transaction(purchase, cycle, id, now());
      return Answer.json(
          200, JsonWriter.object(root -> root.text("signedTransactionInfo", signed)));
    });
  }

  /// A server that lags answers with the page before the one that is asked for.
  Handler notificationHistory(Request request) {
    StoreView view = new StoreView(store, false);
    return new Handler() {
      @Override
      public Answer answer() {
        return attempt(() -> notifications.answer(view, request, now(), 0));
      }

      @Override
      public Answer formerAnswer() {
        return attempt(() -> notifications.answer(view, request, now(), 1));
      }
    };
  }

  Handler setToken(String original, Request request) {
    return () ->
        attempt(() -> {
          String text = Body.of(request).text("appAccountToken").orElse("");
          if (!text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new ApiFailure(ApiError.INVALID_APP_ACCOUNT_TOKEN);
          }
          store.setToken(StoreView.id(original), UUID.fromString(text));
          return Answer.empty(200);
        });
  }

  /// What is told about the use of a purchase is written down and nothing else.
  Handler consumption(String transaction) {
    return () ->
        attempt(() -> {
          TransactionId id = StoreView.id(transaction);
          new StoreView(store, false).purchase(id);
          synchronized (consumptions) {
            consumptions.add(id);
          }
          return Answer.empty(202);
        });
  }

  /// The transactions of which something was told about their use.
  List<TransactionId> consumptions() {
    synchronized (consumptions) {
      return List.copyOf(consumptions);
    }
  }

  Handler requestTest() {
    return () ->
        attempt(() -> {
          store.announce(News.of(NoticeType.TEST));
          Notification told = log.all().getLast();
          return Answer.json(
              200,
              JsonWriter.object(
                  root -> root.text("testNotificationToken", told.letter().uuid().toString())));
        });
  }

  Handler testStatus(String token) {
    return () ->
        attempt(() -> {
          Notification told =
              uuid(token)
                  .flatMap(log::notification)
                  .filter(one -> !one.attempts().isEmpty())
                  .orElseThrow(() -> new ApiFailure(ApiError.TEST_NOTIFICATION_NOT_FOUND));
          return Answer.json(
              200,
              JsonWriter.object(root -> {
                root.text("signedPayload", told.signedPayload());
                NotificationHistory.writeAttempts(root, told);
              }));
        });
  }

  private static Optional<UUID> uuid(String token) {
    try {
      return Optional.of(UUID.fromString(token));
    } catch (IllegalArgumentException malformed) {
      throw new ApiFailure(ApiError.INVALID_TEST_NOTIFICATION_TOKEN);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
