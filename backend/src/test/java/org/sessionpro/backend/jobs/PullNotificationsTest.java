package org.sessionpro.backend.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.NotFound;
import org.sessionpro.backend.store.StoreAnswer.Refused;
import org.sessionpro.backend.store.StoreAnswer.Throttled;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.backend.store.google.PubSubApi;
import org.sessionpro.backend.store.google.work.GoogleLog;
import org.sessionpro.backend.store.google.work.NotificationPull;
import org.sessionpro.backend.store.google.work.Notifications;
import org.sessionpro.backend.store.google.work.WorkRig;
import org.sessionpro.protocol.ByteString;

/// How long the pull of notifications rests after it failed, and what it tells (`google-play.md` §2.3).
class PullNotificationsTest {
  private static final StoreAnswer<List<PubSubApi.Received>> EMPTY = new Answer<>(List.of());
  private static final StoreAnswer<List<PubSubApi.Received>> REFUSED = new Unauthorized<>();
  private static final StoreAnswer<List<PubSubApi.Received>> DOWN =
      new TryLater<>(Trouble.UNAVAILABLE);

  @TempDir Path folder;
  private final Queue queue = new Queue();
  private final List<Duration> rests = new CopyOnWriteArrayList<>();
  private WorkRig it;

  @BeforeEach
  void start() {
    it = new WorkRig(Engine.SQLITE, folder);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  /// Answers one after the other, and then no more.
  private static final class Queue implements PubSubApi {
    private final Deque<StoreAnswer<List<Received>>> answers = new ArrayDeque<>();
    private final CountDownLatch allGiven = new CountDownLatch(1);

    @Override
    public StoreAnswer<List<Received>> pull(int most) {
      StoreAnswer<List<Received>> answer = answers.poll();
      if (answer != null) {
        return answer;
      }
      allGiven.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return EMPTY;
    }

    @Override
    public StoreAnswer<Done> acknowledge(List<AckId> messages) {
      return new Answer<>(new Done());
    }

    @Override
    public StoreAnswer<Done> release(List<AckId> messages) {
      return new Answer<>(new Done());
    }

    @Override
    public StoreAnswer<QueueSetup> setup() {
      return new TryLater<>(Trouble.UNAVAILABLE);
    }
  }

  /// Pulls until all answers were given.
  private void pull(List<StoreAnswer<List<PubSubApi.Received>>> answers) {
    queue.answers.addAll(answers);
    Notifications notifications =
        new Notifications(it.google().settings().packageName(), it.rooms());
    NotificationPull pull = new NotificationPull(queue, notifications, it.rooms().clock());
    new PullNotifications(pull, it.rooms().clock(), rests::add)
        .run(() -> queue.allGiven.getCount() > 0);
  }

  private static Duration[] seconds(int... lengths) {
    return Arrays.stream(lengths).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
  }

  static Stream<StoreAnswer<List<PubSubApi.Received>>> failures() {
    return Stream.of(DOWN, REFUSED, new Throttled<>(null));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aPullThatFailsRestsLongerEachTimeUntilOneSucceeds(
      StoreAnswer<List<PubSubApi.Received>> failure) {
    pull(
        List.of(
            failure, failure, failure, failure, failure, failure, failure, failure, EMPTY, failure,
            failure));

    assertThat(rests).containsExactly(seconds(1, 2, 4, 8, 16, 32, 60, 60, 1, 2));
  }

  private Throttled<List<PubSubApi.Received>> throttled(Duration length) {
    return new Throttled<>(it.now().plus(length));
  }

  @Test
  void itRestsAsLongAsItIsAskedToBetweenTheShortestAndTheLongestRest() {
    pull(
        List.of(
            throttled(Duration.ofMillis(100)),
            EMPTY,
            throttled(Duration.ofSeconds(30)),
            EMPTY,
            throttled(Duration.ofMinutes(10))));

    assertThat(rests).containsExactly(seconds(1, 30, 60));
  }

  @Test
  void thatItIsRefusedIsToldOnceAndThatItWorksAgainToo() {
    try (GoogleLog log = new GoogleLog()) {
      pull(List.of(REFUSED, REFUSED, REFUSED, EMPTY, EMPTY));

      assertThat(log.at(Level.ERROR))
          .singleElement()
          .asString()
          .contains("Pub/Sub does not let us in");
      assertThat(log.at(Level.INFO)).containsExactly("notifications are pulled again");
    }
  }

  static Stream<StoreAnswer<List<PubSubApi.Received>>> withoutQueue() {
    return Stream.of(new NotFound<>(), new Refused<>(400, "FAILED_PRECONDITION"));
  }

  @ParameterizedTest
  @MethodSource("withoutQueue")
  void thatThereIsNothingToPullFromIsAnAlarmEvenAfterAnOutage(
      StoreAnswer<List<PubSubApi.Received>> none) {
    try (GoogleLog log = new GoogleLog()) {
      pull(List.of(DOWN, none, DOWN, none));

      assertThat(log.at(Level.ERROR))
          .singleElement()
          .asString()
          .contains("SESH_PRO_BACKEND_GOOGLE_CLOUD_SUBSCRIPTION_NAME");
      assertThat(log.at(Level.WARN)).hasSize(1);
    }
  }

  @Test
  void thatNothingCanBeKeptIsToldOnce() {
    StoreAnswer<List<PubSubApi.Received>> message =
        new Answer<>(
            List.of(
                new PubSubApi.Received(
                    new PubSubApi.AckId("a"),
                    new PubSubApi.MessageId("1"),
                    ByteString.fromHex("7b7d"))));
    it.database().close();
    try (GoogleLog log = new GoogleLog()) {
      pull(List.of(message, message));

      assertThat(log.at(Level.ERROR))
          .containsExactly("notifications cannot be kept, and are given back to come again");
    }
  }

  @Test
  void thatItFailsIsToldOnceEachTimeItBeginsTo() {
    try (GoogleLog log = new GoogleLog()) {
      pull(List.of(DOWN, DOWN, EMPTY, DOWN));

      assertThat(log.at(Level.WARN)).hasSize(2);
      assertThat(log.at(Level.ERROR)).isEmpty();
    }
  }
}
