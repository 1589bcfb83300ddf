package org.sessionpro.backend.http.clients;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.entitlement.PaymentFact;
import org.sessionpro.backend.entitlement.PaymentFact.ClaimedBy;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.ledger.Statement;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.backend.store.voucher.VoucherMint.Voucher;
import org.sessionpro.protocol.Plan;

/// What stores and the operator do, told to the ledger of a server at its present time.
public record Shop(RunningBackend backend) {

  /// Grants a voucher of that many days.
  public Voucher voucher(Person owner, int days) {
    return voucher(owner, "1m", Duration.ofDays(days));
  }

  public Voucher voucher(Person owner, String plan, Duration length) {
    return new VoucherMint(backend.ledger())
        .mint(owner.masterKey(), new Plan(plan), length, backend.now());
  }

  /// A purchase that is bound to its owner as soon as it is known.
  public void sell(Person owner, Purchase... purchases) {
    record(List.of(purchases).stream().map(one -> claimed(one, owner)).toList());
  }

  private Statement claimed(Purchase purchase, Person owner) {
    return new Statement(
        purchase.key(),
        List.of(purchase.witnessed(), purchase.terms()),
        new Statement.Claim(owner.masterKey(), backend.now(), ClaimedBy.CONTINUATION));
  }

  /// A purchase that waits for its owner.
  public void sell(Purchase purchase) {
    tell(purchase.key(), purchase.witnessed(), purchase.terms());
  }

  /// The store takes a payment back as of `at`.
  public void refund(PaymentKey payment, Instant at) {
    tell(payment, new Revoked(at, RevokedFor.REFUND, false));
  }

  public void tell(PaymentKey payment, PaymentFact... facts) {
    record(List.of(Statement.of(payment, facts)));
  }

  private void record(List<Statement> statements) {
    backend.ledger().record(statements, backend.now());
  }

  /// The operator revokes the owner's generation; the served list knows a second later.
  public void revoke(Person owner) {
    if (!backend.ledger().revoke(owner.masterKey(), "test", backend.now())) {
      throw new AssertionError("nothing to revoke");
    }
    backend.clock().advance(Duration.ofSeconds(1));
  }
}
