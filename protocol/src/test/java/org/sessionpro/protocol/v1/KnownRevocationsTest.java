package org.sessionpro.protocol.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.Ticket;
import org.sessionpro.protocol.json.DecimalInteger;

class KnownRevocationsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Instant EFFECTIVE = NOW.plusSeconds(93_600);
  private static final RevocationTag TAG = RevocationTag.fromHex("11".repeat(32));
  private static final RevocationTag NEXT = RevocationTag.fromHex("22".repeat(32));
  private static final KnownRevocations KNOWN = KnownRevocations.NONE.learn(listing(1, TAG), NOW);

  @Test
  void aListedTagIsRevokedFromItsEffectiveInstantOn() {
    assertThat(KNOWN.isRevoked(TAG, EFFECTIVE.minusNanos(1))).isFalse();
    assertThat(KNOWN.isRevoked(TAG, EFFECTIVE)).isTrue();
  }

  @Test
  void anUnlistedTagIsNotRevoked() {
    assertThat(KNOWN.isRevoked(NEXT, EFFECTIVE)).isFalse();
  }

  @Test
  void theFirstPollAsksFromTicketZero() {
    assertThat(KnownRevocations.NONE.poll().ticket()).isEqualTo(DecimalInteger.of(0));
  }

  @Test
  void theNextPollSendsTheTicketLearned() {
    assertThat(KNOWN.poll().ticket()).isEqualTo(DecimalInteger.of(1));
  }

  @Test
  void anEmptyAnswerForgetsNothing() {
    assertThat(KNOWN.learn(listing(1), NOW.plusSeconds(86_400))).isEqualTo(KNOWN);
  }

  @Test
  void anAnswerWithoutAKnownTagForgetsNothing() {
    assertThat(KNOWN.learn(listing(2, NEXT), NOW.plusSeconds(86_400)).entries())
        .containsOnlyKeys(TAG, NEXT);
  }

  @Test
  void anEntryIsKeptUntilRetainForAfterItWasFirstSeen() {
    Instant end = NOW.plus(RevocationList.RETAIN_FOR);
    KnownRevocations seenAgain = KNOWN.learn(listing(1, TAG), NOW.plusSeconds(86_400));
    assertThat(seenAgain.learn(listing(1), end.minusNanos(1)).entries()).containsOnlyKeys(TAG);
    assertThat(seenAgain.learn(listing(1), end).entries()).isEmpty();
  }

  @Test
  void itsTextRevealsNoTag() {
    assertThat(KNOWN).hasToString("KnownRevocations(1 entries)");
  }

  private static RevocationList listing(long ticket, RevocationTag... tags) {
    List<RevocationList.Item> items =
        List.of(tags).stream().map(tag -> new RevocationList.Item(tag, EFFECTIVE)).toList();
    return RevocationList.of(new Ticket(ticket), items);
  }
}
