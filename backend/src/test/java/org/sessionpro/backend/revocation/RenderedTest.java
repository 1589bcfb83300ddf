package org.sessionpro.backend.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.Ticket;

class RenderedTest {
  private static final int POLLS = 100;

  private final AtomicReference<RevocationSnapshot> present = new AtomicReference<>(list(1));
  private final AtomicInteger renderings = new AtomicInteger();
  private final List<Ticket> replaced = new ArrayList<>();
  private final Rendered<Ticket> rendered =
      new Rendered<>(present::get, this::render, replaced::add);

  private static RevocationSnapshot list(long ticket) {
    return RevocationSnapshot.of(new Ticket(ticket), List.of());
  }

  private Ticket render(RevocationSnapshot snapshot) {
    renderings.incrementAndGet();
    return snapshot.ticket();
  }

  @Test
  void nothingIsRenderedBeforeSomebodyAsks() {
    assertThat(renderings).hasValue(0);
  }

  @Test
  void anUnchangedListIsRenderedOnce() {
    rendered.current();
    rendered.current();
    assertThat(renderings).hasValue(1);
  }

  @Test
  void aChangedListIsRenderedAnew() {
    rendered.current();
    present.set(list(2));
    assertThat(rendered.current()).isEqualTo(new Ticket(2));
  }

  @Test
  void whatIsReplacedIsToldOnce() {
    rendered.current();
    assertThat(replaced).isEmpty();
    present.set(list(2));
    rendered.current();
    rendered.current();
    assertThat(replaced).containsExactly(new Ticket(1));
  }

  @Test
  void pollsAtOnceRenderAListOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(POLLS);
    Rendered<Ticket> slow =
        new Rendered<>(
            present::get,
            snapshot -> {
              await(begun);
              return render(snapshot);
            },
            replaced::add);
    List<Ticket> answers = new ArrayList<>();
    try (ExecutorService polls = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Ticket> poll =
          () -> {
            begun.countDown();
            return slow.current();
          };
      for (Future<Ticket> answer : polls.invokeAll(Collections.nCopies(POLLS, poll))) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).hasSize(POLLS).containsOnly(new Ticket(1));
    assertThat(renderings).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPollThatLookedBeforeTheLastChangeRendersNothing() {
    Iterator<RevocationSnapshot> looks = List.of(list(2), list(1), list(2)).iterator();
    Rendered<Ticket> late = new Rendered<>(looks::next, this::render, replaced::add);
    late.current();
    assertThat(late.current()).isEqualTo(new Ticket(2));
    assertThat(renderings).hasValue(1);
  }

  @Test
  void aRenderingThatFailedIsTriedAgain() {
    AtomicInteger attempts = new AtomicInteger();
    Rendered<Ticket> faulty =
        new Rendered<>(
            present::get,
            snapshot -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("boom");
              }
              return snapshot.ticket();
            },
            replaced::add);
    assertThatThrownBy(faulty::current).hasMessage("boom");
    assertThat(faulty.current()).isEqualTo(new Ticket(1));
  }
}
