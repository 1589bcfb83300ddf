package org.sessionpro.backend.entitlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.Payment.Credit;
import org.sessionpro.backend.entitlement.Payment.Owner;

/// Whether stored rows say what their facts and the rules make of them: the check behind
/// "replaying the facts of an account rebuilds it exactly".
public final class Agreement {
  private static final Function<Payment, @Nullable Object> REMAINING = ofCredit(Credit::remaining);

  private static final List<Part> PARTS =
      List.of(
          new Part("product", p -> p.witnessed().product()),
          new Part("purchased_at", p -> p.witnessed().purchasedAt()),
          new Part("binding", p -> p.witnessed().binding()),
          new Part("claimable", p -> p.witnessed().claimable()),
          new Part("refund_deadline", p -> p.witnessed().refundDeadline()),
          new Part("source", p -> p.witnessed().source()),
          new Part("transaction", p -> p.witnessed().transaction()),
          new Part("began", p -> p.witnessed().began()),
          new Part("expiry", p -> p.terms().expiry()),
          new Part("grace_period", p -> p.terms().grace()),
          new Part("auto_renewing", p -> p.terms().renewing()),
          new Part("billing_retry", p -> p.terms().billingRetry()),
          new Part("expiry_stated", p -> p.terms().stated().expiry()),
          new Part("grace_stated", p -> p.terms().stated().grace()),
          new Part("renewal_stated", p -> p.terms().stated().renewing()),
          new Part("retry_stated", p -> p.terms().stated().billingRetry()),
          new Part("owner", ofOwner(Owner::account)),
          new Part("redeemed_at", ofOwner(Owner::redeemedAt)),
          new Part("redeemed_how", ofOwner(Owner::how)),
          new Part("revocations", p -> p.losses().standing()),
          new Part("reinstated_at", p -> p.losses().reinstatedAt()),
          new Part("voided_at", p -> p.losses().voidedAt()),
          new Part("credit_granted", ofCredit(Credit::granted)),
          new Part("credit_remaining", REMAINING),
          new Part("credit_since", Agreement::creditSince),
          new Part("acknowledgement", p -> p.requests().acknowledgement()),
          new Part("acknowledgement_stated_at", p -> p.requests().told().statedAt()),
          new Part("refund_requested_at", p -> p.requests().refund().requestedAt()),
          new Part("refund_stated_at", p -> p.requests().refund().statedAt()),
          new Part("hidden", Payment::hidden));

  private final RenewalAllowance allowance;
  private final Settlement settlement;

  /// @param allowance what the service computed its accounts with
  public Agreement(RenewalAllowance allowance) {
    this.allowance = allowance;
    this.settlement = new Settlement(allowance);
  }

  private record Part(String name, Function<Payment, @Nullable Object> of) {}

  private static Function<Payment, @Nullable Object> ofOwner(Function<Owner, Object> part) {
    return payment -> {
      Owner owner = payment.owner();
      return owner == null ? null : part.apply(owner);
    };
  }

  private static @Nullable Object creditSince(Payment payment) {
    Credit credit = payment.credit();
    return credit == null ? null : credit.since();
  }

  private static Function<Payment, @Nullable Object> ofCredit(Function<Credit, Object> part) {
    return payment -> {
      Credit credit = payment.credit();
      return credit == null ? null : part.apply(credit);
    };
  }

  /// Where a stored payment differs from what its facts make of it; empty if nowhere.
  ///
  /// @throws RuntimeException if the facts make nothing
  public static List<Difference> ofPayment(PaymentHistory history) {
    Payment stored = history.stored().payment();
    Payment replayed = history.replayed().payment();
    if (stored.equals(replayed)) {
      return List.of();
    }
    List<Difference> differences = new ArrayList<>();
    for (Part part : PARTS) {
      compare(part.name(), part.of().apply(stored), part.of().apply(replayed), differences);
    }
    return differences.isEmpty()
        ? List.of(new Difference("payment", "differs", "as its facts say"))
        : differences;
  }

  private static void compare(
      String part, @Nullable Object stored, @Nullable Object expected, List<Difference> found) {
    if (!Objects.equals(stored, expected)) {
      found.add(Difference.between(part, stored, expected));
    }
  }

  /// Where a stored account, without its counters, differs from what its facts and payments make of
  /// it; empty if nowhere.
  public List<Difference> ofAccount(AccountHistory history) {
    Account stored = history.stored();
    Knowledge known = history.known();
    List<Difference> found = new ArrayList<>();
    Generation current = known.generations().isEmpty() ? null : known.generations().getLast();
    compareGeneration(stored.generation(), current, found);
    compare("proof_offset", stored.offset(), known.offset(), found);
    if (!known.bound().isEmpty()) {
      compareEntitlement(stored, known.bound(), found);
    }
    return found;
  }

