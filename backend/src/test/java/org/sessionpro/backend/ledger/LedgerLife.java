package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.Account;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.NaiveModel;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.ProofCounters;
import org.sessionpro.backend.entitlement.RandomHistory;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.PaymentProvider;

/// One customer's random history, told to a real ledger in random order between random requests,
/// and everything that must hold after each of these.
final class LedgerLife {
  private static final RenewalAllowance ALLOWANCE = RenewalAllowance.DEFAULT;

  private final LedgerFixture it;
  private final Tables tables;
  private final MasterKey owner;
  private final Random random;
  private final String name;
  private final RandomHistory history;
  private final ExplainedLife explained;
  private Instant now = RandomHistory.START;

  LedgerLife(LedgerFixture it, MasterKey owner, Random random, String name) {
    this.it = it;
    this.tables = Tables.of(it.database.dialect());
    this.owner = owner;
    this.random = random;
    this.name = name;
    this.history = RandomHistory.pending(random, this::binding);
    this.explained = new ExplainedLife(it, owner, name);
  }

  void run() {
    List<Statement> statements = statements();
    Collections.shuffle(statements, random);
    int next = 0;
    while (next < statements.size()) {
      now = now.plus(Duration.ofHours(random.nextInt(700)));
      if (random.nextInt(3) == 0) {
        touch();
      }
      int size = Math.min(statements.size() - next, 1 + random.nextInt(3));
      record(statements.subList(next, next + size));
      next += size;
    }
    now = now.plusSeconds(1);
    touch();
    assertEverythingClaimableIsBound();
    assertDroppedFactsDoNotMatter();
    assertSayingItAgainChangesNothing(statements);
    explained.look(now);
    explained.assertThePastCanBeExplained();
  }

