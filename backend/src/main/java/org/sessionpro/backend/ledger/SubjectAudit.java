package org.sessionpro.backend.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountHistory;
import org.sessionpro.backend.entitlement.Agreement;
import org.sessionpro.backend.entitlement.Difference;
import org.sessionpro.backend.entitlement.Generation;
import org.sessionpro.backend.entitlement.Learned;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentHistory;
import org.sessionpro.backend.entitlement.SubscriptionFact;
import org.sessionpro.backend.entitlement.SubscriptionFact.Linked;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.backend.ledger.AuditScan.ScannedAccount;
import org.sessionpro.backend.ledger.AuditScan.ScannedPayment;
import org.sessionpro.backend.ledger.AuditScan.ScannedSubscription;
import org.sessionpro.backend.ledger.Finding.Category;
import org.sessionpro.backend.ledger.Finding.Subject;
import org.sessionpro.backend.ledger.Reading.Damaged;
import org.sessionpro.backend.ledger.Reading.Sound;
import org.sessionpro.protocol.MasterKey;

/// Checks one account or payment after the other against its own facts.
final class SubjectAudit {
  /// How long a revoked generation is kept at least (`entitlement.md` §13).
  private static final Duration KEPT = Duration.ofDays(31);

  /// How far the clocks of processes that work on one ledger may be apart.
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private final Agreement agreement;
  private final Consumer<Finding> findings;
  private final @Nullable Instant takenOverAt;
  private Instant lastRevocation = Instant.MIN;

  /// @param takenOverAt when everything from the service before this one was learned; null if nothing was
  SubjectAudit(Agreement agreement, Consumer<Finding> findings, @Nullable Instant takenOverAt) {
    this.agreement = agreement;
    this.findings = findings;
    this.takenOverAt = takenOverAt;
  }

  /// When the last revocation of a generation was learned of, of all accounts checked so far; empty
  /// if there was none.
  Optional<Instant> lastRevocation() {
    return lastRevocation.equals(Instant.MIN) ? Optional.empty() : Optional.of(lastRevocation);
  }

  /// Checks an account with everything that belongs to it.
  ///
  /// @param now our clock, not before the rows were read
  void check(ScannedAccount scanned, Instant now) {
    Subject subject = subject(scanned);
    List<PaymentHistory> payments = new ArrayList<>();
    for (ScannedPayment payment : scanned.payments()) {
      check(payment, now).ifPresent(payments::add);
    }
    List<Learned<AccountFact>> facts =
        decoded(scanned.facts(), AccountFactCodec::read, subject, now);
    boolean factsAreSound = facts.size() == scanned.facts().size();
    if (factsAreSound) {
      noteRevocations(facts);
      checkGenerations(scanned, facts, subject, now);
    }
    Optional<AccountRow> row = row(scanned, subject);
    row.ifPresent(it -> checkCount(it.factCount(), scanned.facts(), subject));
    boolean paymentsAreSound = payments.size() == scanned.payments().size();
    if (row.isPresent()
        && factsAreSound
        && paymentsAreSound
        && scanned.key() instanceof Sound<MasterKey>(MasterKey key)) {
      checkAccount(
          new AccountHistory(key, row.get().account(), facts, payments, List.of()), subject);
    }
  }

  /// The account, by its key if that can be read.
  static Subject subject(ScannedAccount scanned) {
    return switch (scanned.key()) {
      case Sound<MasterKey>(MasterKey key) -> new Subject.OfAccount(key);
      case Damaged<MasterKey> _ -> new Subject.OfRow("accounts", scanned.id());
    };
  }

  private Optional<AccountRow> row(ScannedAccount scanned, Subject subject) {
    return switch (scanned.row()) {
      case null -> {
        String inUse = Integer.toString(scanned.ordinalInUse());
        report(Category.GENERATION, subject, "in_use", inUse, "a generation of the account");
        yield Optional.empty();
      }
      case Damaged<AccountRow>(String why) -> {
        report(Category.ACCOUNT, subject, "row", "unreadable: " + why, "an account");
        yield Optional.empty();
      }
      case Sound<AccountRow>(AccountRow sound) -> Optional.of(sound);
    };
  }

  private void noteRevocations(List<Learned<AccountFact>> facts) {
    for (Learned<AccountFact> learned : facts) {
      if (learned.fact() instanceof GenerationRevoked && learned.at().isAfter(lastRevocation)) {
        lastRevocation = learned.at();
      }
    }
  }

  private void checkGenerations(
      ScannedAccount scanned, List<Learned<AccountFact>> facts, Subject subject, Instant now) {
    List<Generation> generations = new ArrayList<>();
    for (Reading<Generation> one : scanned.generations()) {
      switch (one) {
        case Sound<Generation>(Generation sound) -> generations.add(sound);
        case Damaged<Generation>(String why) ->
            report(Category.GENERATION, subject, "row", "unreadable: " + why, "a generation");
      }
    }
    Agreement.ofGenerations(generations, facts, now.minus(KEPT))
        .forEach(difference -> report(Category.GENERATION, subject, difference));
    for (Generation one : generations) {
      String name = "generation_" + one.ordinal();
      if (one.ordinal() < scanned.ordinalInUse()
          && !one.isRevoked()
          && !isInherited(one.ordinal() + 1, facts)) {
        report(Category.GENERATION, subject, name, "stands", "revoked: a newer one is in use");
      }
      if (one.ordinal() > scanned.ordinalInUse()) {
        report(Category.GENERATION, subject, name, "not in use", "in use: it is the newest");
      }
    }
  }

