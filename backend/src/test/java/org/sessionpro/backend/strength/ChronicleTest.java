package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.strength.Chronicle.Claim;
import org.sessionpro.backend.strength.Chronicle.End;
import org.sessionpro.backend.strength.Chronicle.Poll;
import org.sessionpro.backend.strength.Chronicle.Reading;

/// What no order of requests explains, each as one change to a history that has an order.
class ChronicleTest {
  private static final Map<Integer, String> CONTESTED = Map.of(0, "contested");

  private final Chronicle it = new Chronicle();
  private End end = new End(List.of("contested", "gift"), List.of("one", "two"), 2, 7);

  /// One after the other, with an overlap of the claims.
  @BeforeEach
  void record() {
    it.claims.add(new Timed<>(0, 10, new Claim(0, true, Chronicle.SUCCESS)));
    it.claims.add(new Timed<>(5, 15, new Claim(0, false, Chronicle.UNKNOWN)));
    it.proofs.add(new Timed<>(20, 21, "one"));
    it.gifts.add(new Timed<>(22, 23, "gift"));
    it.refunds.add(new Timed<>(24, 25, 7L));
    it.readings.add(new Timed<>(26, 27, new Reading(2, 7)));
    it.revocations.add(new Timed<>(30, 40, 1));
    it.proofs.add(new Timed<>(41, 42, "two"));
    it.polls.add(new Timed<>(43, 44, new Poll(0, 5, Set.of("one"))));
  }

  private void assertImpossible() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> it.assertExplained(end, CONTESTED));
  }

  @Test
  void aHistoryWithAnOrderIsExplained() {
    it.assertExplained(end, CONTESTED);
  }

  @Test
  void onePaymentCannotSucceedTwice() {
    it.claims.add(new Timed<>(6, 16, new Claim(0, true, Chronicle.SUCCESS)));
    assertImpossible();
  }

  @Test
  void aClaimThatMetWithAFaultMayHaveBeenMade() {
    it.claims.clear();
    it.claims.add(new Timed<>(0, 10, new Claim(0, true, Chronicle.FAULT)));
    it.claims.add(new Timed<>(5, 15, new Claim(0, true, Chronicle.ALREADY_OWN)));
    it.assertExplained(end, CONTESTED);
  }

  @Test
  void theOwnerIsNotToldThatThePaymentIsUnknown() {
    it.claims.add(new Timed<>(16, 17, new Claim(0, true, Chronicle.UNKNOWN)));
    assertImpossible();
  }

  @Test
  void nobodyIsRefusedBeforeSomebodyHasIt() {
    it.claims.add(new Timed<>(-3, -1, new Claim(0, true, Chronicle.ALREADY_OWN)));
    assertImpossible();
  }

  @Test
  void noPaymentIsLost() {
    end = new End(List.of("contested"), end.generations(), end.proofs(), end.refund());
    assertImpossible();
  }

  @Test
  void aPaymentIsSeenFromItsAcknowledgementOn() {
    it.readings.add(new Timed<>(28, 29, new Reading(1, 7)));
    assertImpossible();
  }

  @Test
  void aPaymentIsNotSeenBeforeItIsGiven() {
    it.readings.add(new Timed<>(18, 19, new Reading(2, 0)));
    assertImpossible();
  }

  @Test
  void whatWasOverwrittenIsNotSeenAgain() {
    it.refunds.add(new Timed<>(28, 29, 8L));
    assertImpossible();
  }

  @Test
  void aTagIsNotInAProofAfterItsRevocation() {
    it.proofs.add(new Timed<>(45, 46, "one"));
    assertImpossible();
  }

  @Test
  void aTagIsNotInAProofBeforeItIsDue() {
    it.proofs.add(new Timed<>(22, 23, "two"));
    assertImpossible();
  }

  @Test
  void oneGenerationIsNotRevokedTwice() {
    it.revocations.add(new Timed<>(35, 45, 1));
    assertImpossible();
  }

  @Test
  void oneTicketHasOneList() {
    it.polls.add(new Timed<>(45, 46, new Poll(1, 5, Set.of())));
    assertImpossible();
  }

  @Test
  void noProcessServesAnOlderListThanBefore() {
    it.polls.add(new Timed<>(45, 46, new Poll(0, 0, Set.of())));
    assertImpossible();
  }

  @Test
  void nothingIsListedBeforeItIsRevoked() {
    it.polls.add(new Timed<>(20, 21, new Poll(1, 5, Set.of("one"))));
    assertImpossible();
  }

  @Test
  void everyProofIsCounted() {
    end = new End(end.payments(), end.generations(), 1, end.refund());
    assertImpossible();
  }
}
