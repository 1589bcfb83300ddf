package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Long answers compete for memory; short ones never do.
class ReplyMemoryTest {
  private static final int FREE = ReplyMemory.FREE;
  private static final int LONG = 2 * FREE;

  /// Room for two, of which one may not take more than half.
  private final ReplyMemory memory = new ReplyMemory(3 * LONG);

  @Test
  void aShortAnswerTakesNothing() {
    ReplyMemory none = new ReplyMemory(0);
    for (int i = 0; i < 10; i++) {
      assertThat(none.open().take(FREE)).isTrue();
    }
  }

  @Test
  void noAnswerTakesMoreThanHalfOfWhatIsLeft() {
    assertThat(memory.open().take(LONG)).isTrue();
    assertThat(memory.open().take(LONG)).isTrue();
    assertThat(memory.open().take(LONG)).isFalse();
    assertThat(memory.open().take(LONG / 2 + 1)).isFalse();
  }

  @Test
  void longAnswersLeaveRoomForThoseThatAreHalfAsLong() {
    ReplyMemory large = new ReplyMemory(8 * LONG);
    while (large.open().take(2 * LONG)) {
      // Until no more fit.
    }
    assertThat(large.open().take(LONG)).isTrue();
  }

  @Test
  void oneThatIsAloneIsNotRefusedForItsLength() {
    assertThat(memory.open().take(100 * LONG)).isTrue();
    assertThat(memory.open().take(FREE + 1)).isFalse();
  }

  @Test
  void whatIsGivenBackIsThereForOthersOnce() {
    ReplyMemory.Room first = memory.open();
    ReplyMemory.Room second = memory.open();
    assertThat(first.take(LONG) && second.take(LONG)).isTrue();
    first.close();
    first.close();
    assertThat(memory.open().take(LONG)).isTrue();
    assertThat(memory.open().take(LONG)).isFalse();
  }

  @Test
  void whoComesAfterTheEndOfHisExchangeTakesNothing() {
    ReplyMemory.Room over = memory.open();
    over.close();
    assertThat(over.take(LONG)).isFalse();
    assertThat(memory.open().take(100 * LONG)).as("all of it is free").isTrue();
  }
}
