package org.sessionpro.backend.store.apple;

import com.apple.itunes.storekit.client.APIException;
import com.apple.itunes.storekit.client.GetTransactionHistoryVersion;
import com.apple.itunes.storekit.model.CheckTestNotificationResponse;
import com.apple.itunes.storekit.model.HistoryResponse;
import com.apple.itunes.storekit.model.LastTransactionsItem;
import com.apple.itunes.storekit.model.NotificationHistoryRequest;
import com.apple.itunes.storekit.model.NotificationHistoryResponse;
import com.apple.itunes.storekit.model.SendAttemptItem;
import com.apple.itunes.storekit.model.StatusResponse;
import com.apple.itunes.storekit.model.TransactionHistoryRequest;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.TransactionId;

/// Asks the App Store Server API by Apple's client, and tells the outcomes apart: the one place that
/// knows what Apple's numbers mean (`app-store.md` §1.5).
public final class AppleServerApi implements AppStoreApi {
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  private final AppleTransport apple;
  private final InstantSource clock;

  /// @param clock that waits are reckoned by
  AppleServerApi(AppleTransport apple, InstantSource clock) {
    this.apple = apple;
    this.clock = clock;
  }

  /// A request as Apple's library makes it.
  @FunctionalInterface
  private interface Request<R> {
    R make() throws IOException, APIException;
  }

  @Override
  public StoreAnswer<List<Standing>> statuses(TransactionId any) {
    return call(
        () -> apple.getAllSubscriptionStatuses(AppleTransport.encoded(any.value()), null),
        AppleServerApi::standings);
  }

  private static List<Standing> standings(StatusResponse response) {
    return stream(response.getData())
        .flatMap(group -> stream(group.getLastTransactions()))
        .flatMap(AppleServerApi::standing)
        .toList();
  }

  /// What lacks a part says nothing.
  private static Stream<Standing> standing(LastTransactionsItem item) {
    String original = item.getOriginalTransactionId();
    Integer status = item.getRawStatus();
    String transaction = item.getSignedTransactionInfo();
    String renewal = item.getSignedRenewalInfo();
    if (original == null || status == null || transaction == null || renewal == null) {
      return Stream.empty();
    }
    return Stream.of(
        new Standing(
            new TransactionId(original),
            status,
            new SignedText(transaction),
            new SignedText(renewal)));
  }

  @Override
  public StoreAnswer<HistoryPage> history(TransactionId any, @Nullable Revision after) {
    TransactionHistoryRequest request =
        new TransactionHistoryRequest().sort(TransactionHistoryRequest.Order.ASCENDING);
    return call(
        () ->
            apple.getTransactionHistory(
                AppleTransport.encoded(any.value()),
                after == null ? null : after.value(),
                request,
                GetTransactionHistoryVersion.V2),
        AppleServerApi::page);
  }

  private static HistoryPage page(HistoryResponse response) {
    return new HistoryPage(
        stream(response.getSignedTransactions()).map(SignedText::new).toList(),
        new Revision(required("revision", response.getRevision())),
        Boolean.TRUE.equals(response.getHasMore()));
  }

  @Override
  public StoreAnswer<NotificationPage> notifications(
      Instant from, Instant until, @Nullable PageToken page) {
    NotificationHistoryRequest request =
        new NotificationHistoryRequest()
            .startDate(from.toEpochMilli())
            .endDate(until.toEpochMilli());
    return call(
        () -> apple.getNotificationHistory(page == null ? null : page.value(), request),
        AppleServerApi::page);
  }

  private static NotificationPage page(NotificationHistoryResponse response) {
    boolean more = Boolean.TRUE.equals(response.getHasMore());
    return new NotificationPage(
        stream(response.getNotificationHistory())
            .flatMap(item -> Stream.ofNullable(item.getSignedPayload()))
            .map(SignedText::new)
            .toList(),
        more ? new PageToken(required("paginationToken", response.getPaginationToken())) : null);
  }

  @Override
  public StoreAnswer<TestToken> requestTest() {
    return call(
        apple::requestTestNotification,
        response ->
            new TestToken(required("testNotificationToken", response.getTestNotificationToken())));
  }

  @Override
  public StoreAnswer<TestResult> testResult(TestToken token) {
    return call(
        () -> apple.getTestNotificationStatus(AppleTransport.encoded(token.value())),
        AppleServerApi::result);
  }

  private static TestResult result(CheckTestNotificationResponse response) {
    return new TestResult(
        stream(response.getSendAttempts())
            .map(SendAttemptItem::getRawSendAttemptResult)
            .reduce((_, last) -> last)
            .orElse(null));
  }

  private static <T> Stream<T> stream(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new BadRequest(name, "must be in the answer");
    }
    return value;
  }

  /// @param read throws [BadRequest] if the answer makes no sense
  private <R, T> StoreAnswer<T> call(Request<R> request, Function<R, T> read) {
    try {
      return new Answer<>(read.apply(request.make()));
    } catch (AppleTransport.Limited limited) {
      return new Throttled<>(until(limited.retryAfter()));
    } catch (HttpTimeoutException late) {
      return new TryLater<>(Trouble.TIMEOUT);
    } catch (IOException broken) {
      return new TryLater<>(Trouble.CONNECTION);
    } catch (APIException refused) {
      return outcome(refused);
    } catch (BadRequest unreadable) {
      return new TryLater<>(Trouble.UNREADABLE);
    }
  }

  private static <T> StoreAnswer<T> outcome(APIException refused) {
    int status = refused.getHttpStatusCode();
    if (status >= 200 && status < 300) {
      return new TryLater<>(Trouble.UNREADABLE);
    }
    if (status < 400 || status >= 500) {
      return new TryLater<>(Trouble.UNAVAILABLE);
    }
    long code = Optional.ofNullable(refused.getRawApiError()).orElse(0L);
    return switch (status) {
      case 401, 403 -> new Unauthorized<>();
      case 404 -> unknown(code);
      case 408 -> new TryLater<>(Trouble.TIMEOUT);
      case 409 -> new TryLater<>(Trouble.CONFLICT);
      default -> new Refused<>(status, code == 0 ? "" : Long.toString(code));
    };
  }

  /// A 404 that is not Apple's own is one of whatever stands between us.
  private static <T> StoreAnswer<T> unknown(long code) {
    return switch (Math.clamp(code, 0, Integer.MAX_VALUE)) {
      case 0, 4_040_002, 4_040_004, 4_040_006 -> new TryLater<>(Trouble.UNAVAILABLE);
      case 4_040_003, 4_040_007 -> new Refused<>(404, Long.toString(code));
      default -> new NotFound<>();
    };
  }

  /// Milliseconds since 1970. Null for anything else, and for what has passed already. An hour at most: a
  /// slip of theirs must not stop us.
  private @Nullable Instant until(@Nullable String retryAfter) {
    if (retryAfter == null || !retryAfter.matches("[0-9]{1,15}")) {
      return null;
    }
    Instant now = clock.instant();
    Instant until = Instant.ofEpochMilli(Long.parseLong(retryAfter));
    Instant limit = now.plus(LONGEST_REST);
    if (!until.isAfter(now)) {
      return null;
    }
    return until.isAfter(limit) ? limit : until;
  }
}
