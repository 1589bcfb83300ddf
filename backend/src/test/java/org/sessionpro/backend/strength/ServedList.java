package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.protocol.v1.RevocationList;
import org.sessionpro.protocol.v1.V1Answer;

/// The revocation list as one client sees it, who polls again and again: while no entry expires, it
/// never shrinks, and its ticket never falls.
final class ServedList {
  /// Older than any ticket that is served, so that the answer is the whole list.
  private static final long NEVER = -1;

  private long ticket;
  private Set<String> tags = Set.of();

  /// Polls once.
  ServedList poll(Door door) {
    RevocationList list = listIn(door.v1().revocations(NEVER));
    assertThat(list.ticket().value()).isGreaterThanOrEqualTo(ticket);
    Set<String> served = tagsOf(list);
    assertThat(served).containsAll(tags);
    assertThat(served.equals(tags)).isEqualTo(list.ticket().value() == ticket);
    ticket = list.ticket().value();
    tags = served;
    return this;
  }

  private static RevocationList listIn(Answer answer) {
    return switch (V1Answer.parse(answer.object(), RevocationList::parse)) {
      case V1Answer.Ok<RevocationList>(RevocationList list) -> list;
      case V1Answer.Refused<RevocationList> refused -> throw new AssertionError(refused);
    };
  }

  private static Set<String> tagsOf(RevocationList list) {
    return list.items().stream().map(item -> item.tag().hex()).collect(Collectors.toSet());
  }

  long ticket() {
    return ticket;
  }

  Set<String> tags() {
    return tags;
  }
}