  /// Whether a generation came from the service before this one, which did not always revoke the one that
  /// it took the place of: that one is kept as it was (`import-python.md` §4.6).
  private boolean isInherited(int ordinal, List<Learned<AccountFact>> facts) {
    return facts.stream()
        .anyMatch(one ->
            one.fact() instanceof GenerationIssued issued
                && issued.ordinal() == ordinal
                && one.at().equals(takenOverAt));
  }

  private void checkAccount(AccountHistory history, Subject subject) {
    Reading<List<Difference>> differences = Reading.of(() -> agreement.ofAccount(history));
    switch (differences) {
      case Sound<List<Difference>>(List<Difference> found) ->
          found.forEach(difference -> report(Category.ACCOUNT, subject, difference));
      case Damaged<List<Difference>>(String why) ->
          report(Category.ACCOUNT, subject, "fold", why, "an entitlement");
    }
  }

  /// Checks a payment.
  ///
  /// @param now our clock, not before the row was read
  /// @return the payment with its facts; empty if they make nothing
  Optional<PaymentHistory> check(ScannedPayment scanned, Instant now) {
    return switch (scanned.row()) {
      case Damaged<PaymentRow>(String why) -> {
        Subject subject = new Subject.OfRow("payments", scanned.id());
        report(Category.PAYMENT, subject, "row", "unreadable: " + why, "a payment");
        yield Optional.empty();
      }
      case Sound<PaymentRow>(PaymentRow row) -> check(row, scanned.facts(), now);
    };
  }

  private Optional<PaymentHistory> check(PaymentRow row, List<FactRow> rows, Instant now) {
    Subject subject = new Subject.OfPayment(row.id(), row.payment().key());
    checkCount(row.factCount(), rows, subject);
    List<Learned<PaymentFact>> facts = decoded(rows, PaymentFactCodec::read, subject, now);
    return facts.size() == rows.size()
        ? replayed(new PaymentHistory(row.registered(), facts), subject)
        : Optional.empty();
  }

  private Optional<PaymentHistory> replayed(PaymentHistory history, Subject subject) {
    Reading<List<Difference>> differences = Reading.of(() -> Agreement.ofPayment(history));
    return switch (differences) {
      case Sound<List<Difference>>(List<Difference> found) -> {
        found.forEach(difference -> report(Category.PAYMENT, subject, difference));
        yield Optional.of(history);
      }
      case Damaged<List<Difference>>(String why) -> {
        report(Category.FACTS, subject, "replay", why, "a payment");
        yield Optional.empty();
      }
    };
  }

  /// Checks a subscription: what it is the successor of is what was heard first.
  ///
  /// @param now our clock, not before the row was read
  void check(ScannedSubscription scanned, Instant now) {
    switch (scanned.row()) {
      case Damaged<SubscriptionRow>(String why) -> {
        Subject subject = new Subject.OfRow("subscription", scanned.id());
        report(Category.INVARIANT, subject, "row", "unreadable: " + why, "a subscription");
      }
      case Sound<SubscriptionRow>(SubscriptionRow row) -> {
        Subject subject = new Subject.OfSubscription(row.key());
        checkCount(row.factCount(), scanned.facts(), subject);
        List<Learned<SubscriptionFact>> facts =
            decoded(scanned.facts(), SubscriptionFactCodec::read, subject, now);
        SubscriptionKey linked = row.state().linkedTo();
        boolean isTold =
            linked == null
                || facts.stream()
                    .anyMatch(one -> one.fact() instanceof Linked(var to, _) && to.equals(linked));
        if (!isTold && facts.size() == scanned.facts().size()) {
          report(Category.INVARIANT, subject, "linked_to", "another one", "the one that was heard");
        }
      }
    }
  }

  /// Facts are numbered from 1 without gaps, and the row knows how many there are.
  private void checkCount(int counted, List<FactRow> facts, Subject subject) {
    int last = facts.isEmpty() ? 0 : facts.getLast().number();
    if (last != facts.size()) {
      report(
          Category.FACTS,
          subject,
          "numbers",
          facts.size() + " facts, the last is number " + last,
          "numbers without gaps");
    }
    if (counted != facts.size()) {
      report(
          Category.FACTS,
          subject,
          "fact_count",
          Integer.toString(counted),
          Integer.toString(facts.size()));
    }
  }

  /// The facts that can be read.
  private <F> List<Learned<F>> decoded(
      List<FactRow> rows, BiFunction<String, String, F> codec, Subject subject, Instant now) {
    List<Learned<F>> facts = new ArrayList<>();
    for (FactRow row : rows) {
      if (row.learnedAt().isAfter(now.plus(CLOCK_TOLERANCE))) {
        report(
            Category.CLOCK,
            subject,
            "fact_" + row.number(),
            "learned at " + row.learnedAt(),
            "not after " + now);
      }
      Reading<Learned<F>> reading = Reading.of(() -> row.decoded(codec));
      switch (reading) {
        case Sound<Learned<F>>(Learned<F> fact) -> facts.add(fact);
        case Damaged<Learned<F>>(String why) ->
            report(Category.FACTS, subject, "fact_" + row.number(), "unreadable: " + why, "a fact");
      }
    }
    return facts;
  }

  private void report(Category category, Subject subject, Difference difference) {
    report(category, subject, difference.part(), difference.stored(), difference.expected());
  }

  private void report(
      Category category, Subject subject, String part, String stored, String expected) {
    findings.accept(new Finding(category, subject, part, stored, expected));
  }
}
