package org.sessionpro.backend.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Decides when a request that is there as a whole is worked on.
///
/// A flood waits here, in queues that cost no threads, instead of crowding the processors, so that
/// what is worked on is done soon and what costs nothing is answered at once. The place at a gate is
/// given back before the answer is written: no slow client holds one.
final class Gates {
  private final Dispatcher dispatcher;
  private final Map<Lane, Gate> lanes = new EnumMap<>(Lane.class);
  private final Gate shedding;

  /// Where the outcome goes: to exactly one of the methods, once, in any thread.
  interface Client {
    void answer(Reply reply);

    void fail(Throwable fault);
  }

  private record Request(Route route, Exchange exchange, Client client, long since) {}

  Gates(Dispatcher dispatcher, HttpLimits.WorkLimits limits, Executor executor) {
    this.dispatcher = dispatcher;
    for (Lane lane : Lane.values()) {
      lanes.put(lane, Gate.of(limits, executor));
    }
    this.shedding = Gate.patient(Runtime.getRuntime().availableProcessors(), executor);
  }

  /// Answers now or later.
  void serve(Route route, Exchange exchange, Client client) {
    Request request = new Request(route, exchange, client, System.nanoTime());
    switch (route.admission()) {
      case Admission.Free _ -> answer(request, () -> handle(request, route.handler()));
      case Admission.Gated(Lane lane) ->
          pass(gate(lane), request, route.handler(), () -> shed(request));
      case Admission.Enveloped(Route.Handler shed) ->
          pass(
              gate(Lane.CLIENTS),
              request,
              route.handler(),
              () -> pass(shedding, request, shed, Gates::failToWait));
    }
  }

  /// How many requests are worked on and wait, in each lane.
  Map<Lane, ServerLoad.AtGate> load() {
    Map<Lane, ServerLoad.AtGate> all = new EnumMap<>(Lane.class);
    lanes.forEach((lane, gate) -> all.put(lane, gate.load()));
    return all;
  }

  private Gate gate(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane));
  }

  private void pass(Gate gate, Request request, Route.Handler handler, Runnable refusal) {
    gate.enter(new Passage(gate, request, handler, refusal));
  }

  /// A request that asks to pass a gate, and whose handler works while it is inside.
  private final class Passage implements Gate.Turn {
    private final Gate gate;
    private final Request request;
    private final Route.Handler handler;
    private final Runnable refusal;

    Passage(Gate gate, Request request, Route.Handler handler, Runnable refusal) {
      this.gate = gate;
      this.request = request;
      this.handler = handler;
      this.refusal = refusal;
    }

    @Override
    public void admitted() {
      answer(request, this::handleAndLeave);
    }

    private Reply handleAndLeave() {
      try {
        return handle(request, handler);
      } finally {
        gate.leave();
      }
    }

    @Override
    public void refused() {
      refusal.run();
    }
  }

  private Reply handle(Request request, Route.Handler handler) {
    return dispatcher.serve(request.route(), handler, request.exchange(), request.since());
  }

  private void shed(Request request) {
    Resolution.Refuse overloaded = Dispatcher.overloaded(request.route());
    answer(request, () -> dispatcher.refuse(overloaded, Origin.DIRECT));
  }

  private static void failToWait() {
    throw new IllegalStateException("a patient gate refuses nobody");
  }

  private static void answer(Request request, Supplier<Reply> work) {
    Reply reply;
    try {
      reply = work.get();
    } catch (RuntimeException | Error fault) {
      request.client().fail(fault);
      return;
    }
    request.client().answer(reply);
  }
}