  private @Nullable Binding binding(PaymentKey key) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    List<Binding> fitting =
        OwnerIds.of(owner).all().stream().filter(id -> id.fits(key.provider())).toList();
    return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
  }

  /// The facts of each payment in a few portions. Each says again that the payment was witnessed and
  /// for how long, as whoever tells something never knows whether it is the first to be heard.
  private List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    history
        .payments()
        .forEach((key, facts) -> {
          List<PaymentFact> rest = new ArrayList<>(facts.subList(2, facts.size()));
          Collections.shuffle(rest, random);
          Statement.Claim claim =
              key.provider() == PaymentProvider.STF
                  ? new Statement.Claim(owner, facts.getFirst().happenedAt(), ClaimedBy.MINT)
                  : null;
          int from = 0;
          do {
            int until = Math.min(rest.size(), from + 1 + random.nextInt(3));
            List<PaymentFact> portion = new ArrayList<>(facts.subList(0, 2));
            portion.addAll(rest.subList(from, until));
            statements.add(new Statement(key, portion, claim));
            from = until;
          } while (from < rest.size());
        });
    return statements;
  }

  private void touch() {
    Instant at = now.plusSeconds(random.nextInt(141) - 70);
    long ticket = ticket();
    boolean bound = it.ledger.visit(owner, at, now).bind();
    if (!bound) {
      assertNamed(ticket(), ticket, "nothing bound, nothing broadcast");
    }
    assertAgreement(look());
  }

  private void record(List<Statement> statements) {
    long ticket = ticket();
    Seen before = look();

    it.ledger.record(statements, now);

    Seen after = look();
    boolean moved = ticket() != ticket;
    assertThat(ticket()).as(name).isGreaterThanOrEqualTo(ticket);
    assertThat(after.generation() - before.generation()).as(name).isBetween(0, 1);
    boolean rolled =
        before.stands() && (!after.stands() || after.generation() > before.generation());
    assertNamed(moved, rolled, "the ticket moves exactly with a broadcast");
    if (moved) {
      boolean loss =
          after.facts().size() > before.facts().size()
              || statements.stream()
                  .anyMatch(s -> s.facts().stream().anyMatch(LedgerLife::mayLose));
      assertThat(loss).as(name + ": a broadcast has a cause").isTrue();
    }
    assertAgreement(after);
  }

  /// A renewal statement alone never takes back paid time.
  private static boolean mayLose(PaymentFact fact) {
    return switch (fact) {
      case Revoked _, PaymentFact.Reinstated _, PaymentFact.CreditReduced _ -> true;
      case TermsStated stated -> stated.expiry() != null;
      case PaymentFact.Witnessed _,
          PaymentFact.AliasSeen _,
          PaymentFact.BindingStated _,
          PaymentFact.TermsInherited _,
          PaymentFact.Reattributed _,
          PaymentFact.Voided _,
          PaymentFact.Hidden _,
          Claimed _,
          PaymentFact.Acknowledged _,
          PaymentFact.RefundRequested _,
          PaymentFact.CreditOpened _,
          PaymentFact.CreditInherited _,
          PaymentFact.CreditCharged _ ->
          false;
    };
  }

  /// Counters of proofs have no facts.
  private static Account uncounted(Account account) {
    return new Account(
        account.id(),
        account.generation(),
        account.entitlement(),
        account.carrier(),
        account.offset(),
        account.creditsCheckpoint(),
        ProofCounters.NONE);
  }

  private void assertAgreement(Seen seen) {
    Account account = seen.account();
    explained.look(now);
    if (account == null) {
      return;
    }
    NaiveModel.Answer expected = answer(seen.facts(), account);
    assertNamed(answerOf(account, seen.facts().keySet(), expected), expected, "the models agree");
    Account replayed = uncounted(account);
    for (AccountFact fact : seen.accountFacts()) {
      replayed = replayed.apply(fact);
    }
    assertNamed(uncounted(replayed), uncounted(account), "the account's facts rebuild it");
    seen.facts()
        .forEach((stored, facts) ->
            assertNamed(
                Payment.replay(stored.payment().key(), facts),
                stored.payment(),
                "the payment's facts rebuild it"));
  }

  private void assertEverythingClaimableIsBound() {
    history
        .payments()
        .keySet()
        .forEach(key -> {
          Payment payment =
              it.database
                  .<PaymentRow>read(handle -> tables.payments().find(handle, key).orElseThrow())
                  .payment();
          boolean waits = payment.isUnclaimed() && payment.witnessed().binding() != null;
          assertThat(waits).as(name).isFalse();
          if (key.provider() == PaymentProvider.STF) {
            assertThat(payment.owner()).as(name).isNotNull();
          }
        });
  }

  /// Whether the ledger keeps everything that matters of what it was ever told.
  private void assertDroppedFactsDoNotMatter() {
    Seen seen = look();
    Account account = seen.account();
    if (account == null) {
      return;
    }
    Map<RegisteredPayment, List<PaymentFact>> told = new LinkedHashMap<>();
    seen.facts()
        .forEach((payment, stored) -> {
          List<PaymentFact> facts =
              new ArrayList<>(history.payments().getOrDefault(payment.payment().key(), List.of()));
          stored.stream().filter(Claimed.class::isInstance).forEach(facts::add);
          told.put(payment, facts);
        });
    assertNamed(answer(told, account), answer(seen.facts(), account), "dropped facts");
  }

  /// The first repetition may charge credits up to now; the second finds nothing to do.
  private void assertSayingItAgainChangesNothing(List<Statement> statements) {
    long ticket = ticket();
    Seen told = look();

    it.ledger.record(statements, now);
    Seen once = look();
    it.ledger.record(statements, now);

    if (once.facts().keySet().stream().noneMatch(p -> p.purchasedAt().isAfter(now))) {
      // Before a cycle that begins in the future, credits run out while they seem to wait.
      assertNamed(once.coverageEnd(), told.coverageEnd(), "coverage after a repetition");
    }
    assertNamed(look(), once, "everything after two repetitions");
    assertNamed(ticket(), ticket, "ticket after repetitions");
  }

  /// A stored account was computed at its checkpoint if it has a live credit; else the instant does
  /// not matter.
  private NaiveModel.Answer answer(
      Map<RegisteredPayment, List<PaymentFact>> facts, Account account) {
    List<NaiveModel.Row> rows = new ArrayList<>();
    facts.forEach((payment, all) ->
        rows.add(new NaiveModel.Row(payment.id().value(), payment.payment().key(), all)));
    Instant checkpoint = account.creditsCheckpoint();
    return new NaiveModel(rows, ALLOWANCE.length()).at(checkpoint == null ? now : checkpoint);
  }

  /// The stored account in the model's words. What nothing entitles to ended when it was computed.
  private NaiveModel.Answer answerOf(
      Account account, Collection<RegisteredPayment> payments, NaiveModel.Answer expected) {
    Map<Long, Duration> remaining = new HashMap<>();
    Map<Long, Instant> spentAt = new HashMap<>();
    for (RegisteredPayment one : payments) {
      Payment.Credit credit = one.payment().credit();
      if (credit != null) {
        remaining.put(one.id().value(), credit.remaining());
        Instant spent = one.payment().terms().expiry();
        if (spent != null) {
          spentAt.put(one.id().value(), spent);
        }
      }
    }
    Entitlement stored = account.entitlement();
    boolean nothing = expected.expiry() == null && !stored.expiry().isAfter(now);
    return new NaiveModel.Answer(
        nothing ? null : stored.expiry(),
        nothing ? null : stored.coverageEnd(ALLOWANCE),
        stored.grace(),
        stored.renewing(),
        expected.usableCoverage(),
        remaining,
        spentAt);
  }

  private long ticket() {
    return it.ledger.ticket().value();
  }

  /// The owner's account with everything recorded about it, as they stood together.
  private Seen look() {
    return it.database.snapshot(handle -> {
      Account account = tables.accounts().find(handle, owner).orElse(null);
      Map<RegisteredPayment, List<PaymentFact>> facts = new LinkedHashMap<>();
      if (account == null) {
        return new Seen(null, List.of(), facts);
      }
      for (PaymentRow row : tables.payments().ofAccount(handle, account.id())) {
        facts.put(row.registered(), FactTable.of(handle, row.id()));
      }
      return new Seen(account, FactTable.of(handle, account.id()), facts);
    });
  }

  /// @param facts by bound payment
  private record Seen(
      @Nullable Account account,
      List<AccountFact> accountFacts,
      Map<RegisteredPayment, List<PaymentFact>> facts) {
    int generation() {
      return account == null ? 0 : account.generation().ordinal();
    }

    boolean stands() {
      return account != null && !account.generation().isRevoked();
    }

    @Nullable Instant coverageEnd() {
      return account == null ? null : account.entitlement().coverageEnd(ALLOWANCE);
    }
  }

  private void assertNamed(@Nullable Object actual, @Nullable Object expected, String what) {
    assertThat(actual).as(name + ": " + what).isEqualTo(expected);
  }
}
