package org.sessionpro.simulator.google.pubsub;

import java.time.Instant;

/// A message of the topic.
///
/// @param id unique among all messages, digits
/// @param data as it stands in the answer of a pull: base64, unless it is spoiled
/// @param publishedAt when the topic got it
public record Message(String id, String data, Instant publishedAt) {
  @Override
  public String toString() {
    return "Message(" + id + ")";
  }
}
