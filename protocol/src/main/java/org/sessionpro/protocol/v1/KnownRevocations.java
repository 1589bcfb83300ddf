package org.sessionpro.protocol.v1;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;

/// The revocations that a verifier has learned by polling and not yet forgotten (`wire-v1.md` §11).
/// Immutable; every poll makes a new one, which is also what the verifier stores between its runs.
///
/// An entry stays until `retain_for` after it was first seen, whether the backend still lists it or
/// not: by then every proof of that generation has expired.
///
/// @param ticket of the newest answer; what the next poll sends
/// @param entries by tag
public record KnownRevocations(Ticket ticket, Map<RevocationTag, Entry> entries)
    implements Revocations {
  /// What is known before the first poll.
  public static final KnownRevocations NONE = new KnownRevocations(Ticket.ZERO, Map.of());

  /// One revoked generation.
  ///
  /// @param effective from when on its proofs count as revoked
  /// @param firstSeen by the verifier's clock
  public record Entry(Instant effective, Instant firstSeen) {}

  public KnownRevocations {
    entries = Map.copyOf(entries);
  }

  /// The next poll.
  public GetProRevocationsRequest poll() {
    return GetProRevocationsRequest.after(ticket);
  }

  /// Adds what an answer lists and forgets what is due.
  ///
  /// @param now the verifier's clock
  public KnownRevocations learn(RevocationList answer, Instant now) {
    Map<RevocationTag, Entry> known = new HashMap<>(entries);
    for (RevocationList.Item item : answer.items()) {
      known.putIfAbsent(item.tag(), new Entry(item.effective(), now));
    }
    known.values().removeIf(entry -> !entry.firstSeen().plus(answer.retainFor()).isAfter(now));
    return new KnownRevocations(answer.ticket(), known);
  }

  @Override
  public Optional<Instant> effectiveAt(RevocationTag tag) {
    return Optional.ofNullable(entries.get(tag)).map(Entry::effective);
  }

  @Override
  public String toString() {
    return "KnownRevocations(" + entries.size() + " entries)";
  }
}
