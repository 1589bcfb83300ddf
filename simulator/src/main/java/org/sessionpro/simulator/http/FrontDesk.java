package org.sessionpro.simulator.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.http.Effect.Dropped;
import org.sessionpro.simulator.http.Effect.Former;
import org.sessionpro.simulator.http.Effect.Instead;
import org.sessionpro.simulator.http.Effect.Late;
import org.sessionpro.simulator.http.Effect.Malformed;
import org.sessionpro.simulator.http.Effect.Meanwhile;
import org.sessionpro.simulator.http.Effect.Refused;
import org.sessionpro.simulator.http.Effect.Trickling;
import org.sessionpro.simulator.http.Service.Handler;
import org.sessionpro.simulator.http.Service.Routed;

/// Where the requests to a [Service] go wrong as planned and are counted. A [LoopbackServer] puts it
/// on a socket; tests without sockets ask it directly. Safe for any number of threads.
public final class FrontDesk {
  private final Service service;
  private final FaultPlan faults = new FaultPlan();
  private final CallLog calls;
  private volatile BiConsumer<Request, Handled> watcher = (_, _) -> {};

  /// What becomes of a request.
  ///
  /// @param answer null if the connection is to be dropped
  /// @param effect how it goes wrong; null if it does not
  public record Handled(@Nullable Answer answer, @Nullable Effect effect) {}

  /// @param clock the simulated time, for the log of calls
  public FrontDesk(Service service, InstantSource clock) {
    this.service = service;
    this.calls = new CallLog(clock);
  }

  public FaultPlan faults() {
    return faults;
  }

  public CallLog calls() {
    return calls;
  }

  /// Has somebody told of everything that is handled from now on, before it is answered.
  public void tell(BiConsumer<Request, Handled> watcher) {
    this.watcher = watcher;
  }

  /// Carries a request out. It is counted before this returns, so that whoever has the answer finds it
  /// counted.
  public Handled handle(Request request) throws InterruptedException {
    Routed routed = service.route(request);
    Instant at = calls.now();
    @Nullable Effect effect = faults.next(routed.endpoint(), routed.subject()).orElse(null);
    @Nullable Answer answer = answerOrConfess(effect, routed);
    calls.add(routed.endpoint(), routed.subject(), at, answer == null ? 0 : answer.status());
    Handled handled = new Handled(answer, effect);
    watcher.accept(request, handled);
    return handled;
  }

  /// A bug of the simulator must not look like an outage of the store.
  private @Nullable Answer answerOrConfess(@Nullable Effect effect, Routed routed)
      throws InterruptedException {
    try {
      return answer(effect, routed);
    } catch (RuntimeException bug) {
      return Answer.text(500, "the simulator failed: " + bug);
    }
  }

  /// Null if the connection is to be dropped.
  private @Nullable Answer answer(@Nullable Effect effect, Routed routed)
      throws InterruptedException {
    Handler handler = routed.handler();
    return switch (effect) {
      case null -> handler.answer();
      case Refused refused ->
          service.refusal(
              routed.endpoint(), refused.status(), refused.reason(), refused.retryAfter());
      case Dropped dropped -> {
        if (dropped.done()) {
          handler.answer();
        }
        yield null;
      }
      case Late late -> {
        Answer answer = handler.answer();
        Thread.sleep(late.by());
        yield answer;
      }
      case Malformed _ -> handler.answer().half();
      case Trickling _ -> handler.answer();
      case Former _ -> handler.formerAnswer();
      case Meanwhile meanwhile -> {
        Answer answer = handler.answer();
        meanwhile.event().run();
        yield answer;
      }
      case Instead instead -> {
        instead.event().run();
        yield null;
      }
    };
  }
}
