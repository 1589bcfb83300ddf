package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.sessionpro.backend.ledger.Remark.Topic;

/// All that a store remarks about one topic in one statement: what is not said is not so, or not any
/// more. Never printed.
///
/// @param about when what it is about happened, by the store: of two the later one counts, whichever
///     was stated last
/// @param at when it was stated, by the store: of two about the same the later one counts
/// @param said none but remarks about the topic
public record RemarksHeard(Topic topic, Instant about, Instant at, Map<Remark, String> said) {
  /// What counts comes last.
  public static final Comparator<RemarksHeard> ORDER =
      Comparator.comparing(RemarksHeard::about).thenComparing(RemarksHeard::at);

  public RemarksHeard {
    said = Map.copyOf(said);
    if (said.keySet().stream().anyMatch(remark -> remark.topic() != topic)) {
      throw new IllegalArgumentException("a remark about something else");
    }
  }

  /// Remarks about something of which there is but one, so that the last word counts.
  public RemarksHeard(Topic topic, Instant at, Map<Remark, String> said) {
    this(topic, Instant.EPOCH, at, said);
  }

  @Override
  public String toString() {
    return "RemarksHeard(" + topic + ", hidden)";
  }
}
