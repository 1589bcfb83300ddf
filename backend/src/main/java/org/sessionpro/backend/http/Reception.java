package org.sessionpro.backend.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/// What all requests over sockets share.
///
/// @param memory for the bodies of each lane, so that those of one crowd out none of another
record Reception(
    Dispatcher dispatcher,
    Gates gates,
    Map<Lane, BodyMemory> memory,
    EnvelopeMemory envelopeMemory,
    ReplyMemory replyMemory) {

  /// @param executor runs what has waited
  static Reception of(Dispatcher dispatcher, HttpLimits limits, Executor executor) {
    HttpLimits.BodyLimits bodies = limits.bodies();
    return new Reception(
        dispatcher,
        new Gates(dispatcher, limits.work(), executor),
        memory(bodies),
        new EnvelopeMemory(bodies.memory() / bodies.onion(), executor),
        new ReplyMemory(limits.replyMemory()));
  }

  private static Map<Lane, BodyMemory> memory(HttpLimits.BodyLimits bodies) {
    Map<Lane, BodyMemory> all = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      all.put(lane, new BodyMemory(bodies.memoryOf(lane)));
    }
    return all;
  }

  /// Where the body of one request is kept, if it is.
  BodyRoom roomFor(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Serve(Route route, Method _) ->
          switch (route.admission()) {
            case Admission.Enveloped _ -> envelopeMemory.open();
            case Admission.Gated(Lane lane) -> roomIn(lane);
            case Admission.Free _ -> roomIn(Lane.PREPARED);
          };
      case Resolution.Refuse _ -> roomIn(Lane.PREPARED);
    };
  }

  private BodyRoom roomIn(Lane lane) {
    return Objects.requireNonNull(memory.get(lane)).open();
  }
}
