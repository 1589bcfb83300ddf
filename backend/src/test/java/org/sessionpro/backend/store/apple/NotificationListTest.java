package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.apple.AppStoreApi.NotificationPage;
import org.sessionpro.backend.store.apple.AppStoreApi.PageToken;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.NotificationList.End;
import org.sessionpro.backend.store.apple.NotificationList.Start;

/// How the list of notifications is read (`app-store.md` §1.4).
class NotificationListTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");
  private static final Duration WINDOW = Duration.ofDays(30);

  private final Deque<StoreAnswer<NotificationPage>> answers = new ArrayDeque<>();
  private final List<@Nullable PageToken> asked = new ArrayList<>();
  private final List<SignedText> seen = new ArrayList<>();

  private End read(boolean patient) {
    AppStoreApi api =
        new PagesOnly() {
          @Override
          public StoreAnswer<NotificationPage> notifications(
              Instant from, Instant until, @Nullable PageToken page) {
            asked.add(page);
            return answers.remove();
          }
        };
    return new NotificationList(api, _ -> patient)
        .read(
            T.minus(WINDOW),
            T,
            page -> {
              seen.addAll(page);
              return seen.size() < 10;
            });
  }

  private void page(int number, @Nullable String next) {
    answers.add(
        new Answer<>(
            new NotificationPage(
                List.of(new SignedText("n" + number)), next == null ? null : new PageToken(next))));
  }

  private static List<SignedText> notifications(int... numbers) {
    return IntStream.of(numbers).mapToObj(it -> new SignedText("n" + it)).toList();
  }

  @Test
  void everyPageIsRead() {
    page(1, "a");
    page(2, "b");
    page(3, null);

    assertThat(read(true)).isEqualTo(new End.Read());
    assertThat(seen).isEqualTo(notifications(1, 2, 3));
    assertThat(asked).containsExactly(null, new PageToken("a"), new PageToken("b"));
  }

  @Test
  void aPageThatAppleHasForgottenIsAReasonToBeginAgain() {
    page(1, "a");
    answers.add(new Refused<>(400, "4000017"));
    page(1, "c");
    page(2, null);

    assertThat(read(true)).isEqualTo(new End.Read());
    assertThat(seen).isEqualTo(notifications(1, 1, 2));
    assertThat(asked).containsExactly(null, new PageToken("a"), null, new PageToken("c"));
  }

  @Test
  void beginningAgainEnds() {
    for (int i = 0; i < 5; i++) {
      page(1, "a");
      answers.add(new Refused<>(400, "4000017"));
    }

    assertThat(read(true)).isEqualTo(new End.Failed(new Refused<>(400, "4000017")));
    assertThat(answers).isNotEmpty();
  }

  @Test
  void whatAppleDoesNotAnswerEndsIt() {
    page(1, "a");
    answers.add(new TryLater<>(Trouble.UNAVAILABLE));

    assertThat(read(true)).isEqualTo(new End.Failed(new TryLater<>(Trouble.UNAVAILABLE)));
  }

  @Test
  void aShortWaitIsWaited() {
    answers.add(new Throttled<>(T.plusSeconds(1)));
    page(1, null);

    assertThat(read(true)).isEqualTo(new End.Read());
  }

  @Test
  void aLongWaitEndsIt() {
    answers.add(new Throttled<>(T.plusSeconds(1)));

    assertThat(read(false)).isEqualTo(new End.Failed(new Throttled<>(T.plusSeconds(1))));
  }

  @Test
  void aListThatLeadsBackToItselfIsNotReadForEver() {
    page(1, "a");
    page(2, "a");

    assertThat(read(true)).isEqualTo(new End.Failed(new TryLater<>(Trouble.UNREADABLE)));
  }

  @Test
  void whoWantsNoMoreIsAskedNoMore() {
    for (int i = 0; i < 10; i++) {
      page(i, "page" + i);
    }

    assertThat(read(true)).isEqualTo(new End.Stopped());
    assertThat(asked).hasSize(10);
  }

  @Test
  void theFirstReadingGoesBackAsFarAsItIsTold() {
    assertThat(Start.of(null, T, Environment.PRODUCTION, WINDOW))
        .isEqualTo(new Start(T.minus(WINDOW), false));
  }

  @Test
  void aReadingOverlapsTheOneBefore() {
    assertThat(Start.of(T.minusSeconds(300), T, Environment.PRODUCTION, WINDOW))
        .isEqualTo(new Start(T.minusSeconds(300 + 900), false));
  }

  @Test
  void whatAppleKeepsIsReadThoughTheFirstReadingWouldNotGoBackSoFar() {
    Instant before = T.minus(Duration.ofDays(100));

    assertThat(Start.of(before, T, Environment.PRODUCTION, WINDOW))
        .isEqualTo(new Start(before.minusSeconds(900), false));
  }

  @Test
  void whatAppleHasForgottenIsAGap() {
    assertThat(Start.of(T.minus(Duration.ofDays(175)), T, Environment.PRODUCTION, WINDOW))
        .isEqualTo(new Start(T.minus(Duration.ofDays(175)), true));
    assertThat(Start.of(T.minus(Duration.ofDays(29)), T, Environment.SANDBOX, WINDOW))
        .isEqualTo(new Start(T.minus(Duration.ofDays(29)), true));
  }
}
