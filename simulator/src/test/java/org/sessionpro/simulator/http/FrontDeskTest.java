package org.sessionpro.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.simulator.Occasions;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.http.FrontDesk.Handled;

class FrontDeskTest {
  private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");

  private final SimulatedClock clock = new SimulatedClock(T);
  private final List<String> done = new ArrayList<>();
  private final FrontDesk desk = new FrontDesk(new Doors(), clock);

  /// Answers every path with its name, of which the first part is the endpoint and the second the
  /// subject.
  private final class Doors implements Service {
    @Override
    public Routed route(Request request) {
      List<String> parts = request.segments();
      return new Routed(
          parts::getFirst,
          parts.get(1),
          new Handler() {
            @Override
            public Answer answer() {
              done.add(request.path());
              return Answer.text(200, "present");
            }

            @Override
            public Answer formerAnswer() {
              return Answer.text(200, "former");
            }
          });
    }

    @Override
    public Answer refusal(
        Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
      return Answer.text(status, reason);
    }
  }

  @Test
  void answersAndCounts() throws Exception {
    Answer answer = answer("/read/a");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(desk.calls().since(0)).containsExactly(new Call(1, "read", "a", T, 200));
  }

  @Test
  void refusesAsOftenAsPlanned() throws Exception {
    fault("read", null, 2, new Effect.Refused(503, "backendError", null));

    assertThat(statuses("/read/a", 3)).containsExactly(503, 503, 200);
  }

  @Test
  void whatIsRefusedIsNotDone() throws Exception {
    fault("read", null, 1, new Effect.Refused(503, "", null));

    answer("/read/a");

    assertThat(done).isEmpty();
  }

  @Test
  void faultsAimAtEndpointAndSubject() throws Exception {
    fault("read", "a", Fault.UNTIL_CLEARED, new Effect.Refused(404, "", null));

    assertThat(answer("/read/b").status()).isEqualTo(200);
    assertThat(answer("/write/a").status()).isEqualTo(200);
    assertThat(answer("/read/a").status()).isEqualTo(404);
  }

  @Test
  void oneFaultFollowsAnother() throws Exception {
    fault(null, null, 1, new Effect.Refused(500, "", null));
    fault(null, null, 1, new Effect.Refused(429, "", null));

    assertThat(statuses("/read/a", 3)).containsExactly(500, 429, 200);
  }

  @Test
  void faultsEndWhenTheyAreCleared() throws Exception {
    fault("read", null, Fault.UNTIL_CLEARED, new Effect.Refused(500, "", null));
    fault("write", null, Fault.UNTIL_CLEARED, new Effect.Refused(500, "", null));

    desk.faults().clear("read");

    assertThat(answer("/read/a").status()).isEqualTo(200);
    assertThat(answer("/write/a").status()).isEqualTo(500);
  }

  @Test
  void aDroppedConnectionIsCountedWithoutAStatus() throws Exception {
    fault(null, null, 1, new Effect.Dropped(false));

    Handled handled = desk.handle(request("/read/a"));

    assertThat(handled.answer()).isNull();
    assertThat(desk.calls().since(0)).extracting(Call::status).containsExactly(0);
    assertThat(done).isEmpty();
  }

  @Test
  void whatIsAskedForMayBeDoneAllTheSame() throws Exception {
    fault(null, null, 1, new Effect.Dropped(true));

    desk.handle(request("/write/a"));

    assertThat(done).containsExactly("/write/a");
  }

  @Test
  void aMalformedAnswerBreaksOff() throws Exception {
    fault(null, null, 1, new Effect.Malformed());

    assertThat(text(answer("/read/a"))).isEqualTo("pre");
  }

  @Test
  void aFormerAnswerKnowsNothingOfTheLatestChange() throws Exception {
    fault(null, null, 1, new Effect.Former());

    assertThat(text(answer("/read/a"))).isEqualTo("former");
  }

  @Test
  void somethingMayHappenBetweenDoingAndAnswering() throws Exception {
    fault(null, null, 1, new Effect.Meanwhile(() -> done.add("meanwhile")));

    answer("/read/a");

    assertThat(done).containsExactly("/read/a", "meanwhile");
  }

  @Test
  void callsAreFoundByEndpointAndSubject() throws Exception {
    answer("/read/a");
    answer("/read/b");
    answer("/write/a");

    assertThat(desk.calls().since(0, "read", null)).hasSize(2);
    assertThat(desk.calls().since(0, "read", "a")).hasSize(1);
    assertThat(desk.calls().since(1)).hasSize(2);
  }

  @Test
  void aRequestThatArrivesLateIsForgottenWithTheNextQuietSecond() throws Exception {
    statuses("/read/a", 9);
    clock.advance(Duration.ofSeconds(1));
    statuses("/read/a", 11);
    assertThat(excess(10)).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    statuses("/read/a", 9);
    clock.advance(Duration.ofSeconds(1));
    statuses("/read/a", 11);

    assertThat(excess(10)).isEqualTo(1);
  }

  @Test
  void whoAsksTooOftenExceedsTheRateByMoreWithEverySecond() throws Exception {
    for (int second = 0; second < 12; second++) {
      statuses("/read/a", 11);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(excess(10)).isEqualTo(12);
  }

  @Test
  void secondsWithoutARequestCountAsAllowed() throws Exception {
    statuses("/read/a", 5);
    clock.advance(Duration.ofSeconds(3));
    statuses("/read/a", 5);

    assertThat(excess(1)).isEqualTo(6);
  }

  @Test
  void whoNeverAsksExceedsNoRate() {
    assertThat(excess(1)).isZero();
  }

  private long excess(int perSecond) {
    return CallLog.excess(desk.calls().since(0).stream(), perSecond);
  }

  @Test
  void aRequestThatARuleSparesMeetsTheNextOne() throws Exception {
    desk.faults()
        .add(new Fault(null, null, new Occasions(2, 1, null), new Effect.Refused(503, "", null)));
    desk.faults().add(new Fault(null, null, 1, new Effect.Refused(429, "", null)));

    assertThat(statuses("/read/a", 3)).containsExactly(429, 503, 200);
  }

  private void fault(
      @Nullable String endpoint, @Nullable String subject, int times, Effect effect) {
    desk.faults().add(new Fault(endpoint, subject, times, effect));
  }

  private static Request request(String path) {
    return Request.of("GET", URI.create(path), "", new byte[0]);
  }

  private Answer answer(String path) throws InterruptedException {
    return Objects.requireNonNull(desk.handle(request(path)).answer());
  }

  private List<Integer> statuses(String path, int times) throws InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    for (int i : IntStream.range(0, times).toArray()) {
      statuses.add(i, answer(path).status());
    }
    return statuses;
  }

  private static String text(Answer answer) {
    ByteString body = answer.body();
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }
}
