package org.sessionpro.backend.ledger;

import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.PaymentKey;
import org.sessionpro.backend.entitlement.SubscriptionKey;
import org.sessionpro.protocol.MasterKey;

/// Something that a check of the ledger found to be other than it should.
///
/// @param part which part of the subject, in snake case
/// @param stored what is there; without identifiers
/// @param expected what should be there; without identifiers
public record Finding(
    Category category, Subject subject, String part, String stored, String expected) {

  /// What kind of thing is wrong.
  public enum Category {
    /// Facts cannot be read, are not numbered one after the other, or have lost their subject.
    FACTS,
    /// A payment is not what its facts make of it.
    PAYMENT,
    /// An account is not what its facts and payments make of it.
    ACCOUNT,
    /// A generation is not what the account's facts make of it, or the one in use is not the newest.
    GENERATION,
    /// A row breaks a rule that holds of all (`entitlement.md` §1).
    INVARIANT,
    /// The ticket is lower than the revocations it stands for, or absurdly high.
    TICKET,
    /// A clock is wrong, or was when something was learned.
    CLOCK,
    /// A job fails, hangs, or its lease is of the future.
    LEASE,
    /// The signing key cannot be used, or is not the one that this ledger's proofs are signed with.
    KEY
  }

  /// What is wrong.
  public sealed interface Subject {
    /// An account.
    record OfAccount(MasterKey key) implements Subject {}

    /// A payment.
    record OfPayment(PaymentId id, PaymentKey key) implements Subject {}

    /// A subscription as a whole.
    record OfSubscription(SubscriptionKey key) implements Subject {}

    /// A row whose identity cannot be read, or facts without a row.
    ///
    /// @param table where it is, or should be
    record OfRow(String table, long id) implements Subject {}

    /// The ledger or its surroundings as a whole.
    record OfLedger() implements Subject {}
  }
}
