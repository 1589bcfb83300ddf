package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OffsetDrawn;
import org.sessionpro.backend.entitlement.AccountFact.OperatorNote;
import org.sessionpro.protocol.MasterKey;

/// An account as it is stored, with every fact recorded about it and about what is bound to it.
///
/// @param facts of the account itself, in the order of recording
/// @param payments bound to it, oldest registration first
/// @param unclaimed what has no owner and is looked at together with the account
public record AccountHistory(
    MasterKey owner,
    Account stored,
    List<Learned<AccountFact>> facts,
    List<PaymentHistory> payments,
    List<PaymentHistory> unclaimed) {
  public AccountHistory {
    facts = List.copyOf(facts);
    payments = List.copyOf(payments);
    unclaimed = List.copyOf(unclaimed);
  }

  /// Everything that is known.
  public Knowledge known() {
    return asOf(Instant.MAX);
  }

  /// What was known at `instant` of our clock.
  public Knowledge asOf(Instant instant) {
    List<AccountFact> known = Learned.asOf(instant, facts);
    boolean present = known.size() == facts.size() && isPresent(instant);
    Instant checkpoint = stored.creditsCheckpoint();
    return new Knowledge(
        present && checkpoint != null ? checkpoint : lastLearned(instant),
        generations(known),
        offset(known),
        payments.stream()
            .flatMap(one -> one.asOf(instant).stream())
            .filter(one -> isOwner(one.payment()))
            .toList(),
        PaymentHistory.unclaimed(
            Stream.concat(payments.stream(), unclaimed.stream()).toList(), instant),
        present ? stored : null);
  }

  /// Whether nothing was learned, and no credit charged, after `instant`.
  private boolean isPresent(Instant instant) {
    Instant checkpoint = stored.creditsCheckpoint();
    return !lastLearned(Instant.MAX).isAfter(instant)
        && (checkpoint == null || !checkpoint.isAfter(instant));
  }

  /// When something about the account or its payments was last learned by `instant`; the epoch if
  /// nothing was.
  private Instant lastLearned(Instant instant) {
    return Stream.concat(
            facts.stream().map(Learned::at),
            payments.stream().flatMap(one -> one.facts().stream().map(Learned::at)))
        .filter(at -> !at.isAfter(instant))
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private boolean isOwner(Payment payment) {
    Payment.Owner owner = payment.owner();
    return owner != null && owner.account().equals(stored.id());
  }

  /// The generations that an account's facts make, in their order.
  static List<Generation> generations(List<AccountFact> facts) {
    List<Generation> generations = new ArrayList<>();
    for (AccountFact fact : facts) {
      switch (fact) {
        case GenerationIssued issued -> generations.add(Generation.issued(issued));
        case GenerationRevoked revoked ->
            generations.replaceAll(generation -> generation.revoked(revoked));
        case OffsetDrawn _, OperatorNote _ -> {}
      }
    }
    return generations;
  }

  /// The offset that was drawn last; null if none was.
  static @Nullable ProofOffset offset(List<AccountFact> facts) {
    ProofOffset offset = null;
    for (AccountFact fact : facts) {
      switch (fact) {
        case OffsetDrawn drawn -> offset = drawn.offset();
        case GenerationIssued _, GenerationRevoked _, OperatorNote _ -> {}
      }
    }
    return offset;
  }
}
