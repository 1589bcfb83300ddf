package org.sessionpro.simulator.google.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.google.pubsub.MessageQueue.Delivered;

class MessageQueueTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");

  private final SimulatedClock clock = new SimulatedClock(T);
  private final MessageQueue queue = new MessageQueue(clock);

  @Test
  void deliversInTheOrderOfArrival() throws Exception {
    add("1");
    add("2");

    assertThat(pull()).extracting(one -> one.message().id()).containsExactly("1", "2");
  }

  @Test
  void deliversNoMoreThanAskedFor() throws Exception {
    add("1");
    add("2");

    assertThat(queue.pull(1, Duration.ZERO)).hasSize(1);
  }

  @Test
  void anAcknowledgedMessageIsGone() throws Exception {
    add("1");
    queue.acknowledge(List.of(pull().getFirst().ackId()));

    clock.advance(Duration.ofDays(1));

    assertThat(pull()).isEmpty();
    assertThat(queue.size()).isZero();
  }

  @Test
  void aDeliveredMessageBelongsToWhoeverPulledItUntilTheDeadline() throws Exception {
    add("1");
    pull();

    clock.advance(Duration.ofMinutes(1));

    assertThat(pull()).isEmpty();
  }

  @Test
  void aMessageThatNobodyAcknowledgesComesAgainAfterThePause() throws Exception {
    add("1");
    pull();

    clock.advance(Duration.ofSeconds(70));

    assertThat(pull()).hasSize(1);
  }

  @Test
  void aMessageGivenBackComesAgainAfterAPauseThatDoubles() throws Exception {
    add("1");
    giveBack(pull());
    clock.advance(Duration.ofSeconds(9));
    assertThat(pull()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    giveBack(pull());

    clock.advance(Duration.ofSeconds(19));
    assertThat(pull()).isEmpty();
    clock.advance(Duration.ofSeconds(1));

    assertThat(pull()).hasSize(1);
  }

  @Test
  void thePauseIsNeverLongerThanItsLimit() {
    assertThat(QueueSettings.RECOMMENDED.retry().after(50)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aDeadlineCanBeExtended() throws Exception {
    add("1");
    String ackId = pull().getFirst().ackId();
    queue.modifyDeadline(List.of(ackId), Duration.ofMinutes(10));

    clock.advance(Duration.ofMinutes(5));
    queue.acknowledge(List.of(ackId));

    assertThat(queue.size()).isZero();
  }

  @Test
  void anAcknowledgementAfterTheDeadlineChangesNothing() throws Exception {
    add("1");
    String ackId = pull().getFirst().ackId();
    clock.advance(Duration.ofSeconds(61));

    queue.acknowledge(List.of(ackId));

    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void aMessageIsForgottenAfterItsRetention() throws Exception {
    add("1");

    clock.advance(Duration.ofDays(31));

    assertThat(pull()).isEmpty();
  }

  @Test
  void aMessageThatIsNotDueWaits() throws Exception {
    queue.add(new Message("1", "", T), T.plusSeconds(5));
    assertThat(pull()).isEmpty();
    assertThat(queue.due()).isZero();

    clock.advance(Duration.ofSeconds(5));

    assertThat(queue.due()).isEqualTo(1);
    assertThat(pull()).hasSize(1);
  }

  @Test
  void aPullEndsAsSoonAsAMessageArrives() throws Exception {
    Thread sender = Thread.ofVirtual().start(() -> add("1"));

    List<Delivered> delivered = queue.pull(10, Duration.ofSeconds(30));

    sender.join();
    assertThat(delivered).hasSize(1);
  }

  @Test
  void aPullWithoutMessagesEndsEmpty() throws Exception {
    assertThat(queue.pull(10, Duration.ofMillis(5))).isEmpty();
  }

  private void add(String id) {
    queue.add(new Message(id, "", T), T);
  }

  private List<Delivered> pull() throws InterruptedException {
    return queue.pull(10, Duration.ZERO);
  }

  private void giveBack(List<Delivered> delivered) {
    assertThat(delivered).hasSize(1);
    queue.modifyDeadline(List.of(delivered.getFirst().ackId()), Duration.ZERO);
  }
}
