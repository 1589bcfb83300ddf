package org.sessionpro.backend.store.google.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.backend.store.google.PubSubApi;
import org.sessionpro.protocol.ByteString;

/// How many messages are asked for at a time.
class NotificationPullTest {
  @TempDir Path folder;
  private WorkRig it;
  private final Queue queue = new Queue();
  private NotificationPull pull;

  @BeforeEach
  void start() {
    it = new WorkRig(Engine.SQLITE, folder);
    Notifications notifications =
        new Notifications(it.google().settings().packageName(), it.rooms());
    pull = new NotificationPull(queue, notifications, it.rooms().clock());
  }

  @AfterEach
  void stop() {
    it.close();
  }

  /// Messages of which only so many fit into an answer. What does not arrive waits until it is sent
  /// again, which is at once here.
  private static final class Queue implements PubSubApi {
    private final Deque<Received> waiting = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();
    private int fit = Integer.MAX_VALUE;
    private int added;

    void add(int count) {
      for (int i = 0; i < count; i++) {
        String name = "message-" + added++;
        waiting.add(
            new Received(
                new AckId(name),
                new MessageId(name),
                ByteString.of("{}".getBytes(StandardCharsets.UTF_8))));
      }
    }

    @Override
    public StoreAnswer<List<Received>> pull(int most) {
      asked.add(most);
      int given = Math.min(most, waiting.size());
      return given > fit
          ? new TryLater<>(Trouble.CONNECTION)
          : new Answer<>(waiting.stream().limit(given).toList());
    }

    @Override
    public StoreAnswer<Done> acknowledge(List<AckId> messages) {
      waiting.removeIf(one -> messages.contains(one.ackId()));
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

  @Test
  void messagesThatAreTooLongTogetherArriveOneByOne() {
    queue.fit = 1;
    queue.add(3);

    for (int i = 0; i < 20 && !queue.waiting.isEmpty(); i++) {
      var _ = pull.once();
    }

    assertThat(queue.waiting).isEmpty();
    assertThat(queue.asked).startsWith(100, 50, 25, 12, 6, 3, 1);
  }

  @Test
  void afterAnswersThatCanBeReadMoreAreAskedForAgain() {
    queue.fit = 20;
    queue.add(30);
    for (int i = 0; i < 4; i++) {
      var _ = pull.once();
    }
    queue.fit = Integer.MAX_VALUE;
    queue.add(100);

    for (int i = 0; i < 4; i++) {
      var _ = pull.once();
    }

    assertThat(queue.asked).containsExactly(100, 50, 25, 12, 24, 48, 96, 100);
  }

  @Test
  void anEmptyAnswerChangesNothing() {
    assertThat(pull.once().isEmpty()).isTrue();
    assertThat(pull.once().isEmpty()).isTrue();

    assertThat(queue.asked).containsExactly(100, 100);
  }
}
