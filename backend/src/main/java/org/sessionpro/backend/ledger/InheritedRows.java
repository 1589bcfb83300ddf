package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.db.PlainBatch;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OffsetDrawn;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Draws;
import org.sessionpro.backend.entitlement.Entitlement;
import org.sessionpro.backend.entitlement.EntitlementFold;
import org.sessionpro.backend.entitlement.EntitlementFold.Folded;
import org.sessionpro.backend.entitlement.Payment;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.AliasSeen;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.TransactionId;

/// Rows of accounts and payments that are taken over; from [LedgerImport#rows]. Made
/// by any thread, before the transaction that writes them: facts go in and are reduced and folded as
/// always, but nothing else follows. Nothing is claimed, charged, judged or announced, for all of that
/// has happened already (`import-python.md` §4.1).
public final class InheritedRows {
  private static final PlainBatch.Target FACTS =
      target("facts", "subject, subject_id, number, kind, happened_at, learned_at, body");

  private static final PlainBatch.Target PAYMENTS = target("payments", PaymentRows.COLUMNS);

  private static final PlainBatch.Target ALIASES =
      new PlainBatch.Target(
          "payment_aliases",
          List.of("provider", "alias", "payment_id"),
          "ON CONFLICT (provider, alias) DO NOTHING");

  private static final PlainBatch.Target ACCOUNTS =
      target(
          "accounts",
          """
          id, master_key, generation, expiry_at, grace_period, auto_renewing, carrier_id,
          proof_expiry_offset, credits_checkpoint_at, proofs_issued_total, proofs_issued_window,
          proofs_issued_late, proofs_window_start, fact_count
          """);

  private static final PlainBatch.Target GENERATIONS =
      target("generations", "account_id, ordinal, tag, issued_at, revoked_at");

  private final RenewalAllowance allowance;
  private final Draws draws;
  private final Instant takenAt;
  private final PlainBatch facts = FACTS.batch();
  private final PlainBatch payments = PAYMENTS.batch();
  private final PlainBatch aliases = ALIASES.batch();
  private final PlainBatch accounts = ACCOUNTS.batch();
  private final PlainBatch generations = GENERATIONS.batch();

  InheritedRows(Draws draws, RenewalAllowance allowance, Instant takenAt) {
    this.draws = draws;
    this.allowance = allowance;
    this.takenAt = takenAt;
  }

  private static PlainBatch.Target target(String table, String columns) {
    return new PlainBatch.Target(table, PaymentRows.names(columns), "");
  }

  void add(InheritedAccount inherited, AccountId id) {
    List<RegisteredPayment> owned = new ArrayList<>();
    for (InheritedPayment payment : inherited.payments()) {
      owned.add(add(payment, id));
    }
    List<AccountFact> history = new ArrayList<>();
    int ordinal = 0;
    for (InheritedAccount.Epoch epoch : inherited.epochs()) {
      ordinal++;
      add(id, ordinal, epoch, history);
    }
    var drawn = inherited.offset() == null ? draws.offset() : inherited.offset();
    history.add(new OffsetDrawn(drawn, takenAt));
    record("account", id.value(), history.stream().map(AccountFactCodec::write).toList());
    Folded folded = EntitlementFold.fold(owned, inherited.checkpoint(), allowance);
    Entitlement best = folded.best();
    Entitlement entitlement = best == null ? new Entitlement(inherited.ended(), null, false) : best;
    PaymentId carrier = folded.carrier();
    accounts
        .bind("id", id.value())
        .bind("master_key", inherited.owner().bytes().toByteArray())
        .bind("generation", ordinal)
        .bind("expiry_at", Micros.of(entitlement.expiry()))
        .bind("grace_period", Micros.ofNullable(entitlement.grace()))
        .bind("auto_renewing", entitlement.renewing())
        .bind("carrier_id", carrier == null ? null : carrier.value())
        .bind("proof_expiry_offset", drawn.seconds())
        .bind("credits_checkpoint_at", Micros.ofNullable(inherited.checkpoint()))
        .bind("proofs_issued_total", inherited.counters().total())
        .bind("proofs_issued_window", inherited.counters().window())
        .bind("proofs_issued_late", inherited.counters().pastExpiry())
        .bind("proofs_window_start", Micros.ofNullable(inherited.counters().windowStart()))
        .bind("fact_count", history.size());
    accounts.add();
  }

