package org.sessionpro.backend.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Micros;
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
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.entitlement.RenewalAllowance;
import org.sessionpro.protocol.RevocationTag;
import org.sessionpro.protocol.TransactionId;

/// One transaction that takes accounts and payments over: facts go in and are reduced and folded as
/// always, but nothing else follows. Nothing is claimed, charged, judged or announced, for all of that
/// has happened already (`import-python.md` §4.1).
final class Inheriting {
  private static final String PAYMENT =
      "INSERT INTO payments (id, "
          + PaymentRows.IDENTITY
          + ", "
          + PaymentRows.STATE
          + ") VALUES (:id, "
          + PaymentRows.parameters(PaymentRows.IDENTITY)
          + ", "
          + PaymentRows.parameters(PaymentRows.STATE)
          + ")";

  private final RenewalAllowance allowance;
  private final Draws draws;
  private final Instant takenAt;
  private final FactBatch facts;
  private final PreparedBatch payments;
  private final PreparedBatch aliases;
  private final PreparedBatch accounts;
  private final PreparedBatch generations;

  Inheriting(Handle handle, Draws draws, RenewalAllowance allowance, Instant takenAt) {
    this.allowance = allowance;
    this.draws = draws;
    this.takenAt = takenAt;
    this.facts = new FactBatch(handle, takenAt);
    this.payments = handle.prepareBatch(PAYMENT);
    this.aliases =
        handle.prepareBatch(
            """
            INSERT INTO payment_aliases (provider, alias, payment_id)
            VALUES (:provider, :alias, :payment)
            ON CONFLICT (provider, alias) DO NOTHING
            """);
    this.accounts =
        handle.prepareBatch(
            """
            INSERT INTO accounts (id, master_key, generation, expiry_at, grace_period, auto_renewing,
              carrier_id, proof_expiry_offset, credits_checkpoint_at, proofs_issued_total,
              proofs_issued_window, proofs_issued_late, proofs_window_start, fact_count)
            VALUES (:id, :key, :generation, :expiry, :grace, :renewing, :carrier, :offset, :checkpoint,
              :total, :window, :late, :windowStart, :factCount)
            """);
    this.generations =
        handle.prepareBatch(
            """
            INSERT INTO generations (account_id, ordinal, tag, issued_at, revoked_at)
            VALUES (:account, :ordinal, :tag, :issuedAt, :revokedAt)
            """);
  }

  void add(InheritedAccount inherited) {
    AccountId id = draws.account();
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
    facts.first(id, history);
    Folded folded = EntitlementFold.fold(owned, inherited.checkpoint(), allowance);
    Entitlement best = folded.best();
    Entitlement entitlement = best == null ? new Entitlement(takenAt, null, false) : best;
    PaymentId carrier = folded.carrier();
    accounts
        .bind("id", id.value())
        .bind("key", inherited.owner().bytes().toByteArray())
        .bind("generation", ordinal)
        .bind("expiry", Micros.of(entitlement.expiry()))
        .bind("grace", Micros.ofNullable(entitlement.grace()))
        .bind("renewing", entitlement.renewing())
        .bind("carrier", carrier == null ? null : carrier.value())
        .bind("offset", drawn.seconds())
        .bind("checkpoint", Micros.ofNullable(inherited.checkpoint()))
        .bind("total", inherited.counters().total())
        .bind("window", inherited.counters().window())
        .bind("late", inherited.counters().pastExpiry())
        .bind("windowStart", Micros.ofNullable(inherited.counters().windowStart()))
        .bind("factCount", history.size())
        .add();
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
        .bind("account", id.value())
        .bind("ordinal", ordinal)
        .bind("tag", tag.bytes().toByteArray())
        .bind("issuedAt", Micros.of(epoch.issuedAt()))
        .bind("revokedAt", Micros.ofNullable(revokedAt))
        .add();
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
      if (!next.equals(payment)) {
        effective.add(fact);
        payment = next;
      }
    }
    payments.bind("id", inherited.id().value());
    PaymentRows.bindIdentity(payments, payment);
    PaymentRows.bindState(payments, payment, effective.size());
    payments.add();
    facts.first(inherited.id(), effective);
    name(inherited, payment);
    return new RegisteredPayment(inherited.id(), payment);
  }

  private void name(InheritedPayment inherited, Payment payment) {
    TransactionId transaction = payment.witnessed().transaction();
    if (transaction != null) {
      aliases
          .bind("provider", payment.key().provider().code())
          .bind("alias", transaction.value())
          .bind("payment", inherited.id().value())
          .add();
    }
  }

  /// Writes all of it.
  void execute() {
    for (PreparedBatch batch : List.of(accounts, generations, payments, aliases)) {
      if (batch.size() > 0) {
        batch.execute();
      }
    }
    facts.execute();
  }
}