  private static void compareGeneration(
      Generation stored, @Nullable Generation expected, List<Difference> found) {
    if (expected == null || stored.ordinal() != expected.ordinal()) {
      compare("generation", stored.ordinal(), expected == null ? null : expected.ordinal(), found);
    }
  }

  /// Folds at the checkpoint that is stored, as the last settlement did. Without a live credit the
  /// instant does not matter.
  private void compareEntitlement(
      Account stored, List<RegisteredPayment> bound, List<Difference> found) {
    Instant checkpoint = stored.creditsCheckpoint();
    boolean live = EntitlementFold.liveCredits(bound).isPositive();
    if (live != (checkpoint != null)) {
      found.add(
          Difference.between(
              "credits_checkpoint", checkpoint, live ? "the last settlement" : null));
      return;
    }
    compareCharges(checkpoint, bound, found);
    Folded folded = EntitlementFold.fold(bound, checkpoint, allowance);
    Entitlement best = folded.best();
    Entitlement entitlement = stored.entitlement();
    if (best != null) {
      compare("expiry", entitlement.expiry(), best.expiry(), found);
    }
    compare("grace_period", entitlement.grace(), best == null ? null : best.grace(), found);
    compare("auto_renewing", entitlement.renewing(), best != null && best.renewing(), found);
    compare("carrier", stored.carrier(), folded.carrier(), found);
  }

  /// What the facts have charged against the exact schedule: at the checkpoint, or, if nothing is
  /// left to consume, at any instant behind the last consumption. A revoked credit may have been
  /// consumed since, so only those that stand are compared.
  private void compareCharges(
      @Nullable Instant checkpoint, List<RegisteredPayment> bound, List<Difference> found) {
    List<RegisteredPayment> credits =
        bound.stream()
            .filter(p -> p.payment().credit() != null && p.payment().revocation() == null)
            .toList();
    Optional<Instant> lastSpent =
        credits.stream()
            .flatMap(one -> Stream.ofNullable(one.payment().terms().expiry()))
            .max(Instant::compareTo);
    Optional<Instant> at = checkpoint == null ? lastSpent : Optional.of(checkpoint);
    if (at.isEmpty()) {
      return;
    }
    Map<PaymentId, RegisteredPayment> exact =
        settlement.reckon(bound, at.get(), at.get()).payments().stream()
            .collect(Collectors.toMap(RegisteredPayment::id, Function.identity()));
    for (RegisteredPayment one : credits) {
      Payment due = Objects.requireNonNull(exact.get(one.id())).payment();
      String name = "_of_payment_" + one.id().value();
      compare(
          "credit_remaining" + name, REMAINING.apply(one.payment()), REMAINING.apply(due), found);
      compare(
          "credit_spent_at" + name, one.payment().terms().expiry(), due.terms().expiry(), found);
    }
  }

  /// Where stored generations differ from what an account's facts make of them; empty if nowhere.
  ///
  /// @param prunedBefore generations revoked at or before this may have been deleted
  public static List<Difference> ofGenerations(
      List<Generation> stored, List<Learned<AccountFact>> facts, Instant prunedBefore) {
    List<Generation> expected =
        AccountHistory.generations(facts.stream().map(Learned::fact).toList());
    List<Difference> found = new ArrayList<>();
    for (Generation one : expected) {
      Generation row = ofOrdinal(stored, one.ordinal());
      Instant revoked = one.revokedAt();
      boolean mayBePruned = revoked != null && !revoked.isAfter(prunedBefore);
      if (row != null || !mayBePruned) {
        compareRows(row, one, found);
      }
    }
    for (Generation row : stored) {
      if (ofOrdinal(expected, row.ordinal()) == null) {
        found.add(Difference.between("generation_" + row.ordinal(), "a row", null));
      }
    }
    return found;
  }

  private static @Nullable Generation ofOrdinal(List<Generation> generations, int ordinal) {
    return generations.stream().filter(g -> g.ordinal() == ordinal).findFirst().orElse(null);
  }

  private static void compareRows(
      @Nullable Generation row, Generation expected, List<Difference> found) {
    String name = "generation_" + expected.ordinal();
    if (row == null) {
      found.add(Difference.between(name, null, "a row"));
      return;
    }
    compare(name + "_tag", row.tag(), expected.tag(), found);
    compare(name + "_issued_at", row.issuedAt(), expected.issuedAt(), found);
    compare(name + "_revoked_at", row.revokedAt(), expected.revokedAt(), found);
  }
}
