package org.sessionpro.backend.http;

import java.util.concurrent.Executor;

/// What all requests over sockets share.
record Reception(
    Dispatcher dispatcher,
    Gates gates,
    BodyMemory memory,
    EnvelopeMemory envelopeMemory,
    ReplyMemory replyMemory) {

  /// @param executor runs what has waited
  static Reception of(Dispatcher dispatcher, HttpLimits limits, Executor executor) {
    HttpLimits.BodyLimits bodies = limits.bodies();
    return new Reception(
        dispatcher,
        new Gates(dispatcher, limits.work(), executor),
        new BodyMemory(bodies.memory()),
        new EnvelopeMemory(bodies.memory() / bodies.onion(), executor),
        new ReplyMemory(limits.replyMemory()));
  }

  /// Where the body of one request is kept.
  BodyRoom roomFor(Resolution resolution) {
    return resolution instanceof Resolution.Serve serve
            && serve.route().admission() instanceof Admission.Enveloped
        ? envelopeMemory.open()
        : memory.open();
  }
}
