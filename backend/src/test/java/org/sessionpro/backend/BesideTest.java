package org.sessionpro.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BesideTest {
  @Test
  void itIsMadeWhileItsAskerDoesSomethingElse() {
    CountDownLatch asked = new CountDownLatch(1);
    Beside<String> beside =
        Beside.begun(
            "test",
            () -> {
              await(asked);
              return Thread.currentThread().getName();
            });

    asked.countDown();

    assertThat(beside.get()).isEqualTo("test");
    assertThat(beside.get()).as("once more").isEqualTo("test");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void whatMakingItThrewIsThrownAsItWas() {
    IllegalStateException wrong = new IllegalStateException("wrong answer");
    Beside<String> beside =
        Beside.begun(
            "test",
            () -> {
              throw wrong;
            });

    assertThatThrownBy(beside::get).isSameAs(wrong);
  }

  @Test
  void anErrorIsThrownAsItWas() {
    LinkageError broken = new LinkageError("no such library");
    Beside<String> beside =
        Beside.begun(
            "test",
            () -> {
              throw broken;
            });

    assertThatThrownBy(beside::get).isSameAs(broken);
  }
}