  private void add(
      AccountId id, int ordinal, InheritedAccount.Epoch epoch, List<AccountFact> history) {
    RevocationTag tag = epoch.tag() == null ? draws.tag() : epoch.tag();
    Instant revokedAt = epoch.revokedAt();
    history.add(new GenerationIssued(ordinal, tag, epoch.issuedAt()));
    if (revokedAt != null) {
      history.add(new GenerationRevoked(ordinal, revokedAt));
    }
    generations
        .bind("account_id", id.value())
        .bind("ordinal", ordinal)
        .bind("tag", tag.bytes().toByteArray())
        .bind("issued_at", Micros.of(epoch.issuedAt()))
        .bind("revoked_at", Micros.ofNullable(revokedAt));
    generations.add();
  }

  /// A payment that nobody owns.
  void add(InheritedPayment inherited) {
    add(inherited, null);
  }

  private RegisteredPayment add(InheritedPayment inherited, @Nullable AccountId owner) {
    List<PaymentFact> all = new ArrayList<>(inherited.facts());
    Instant claimedAt = inherited.claimedAt();
    if (owner != null && claimedAt != null) {
      all.add(Math.min(2, all.size()), new Claimed(owner, claimedAt, ClaimedBy.IMPORT));
    }
    Payment payment = Payment.replay(inherited.key(), all.subList(0, 1));
    List<PaymentFact> effective = new ArrayList<>(all.subList(0, 1));
    for (PaymentFact fact : all.subList(1, all.size())) {
      Payment next = payment.apply(fact);
      if (fact instanceof AliasSeen || !next.equals(payment)) {
        effective.add(fact);
        payment = next;
      }
    }
    payments.bind("id", inherited.id().value());
    PaymentRows.bindIdentity(payments, payment);
    PaymentRows.bindState(payments, payment, effective.size());
    payments.add();
    record(
        "payment",
        inherited.id().value(),
        effective.stream().map(PaymentFactCodec::write).toList());
    name(inherited.id(), payment.key(), payment.witnessed().transaction());
    for (PaymentFact fact : effective) {
      if (fact instanceof AliasSeen seen) {
        name(inherited.id(), payment.key(), seen.transaction());
      }
    }
    return new RegisteredPayment(inherited.id(), payment);
  }

  private void name(PaymentId id, PaymentKey key, @Nullable TransactionId transaction) {
    if (transaction != null) {
      aliases
          .bind("provider", key.provider().code())
          .bind("alias", transaction.value())
          .bind("payment_id", id.value());
      aliases.add();
    }
  }

  /// The first facts of a subject.
  private void record(String subject, long id, List<WrittenFact> written) {
    int number = 0;
    for (WrittenFact fact : written) {
      number++;
      facts
          .bind("subject", subject)
          .bind("subject_id", id)
          .bind("number", number)
          .bind("kind", fact.kind())
          .bind("happened_at", Micros.of(fact.happenedAt()))
          .bind("learned_at", Micros.of(takenAt))
          .bind("body", fact.body());
      facts.add();
    }
  }

  /// Writes all rows of several, in an order in which nothing is without what it refers to.
  static void execute(Handle handle, List<InheritedRows> all) {
    write(handle, ACCOUNTS, all, rows -> rows.accounts);
    write(handle, GENERATIONS, all, rows -> rows.generations);
    write(handle, PAYMENTS, all, rows -> rows.payments);
    write(handle, ALIASES, all, rows -> rows.aliases);
    write(handle, FACTS, all, rows -> rows.facts);
  }

  private static void write(
      Handle handle,
      PlainBatch.Target target,
      List<InheritedRows> all,
      Function<InheritedRows, PlainBatch> part) {
    PlainBatch together = target.batch();
    all.stream().map(part).forEach(together::addAll);
    together.execute(handle);
  }
}
